import { Kept } from "../../live/kept.ts";
import type { Toast } from "../toasts/toast.ts";

/** Whether somebody wants notifications of the system in this browser. Off until he says so. */
export const desktopIsWanted = new Kept<boolean>("marauders-map.desktop", (kept) => kept === true);

/** Asks the browser for leave; says whether it was given. */
export async function askForDesktop(): Promise<boolean> {
  const isGranted = "Notification" in window && (await Notification.requestPermission()) === "granted";
  desktopIsWanted.set(isGranted);
  return isGranted;
}

/** Shows a toast as a notification of the system, if that is wanted and the page is not in front. */
export function showOnDesktop({ key, title, detail, link }: Toast): void {
  if (!desktopIsWanted.get() || !document.hidden || Notification.permission !== "granted") {
    return;
  }
  // By its tag, the same news from several tabs is shown once.
  const shown = new Notification(title, {
    tag: key,
    icon: "/icon.svg",
    ...(detail !== undefined && { body: detail }),
  });
  shown.onclick = () => {
    window.focus();
    if (link !== undefined) {
      location.assign(link);
    }
  };
}

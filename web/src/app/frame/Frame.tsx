import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useLive } from "../../live/useLive.ts";
import { LiveRegions } from "../announcer/LiveRegions.tsx";
import { OpenDialog } from "../dialogs/OpenDialog.tsx";
import { useSync } from "../SyncProvider.tsx";
import { ShellProvider } from "../shell/ShellProvider.tsx";
import styles from "./Frame.module.css";
import { Header } from "./Header.tsx";
import { Navigation } from "./Navigation.tsx";
import { useFrameCommands } from "./useFrameCommands.ts";

// Nothing is news, or has failed, before the first screen is shown.
const News = lazy(() => import("../news/News.tsx"));
const Failures = lazy(() => import("../failures/Failures.tsx"));

/** What is around every screen. */
export function Frame() {
  const me = useLive(useSync().session.user);
  if (me === undefined) {
    // He has just signed out, in whatever tab: the router is on its way to the sign-in.
    return null;
  }
  return (
    <ShellProvider>
      <Framed />
    </ShellProvider>
  );
}

function Framed() {
  useFrameCommands();
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#screen">
        Skip to the screen
      </a>
      <Header />
      <Navigation />
      <main id="screen" className={styles.screen} tabIndex={-1}>
        <Suspense>
          <Failures />
        </Suspense>
        <div className={styles.content}>
          <Outlet />
        </div>
      </main>
      <Suspense>
        <News />
      </Suspense>
      <OpenDialog />
      <LiveRegions />
    </div>
  );
}

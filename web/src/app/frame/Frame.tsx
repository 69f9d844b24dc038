import { Outlet } from "@tanstack/react-router";
import { useLive } from "../../live/useLive.ts";
import { useSync } from "../SyncProvider.tsx";
import styles from "./Frame.module.css";
import { Header } from "./Header.tsx";
import { Navigation } from "./Navigation.tsx";

/** What is around every screen. */
export function Frame() {
  const me = useLive(useSync().session.user);
  if (me === undefined) {
    // He has just signed out, in whatever tab: the router is on its way to the sign-in.
    return null;
  }
  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#screen">
        Skip to the screen
      </a>
      <Header />
      <Navigation />
      <main id="screen" className={styles.screen} tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  );
}

import { Outlet } from "@tanstack/react-router";
import styles from "./Frame.module.css";
import { Header } from "./Header.tsx";
import { Navigation } from "./Navigation.tsx";

/** What is around every screen. */
export function Frame() {
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

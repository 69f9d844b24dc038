import { getRouteApi, Link } from "@tanstack/react-router";
import { useMe } from "../../app/SyncProvider.tsx";
import { Audit } from "./Audit.tsx";
import { BrokerStatus } from "./BrokerStatus.tsx";
import { Consumers } from "./Consumers.tsx";
import { DeadLetters } from "./DeadLetters.tsx";
import { LogInspector } from "./LogInspector.tsx";
import styles from "./OwlPost.module.css";
import { TABS, type Tab } from "./owlPostSearch.ts";

const route = getRouteApi("/users/owl-post");

const NAMES: Readonly<Record<Tab, string>> = {
  consumers: "Consumers",
  log: "The log",
  "dead-letters": "Dead letters",
  audit: "Audit",
};

/** How events travel: who reads them, what is in them, what could not be delivered, what has happened. */
export function OwlPost() {
  const { role } = useMe();
  const { tab = "consumers" } = route.useSearch();
  if (role !== "ADMIN") {
    return (
      <section className={styles.screen}>
        <h1>Owl post</h1>
        <p>Only an ADMIN may look into the post. Ask one, if an owl of yours has not arrived.</p>
      </section>
    );
  }
  return (
    <section className={styles.screen}>
      <header className={styles.header}>
        <h1>Owl post</h1>
        <BrokerStatus />
      </header>
      <nav className={styles.tabs} aria-label="Owl post">
        {TABS.map((each) => (
          <Link
            key={each}
            to="/owl-post"
            search={{ tab: each }}
            className={styles.tab}
            aria-current={each === tab ? "page" : undefined}
          >
            {NAMES[each]}
          </Link>
        ))}
      </nav>
      {tab === "consumers" && <Consumers />}
      {tab === "log" && <LogInspector />}
      {tab === "dead-letters" && <DeadLetters />}
      {tab === "audit" && <Audit />}
    </section>
  );
}

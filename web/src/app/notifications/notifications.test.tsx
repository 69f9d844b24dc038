import { act, screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ApiProblem } from "../../sync/index.ts";
import { FakeSync } from "../../testing/fakeSync.ts";
import { renderPage } from "../../testing/renderPage.tsx";
import { aNotification, anIncident, asPerson, HERMIONE } from "../../testing/samples.ts";

const MESSAGE = aNotification().message;

async function open() {
  const sync = new FakeSync();
  sync.set([anIncident()]);
  sync.notifications.set({ items: [aNotification(), aNotification({ id: "n2", isRead: true })], unread: 1 });
  const page = renderPage(sync);
  await screen.findByRole("link", { name: "Incident 42" });
  return { sync, ...page };
}

describe("notifications", () => {
  it("should be counted in the bell, and told by it", async () => {
    const { user } = await open();

    await user.click(screen.getByRole("button", { name: "Notifications, 1 unread" }));

    expect(await screen.findAllByRole("link", { name: new RegExp(MESSAGE) })).toHaveLength(2);
  });

  it("should be read, all at once or by going to where they lead", async () => {
    const { sync, user, address } = await open();
    await user.keyboard("n");

    await user.click(await screen.findByRole("button", { name: "Mark all read" }));
    await user.click(screen.getByRole("link", { name: new RegExp(`Unread: ${MESSAGE}`) }));

    expect(sync.begun.map(({ intent }) => intent)).toEqual([
      { kind: "mark-all-read" },
      { kind: "mark-read", notificationId: "n1" },
    ]);
    expect(address().href).toBe("/incidents/42#comment-7");
  });

  it("should be dismissed when the undo has passed, which takes it back", async () => {
    const { sync, user } = await open();
    await user.keyboard("n");

    const [dismiss] = await screen.findAllByRole("button", { name: /^Dismiss/ });
    await user.click(dismiss as HTMLElement);
    expect(sync.begun[0]).toMatchObject({ intent: { kind: "dismiss", notificationId: "n1" } });
    expect(sync.begun[0]?.holdFor).toBeGreaterThan(6_000);
    await user.click(await screen.findByRole("button", { name: "Undo" }));

    expect(sync.begun[0]?.isUndone).toBe(true);
    expect(screen.queryByText("Notification dismissed")).toBeNull();
  });

  it("should come as toasts, and be dismissed from there", async () => {
    const { sync, user } = await open();
    const news = await screen.findByRole("region", { name: "News" });

    act(() => sync.tell({ kind: "notified", notification: aNotification(), own: false, live: true }));
    await user.click(within(news).getByRole("button", { name: "Dismiss" }));

    expect(sync.begun[0]?.intent).toEqual({ kind: "dismiss", notificationId: "n1" });
    expect(within(news).getByText("Notification dismissed")).toBeTruthy();
  });

  it("should tell of others' incidents and not of one's own, and alarm of what is urgent", async () => {
    const { sync } = await open();
    const news = await screen.findByRole("region", { name: "News" });
    const by = asPerson(HERMIONE);
    const incident = anIncident({ severity: "CRITICAL", title: "Dementor" });

    act(() => sync.tell({ kind: "reported", incident, by, own: true, live: true }));
    expect(news.textContent).toBe("");

    act(() => sync.tell({ kind: "reported", incident, by, own: false, live: true }));
    expect(within(news).getByText("New incident from Hermione Granger")).toBeTruthy();
    expect(document.querySelector("[aria-live=assertive]")?.textContent).toBe("Critical: Dementor, Hogwarts");
  });
});

describe("a deed that was refused", () => {
  it("should say why, and be tried again or let be", async () => {
    const { sync, user } = await open();

    act(() =>
      sync.openDeeds.set([
        {
          id: "deed",
          intent: { kind: "start", incidentId: 42 },
          since: 0,
          state: { kind: "failed", problem: ApiProblem.offline(), conflict: undefined },
        },
      ]),
    );

    expect((await screen.findByRole("alert")).textContent).toContain("#42 is not started.");
    expect(screen.getByRole("alert").textContent).toContain("The server cannot be reached.");
    await user.click(screen.getByRole("button", { name: "Try again" }));
    await user.click(screen.getByRole("button", { name: "Let it be" }));
    expect(sync.retried).toEqual(["deed"]);
    expect(sync.discarded).toEqual(["deed"]);
  });
});

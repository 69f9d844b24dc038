import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { ConsumerStanding } from "../../api/generated/rest.ts";
import { randomLog } from "../../replay/randomLog.ts";
import { FakeSync } from "../../testing/fakeSync.ts";
import { renderPage } from "../../testing/renderPage.tsx";
import { aUser } from "../../testing/samples.ts";

const { events } = randomLog(3, 100);
const ALBUS = "0197b2c4-5d6e-7f80-9123-456789abcdef";
const BROADCASTER: ConsumerStanding = {
  id: "websocket-broadcaster-north",
  node: "north",
  state: "running",
  position: 90,
  lag: 10,
  lagSeconds: 1.23,
  parked: 2,
  dead: 1,
};

describe("the owl post", () => {
  let sync: FakeSync;

  beforeEach(() => {
    vi.stubGlobal("fetch", async () =>
      Response.json({ status: "disconnected", message: "The broker is away" }),
    );
    sync = new FakeSync(aUser({ firstName: "Albus", role: "ADMIN" }));
    sync.answers.set("GET /api/monitoring/consumers", () => ({
      count: 2,
      consumers: [BROADCASTER, { ...BROADCASTER, id: "analytics-projector", node: null }],
    }));
    sync.answers.set("POST /api/monitoring/consumers/{id}/reset", () => BROADCASTER);
  });

  it("should tell others that it is not for them", async () => {
    renderPage(new FakeSync(aUser({ role: "AUROR" })), "/owl-post");
    expect(await screen.findByText(/Only an ADMIN/)).toBeTruthy();
    expect(screen.queryByRole("navigation", { name: "Owl post" })).toBeNull();
  });

  it("should say what the broker says of itself, also when it is away", async () => {
    renderPage(sync, "/owl-post");
    expect(await screen.findByText("Event log disconnected: The broker is away")).toBeTruthy();
  });

  it("should show how far each consumer is", async () => {
    renderPage(sync, "/owl-post");
    const row = within(await screen.findByRole("row", { name: /websocket-broadcaster on node north/ }));
    expect(row.getAllByRole("cell").map((cell) => cell.textContent)).toEqual([
      "running",
      "90",
      "10",
      "1.2 s",
      "2",
      "1",
      "Reset…",
    ]);
  });

  it("should reset a consumer only when that is confirmed", async () => {
    const { user } = renderPage(sync, "/owl-post");
    const reset = await screen.findByRole("button", { name: "Reset websocket-broadcaster-north…" });
    await user.click(reset);
    await user.click(screen.getByRole("button", { name: "Leave it" }));
    await user.click(reset);
    const field = screen.getByRole("spinbutton", { name: "Go on behind position" });
    await user.clear(field);
    await user.type(field, "40");
    expect(resets()).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Reset" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(resets()).toEqual([{ path: { id: BROADCASTER.id }, body: { position: 40 } }]);
  });

  it("should page through the log, and show the envelopes of a kind", async () => {
    sync.answers.set("GET /api/events", (call) => {
      const { after, limit } = (call as { query: { after: number; limit: number } }).query;
      const next = Math.min(300, after + limit);
      return {
        events: events.map((each) => ({ ...each, position: each.position + after })),
        next,
        hidden: 0,
        head: 300,
        epoch: "e",
      };
    });
    const { user, address } = renderPage(sync, "/owl-post?tab=log");
    expect(await screen.findByText(/Positions 201 to 300 of 300/)).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Older" }));
    expect(await screen.findByText(/Positions 101 to 200 of 300/)).toBeTruthy();
    await user.selectOptions(screen.getByRole("combobox"), "presence.*");
    await waitFor(() => expect(address().search).toEqual({ tab: "log", after: 100, kind: "presence." }));
    const shown = screen.getAllByRole("listitem").filter((item) => item.closest("ol") !== null);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.every((item) => item.textContent?.includes("presence.connected"))).toBe(true);
    expect(shown[0]?.querySelector("pre")?.textContent).toContain('"eventType": "presence.connected"');
  });

  it("should send a dead letter on its way again", async () => {
    const letter = {
      id: 17,
      consumer: "notification-dispatcher",
      state: "dead",
      attempts: 6,
      error: "no such user",
      event: events[0]?.event,
      key: "42",
      position: 5,
      topic: "incident-events",
      parkedAt: "2026-01-01T00:00:00.000Z",
      nextAttemptAt: null,
    };
    sync.answers.set("GET /api/monitoring/dead-letters", () => ({
      count: 1,
      deadLetters: [letter],
      nextCursor: null,
    }));
    sync.answers.set("POST /api/monitoring/dead-letters/{id}/redrive", () => letter);
    const { user } = renderPage(sync, "/owl-post?tab=dead-letters");
    expect(await screen.findByText("no such user")).toBeTruthy();
    await user.click(screen.getByRole("button", { name: "Redrive letter 17" }));
    expect(await screen.findByText(/Letter 17 is on its way to notification-dispatcher again/)).toBeTruthy();
  });

  it("should search the audit for what the form says, and read on", async () => {
    sync.answers.set("GET /api/audit", (call) => {
      const isFirst = !("cursor" in (call as { query: object }).query);
      const page = isFirst ? events.slice(0, 2) : events.slice(2, 3);
      return { events: page, count: page.length, nextCursor: isFirst ? "next" : null };
    });
    const { user } = renderPage(sync, `/owl-post?tab=audit&user=${ALBUS}`);
    await user.type(await screen.findByRole("spinbutton", { name: "Behind position" }), "7");
    await user.selectOptions(screen.getByRole("listbox"), ["user.logged_in"]);
    await user.click(screen.getByRole("button", { name: "Search" }));
    await waitFor(() =>
      expect(sync.asked.at(-1)?.call).toEqual({
        query: { after: 7, user: ALBUS, type: ["user.logged_in"] },
      }),
    );
    await user.click(await screen.findByRole("button", { name: "Read on" }));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Read on" })).toBeNull());
    expect(document.querySelectorAll("ol details")).toHaveLength(3);
  });

  function resets() {
    return sync.asked.filter(({ route }) => route.endsWith("/reset")).map(({ call }) => call);
  }
});

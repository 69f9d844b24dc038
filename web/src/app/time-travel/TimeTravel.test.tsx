import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { randomLog } from "../../replay/randomLog.ts";
import { isActive } from "../../sync/index.ts";
import { FakeSync } from "../../testing/fakeSync.ts";
import { renderPage } from "../../testing/renderPage.tsx";

const LENGTH = 80;
const { events, states } = randomLog(11, LENGTH);

describe("time travel", () => {
  let sync: FakeSync;

  beforeEach(() => {
    sync = new FakeSync();
    sync.set(states[LENGTH] ?? []);
    sync.log.set({ epoch: "1", position: LENGTH, head: LENGTH });
    sync.answers.set("GET /api/presence/incidents", () => ({ count: 0, incidents: [] }));
    sync.answers.set("GET /api/events", () => ({
      events,
      next: LENGTH,
      hidden: 0,
      head: LENGTH,
      epoch: "1",
    }));
  });

  it("should show the map as it was at the position that the address says", async () => {
    renderPage(sync, "/map?at=20");
    expect(await screen.findByText("The past")).toBeTruthy();
    await waitFor(() => expect(countedInList()).toBe(activeAt(20)));
    expect(screen.getByRole("slider").getAttribute("aria-valuetext")).toMatch(/^20 of 80, /);
  });

  it("should leave the present by a key, step, and return", async () => {
    const { user, address } = renderPage(sync, "/map");
    await screen.findByRole("button", { name: /Turn back time/ });
    expect(countedInList()).toBe(activeAt(LENGTH));

    await user.keyboard("t");
    await user.keyboard("[[[[");
    await waitFor(() => {
      const { at = LENGTH } = address().search;
      expect(at).toBeLessThan(LENGTH);
      expect(countedInList()).toBe(activeAt(at));
    });

    await user.click(screen.getByRole("button", { name: "Back to now" }));
    await waitFor(() => expect(address().search).toEqual({}));
    expect(countedInList()).toBe(activeAt(LENGTH));
  });

  it("should take no letter for a key of its own while somebody writes", async () => {
    const { user } = renderPage(sync, "/map");
    await screen.findByRole("button", { name: /Turn back time/ });
    const field = document.createElement("input");
    document.body.append(field);
    await user.type(field, "t");
    expect(screen.queryByText("The past")).toBeNull();
    field.remove();
  });
});

function activeAt(position: number): number {
  return (states[position] ?? []).filter(isActive).length;
}

/** What the list beside the map says, all places together. */
function countedInList(): number {
  return [...document.querySelectorAll("aside h3 span")].reduce(
    (sum, count) => sum + Number(count.textContent),
    0,
  );
}

import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeSync } from "../../testing/fakeSync.ts";
import { renderPage } from "../../testing/renderPage.tsx";
import { anIncident, aUser } from "../../testing/samples.ts";

const ROW = 60;

function incidents(...ids: readonly number[]) {
  return ids.map((id) => anIncident({ id }));
}

function rowOf(id: number): HTMLElement {
  return screen.getByRole("link", { name: `Incident ${id}` });
}

function scroller(): HTMLElement {
  const list = screen.getByRole("list", { name: /newest first/ }).parentElement;
  if (list === null) {
    throw new Error("the list is in nothing that scrolls");
  }
  return list;
}

function scrollTo(top: number) {
  act(() => {
    scroller().scrollTop = top;
    scroller().dispatchEvent(new Event("scroll"));
  });
}

describe("the board", () => {
  it("should draw few rows of many, and say how many there are", async () => {
    const sync = new FakeSync();
    sync.set(incidents(...Array.from({ length: 10_000 }, (_, at) => 10_000 - at)));

    renderPage(sync);

    const first = await screen.findByRole("link", { name: "Incident 10000" });
    expect(first.closest("li")?.getAttribute("aria-setsize")).toBe("10000");
    expect(screen.getAllByRole("listitem").length).toBeLessThan(100);
    expect(screen.getByText(/10000 incidents/)).toBeTruthy();
  });

  it("should let new incidents in by itself for whoever is at the top", async () => {
    const sync = new FakeSync();
    sync.set(incidents(2, 1));
    renderPage(sync);
    await screen.findByRole("link", { name: "Incident 2" });

    act(() => sync.set(incidents(3, 2, 1)));

    expect(await screen.findByRole("link", { name: "Incident 3" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: /new$/ })).toBeNull();
  });

  it("should not move what is read: a pill tells what has come above it, and leads there", async () => {
    const sync = new FakeSync();
    const ids = Array.from({ length: 50 }, (_, at) => 50 - at);
    sync.set(incidents(...ids));
    const { user } = renderPage(sync);
    await screen.findByRole("link", { name: "Incident 50" });
    scrollTo(5 * ROW);

    act(() => sync.set(incidents(52, 51, ...ids)));

    const pill = await screen.findByRole("button", { name: "2 new" });
    expect(scroller().scrollTop).toBe(7 * ROW);

    await user.click(pill);
    scrollTo(0);
    expect(screen.queryByRole("button", { name: "2 new" })).toBeNull();
    expect(rowOf(52)).toBeTruthy();
  });

  it("should keep the focus where it is while the list grows", async () => {
    const sync = new FakeSync();
    sync.set(incidents(2, 1));
    const { user } = renderPage(sync);
    await screen.findByRole("link", { name: "Incident 2" });
    await user.keyboard("jj");
    expect(document.activeElement).toBe(rowOf(1));

    act(() => sync.set(incidents(4, 3, 2, 1)));

    await screen.findByRole("button", { name: "2 new" });
    expect(document.activeElement).toBe(rowOf(1));
  });

  it("should be worked with by keys alone: move, open, close", async () => {
    const sync = new FakeSync();
    sync.set(incidents(3, 2, 1));
    const { user, address } = renderPage(sync, "/?q=incident");
    await screen.findByRole("link", { name: "Incident 3" });

    await user.keyboard("jjjk{Enter}");
    await screen.findByRole("heading", { name: "Incident 2" });
    expect(address().pathname).toBe("/incidents/2");
    expect(address().search).toEqual({ q: "incident" });

    await user.keyboard("{Escape}");
    await waitFor(() => expect(address().pathname).toBe("/"));
  });

  it("should resolve at once all that is selected", async () => {
    const sync = new FakeSync();
    sync.set(incidents(3, 2, 1));
    const { user } = renderPage(sync);
    await screen.findByRole("link", { name: "Incident 3" });

    await user.keyboard("jxjx");
    expect(await screen.findByText("2 selected")).toBeTruthy();
    await user.keyboard("r");
    const dialog = await screen.findByRole("dialog", { name: "Resolve 2 incidents" });
    await user.type(within(dialog).getByLabelText("What came of it?"), "All is well.");
    await user.click(within(dialog).getByRole("button", { name: "Resolve" }));

    expect(sync.begun.map(({ intent }) => intent)).toEqual([
      { kind: "resolve", incidentId: 3, resolution: "All is well." },
      { kind: "resolve", incidentId: 2, resolution: "All is well." },
    ]);
  });

  it("should offer nothing that one may not do", async () => {
    const sync = new FakeSync(aUser({ role: "STUDENT" }));
    sync.set(incidents(1));
    const { user } = renderPage(sync);
    await screen.findByRole("link", { name: "Incident 1" });

    await user.keyboard("jx");

    const bar = await screen.findByRole("group", { name: "Selected incidents" });
    expect(within(bar).queryByRole("button", { name: /Resolve|Assign/ })).toBeNull();
  });

  it("should report what is going on, and put it into the list's hands", async () => {
    const sync = new FakeSync();
    const { user } = renderPage(sync);
    await screen.findByText(/All is quiet/);

    await user.keyboard("c");
    const dialog = await screen.findByRole("dialog", { name: "Report an incident" });
    await user.type(within(dialog).getByLabelText("What is going on?"), "Troll in the dungeon");
    await user.selectOptions(within(dialog).getByLabelText("How bad is it?"), "CRITICAL");
    await user.click(within(dialog).getByRole("button", { name: "Report" }));

    expect(sync.begun[0]?.intent).toMatchObject({
      kind: "report",
      report: { title: "Troll in the dungeon", severity: "CRITICAL", location: "HOGWARTS" },
    });
  });

  it("should have its filters and its search in the address", async () => {
    const sync = new FakeSync();
    sync.set(incidents(1));
    const { user, address } = renderPage(sync);
    await screen.findByRole("link", { name: "Incident 1" });

    await user.click(screen.getByRole("button", { name: "Place" }));
    await user.click(screen.getByRole("checkbox", { name: "Azkaban" }));
    await user.keyboard("{Escape}/troll");

    await waitFor(() => expect(address().search).toEqual({ location: ["AZKABAN"], q: "troll" }));
  });

  it("should keep a view that was given a name", async () => {
    const sync = new FakeSync();
    sync.set(incidents(1));
    const { user, address } = renderPage(sync, "/?q=troll");
    const [views] = await screen.findAllByRole("region", { name: "Saved views" });
    if (views === undefined) {
      throw new Error("there are no saved views");
    }

    await user.click(within(views).getByRole("button", { name: "Save this view" }));
    await user.keyboard("Trolls{Enter}");
    await user.click(screen.getByRole("link", { name: /All incidents/ }));
    await user.click(await within(views).findByRole("link", { name: "Trolls" }));

    expect(address().search).toEqual({ q: "troll" });
  });

  it("should say how old it is when it is not live", async () => {
    const sync = new FakeSync();
    sync.set(incidents(1));
    renderPage(sync);
    await screen.findByRole("link", { name: "Incident 1" });

    act(() => sync.connection.set({ kind: "offline", asOf: Date.UTC(2024, 0, 15), nextTryAt: undefined }));

    expect(screen.getAllByText(/as of \d\d:\d\d:\d\d/)).not.toHaveLength(0);
    expect(scroller().closest("[data-stale=true]")).not.toBeNull();
  });
});

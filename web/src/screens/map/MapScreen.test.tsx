import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { FakeSync } from "../../testing/fakeSync.ts";
import { renderPage } from "../../testing/renderPage.tsx";
import { anIncident, asPerson, aUser, HERMIONE } from "../../testing/samples.ts";

describe("the map", () => {
  let sync: FakeSync;

  beforeEach(() => {
    sync = new FakeSync();
    sync.set([
      ...[1, 2, 3, 4, 5, 6, 7].map((id) => anIncident({ id, severity: "MISCHIEF" })),
      anIncident({ id: 8, severity: "CRITICAL", title: "Troll in the dungeon" }),
      anIncident({ id: 9, severity: "SERIOUS", location: "AZKABAN", title: "Empty cell" }),
      anIncident({ id: 10, severity: "DANGEROUS", location: "AZKABAN", status: "RESOLVED" }),
    ]);
    sync.answers.set("GET /api/presence/incidents", () => ({
      count: 1,
      incidents: [{ incidentId: 9, users: [asPerson(HERMIONE), asPerson(aUser())] }],
    }));
  });

  it("should mark what is afoot at its place, the worst first, and count what it has no room for", async () => {
    renderPage(sync, "/map");
    const marks = within(await screen.findByRole("list", { name: "Incidents at Hogwarts" }));
    const links = marks.getAllByRole("link").map((link) => link.getAttribute("aria-label"));
    expect(links[0]).toBe("Critical: Troll in the dungeon");
    expect(links).toHaveLength(5);
    expect(marks.getByRole("button", { name: "3 more at Hogwarts" })).toBeTruthy();

    const azkaban = within(screen.getByRole("list", { name: "Incidents at Azkaban" }));
    expect(azkaban.getAllByRole("link")).toHaveLength(1);
    expect(screen.getByRole("button", { name: /Hogsmeade, nothing happens there/ })).toBeTruthy();
  });

  it("should say the same in a list", async () => {
    renderPage(sync, "/map");
    const list = within(await screen.findByRole("complementary", { name: "Afoot" }));
    expect(list.getByRole("heading", { name: "Hogwarts 8" })).toBeTruthy();
    expect(list.getByRole("link", { name: /Serious.*Empty cell/ }).getAttribute("href")).toBe("/incidents/9");
  });

  it("should keep the place that is chosen in the address, and forget it when it is chosen again", async () => {
    const { user, address } = renderPage(sync, "/map");
    const azkaban = await screen.findByRole("button", { name: /^Azkaban/ });
    azkaban.focus();
    await user.keyboard("{Enter}");
    await waitFor(() => expect(address().search).toEqual({ location: ["AZKABAN"] }));
    expect(azkaban.getAttribute("aria-pressed")).toBe("true");
    expect(screen.queryByRole("heading", { name: "Hogwarts 8" })).toBeNull();

    await user.click(azkaban);
    await waitFor(() => expect(address().search).toEqual({}));
    expect(azkaban.getAttribute("aria-pressed")).toBe("false");
  });

  it("should open an incident by its mark", async () => {
    const { user, address } = renderPage(sync, "/map?severity=SERIOUS");
    const azkaban = within(await screen.findByRole("list", { name: "Incidents at Azkaban" }));
    await user.click(azkaban.getByRole("link"));
    await waitFor(() => expect(address().pathname).toBe("/incidents/9"));
    expect(address().search).toEqual({ severity: ["SERIOUS"] });
  });

  it("should show who looks at what happens at a place", async () => {
    renderPage(sync, "/map");
    const walkers = within(await screen.findByRole("list", { name: "Looking at Azkaban" }));
    expect(walkers.getAllByRole("listitem").map((walker) => walker.textContent)).toEqual([
      "Harry Potter",
      "Hermione Granger",
    ]);
  });

  it("should let the mark of an incident pulse that has just arrived, and of no other", async () => {
    renderPage(sync, "/map");
    await screen.findByRole("list", { name: "Incidents at Hogwarts" });
    const troll = anIncident({ id: 8, severity: "CRITICAL" });
    const missed = anIncident({ id: 9 });
    act(() => {
      sync.tell({ kind: "reported", incident: troll, by: undefined, own: false, live: true });
      sync.tell({ kind: "reported", incident: missed, by: undefined, own: false, live: false });
    });
    const fresh = document.querySelectorAll('[data-fresh="true"]');
    expect([...fresh].map((mark) => mark.getAttribute("aria-label"))).toEqual([
      "Critical: Troll in the dungeon",
    ]);
  });
});

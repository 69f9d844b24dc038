import { act, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, it } from "vitest";
import { FakeSync } from "../../testing/fakeSync.ts";
import { renderPage } from "../../testing/renderPage.tsx";
import { anIncident } from "../../testing/samples.ts";

describe("analytics", () => {
  let sync: FakeSync;
  let total: number;

  beforeEach(() => {
    sync = new FakeSync();
    total = 3;
    sync.answers.set("GET /api/analytics/overview", () => ({
      total,
      bySeverity: { CRITICAL: total },
      byLocation: { AZKABAN: total },
      byStatus: { OPEN: total },
      perDay: [],
      timeToResolve: { count: 2, averageSeconds: 90 },
      timeToResolveBySeverity: { CRITICAL: { count: 2, averageSeconds: 90 } },
    }));
  });

  it("should show counters, and a table behind each chart", async () => {
    const { user } = renderPage(sync, "/analytics");
    expect((await screen.findByText("Incidents", { selector: "dt" })).nextSibling?.textContent).toBe("3");
    const chart = within(screen.getByRole("figure", { name: "By severity" }));
    await user.click(chart.getByText("As a table"));
    expect(chart.getByRole("row", { name: "Critical 3" })).toBeTruthy();
  });

  it("should count anew when something has happened, once for many things", async () => {
    renderPage(sync, "/analytics");
    await screen.findByText("Incidents", { selector: "dt" });
    const before = sync.asked.length;
    total = 103;
    act(() => {
      for (let id = 0; id < 100; id++) {
        sync.tell({ kind: "reported", incident: anIncident({ id }), by: undefined, own: false, live: true });
      }
    });
    await waitFor(
      () => expect(screen.getByText("Incidents", { selector: "dt" }).nextSibling?.textContent).toBe("103"),
      {
        timeout: 3_000,
      },
    );
    expect(sync.asked.length - before).toBe(1);
  });
});

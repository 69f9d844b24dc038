import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { SyncProvider } from "../../../app/SyncProvider.tsx";
import type { Conflict } from "../../../sync/index.ts";
import { FakeSync } from "../../../testing/fakeSync.ts";
import { anIncident } from "../../../testing/samples.ts";
import { ConflictChooser } from "./ConflictChooser.tsx";

const CONFLICT: Conflict = {
  theirs: anIncident({ title: "Their title", severity: "DANGEROUS", version: 2 }),
  mine: { title: "My title", severity: "CRITICAL", location: "AZKABAN" },
  fields: [
    { field: "title", before: "Old title", mine: "My title", theirs: "Their title" },
    { field: "severity", before: "SERIOUS", mine: "CRITICAL", theirs: "DANGEROUS" },
  ],
};

function renderConflict() {
  const sync = new FakeSync();
  render(
    <SyncProvider sync={sync}>
      <ConflictChooser deedId="deed" conflict={CONFLICT} />
    </SyncProvider>,
  );
  return { sync, user: userEvent.setup() };
}

function versionOf(field: string, version: string) {
  return within(screen.getByRole("group", { name: field })).getByRole("radio", {
    name: new RegExp(version),
  });
}

describe("a conflict", () => {
  it("should show what was, what is mine, and what somebody else saved", () => {
    renderConflict();

    const title = screen.getByRole("group", { name: "Title" });

    for (const text of ["Old title", "My title", "Their title"]) {
      expect(within(title).getByText(text, { exact: false })).toBeTruthy();
    }
  });

  it("should not be settled before each field is chosen", async () => {
    const { sync, user } = renderConflict();
    await user.click(versionOf("Title", "Yours"));

    await user.click(screen.getByRole("button", { name: "Save what I chose" }));

    expect(sync.settled).toEqual([]);
  });

  it("should save mine where I chose it, and what only I have changed", async () => {
    const { sync, user } = renderConflict();
    await user.click(versionOf("Title", "somebody else"));
    await user.click(versionOf("Severity", "Yours"));

    await user.click(screen.getByRole("button", { name: "Save what I chose" }));

    expect(sync.settled).toEqual([{ severity: "CRITICAL", location: "AZKABAN" }]);
  });

  it("should be over when I drop my edit", async () => {
    const { sync, user } = renderConflict();

    await user.click(screen.getByRole("button", { name: "Drop my edit" }));

    expect(sync.discarded).toEqual(["deed"]);
  });
});

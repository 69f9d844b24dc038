import { act, screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeSync } from "../../testing/fakeSync.ts";
import { renderPage } from "../../testing/renderPage.tsx";
import { aComment, anIncident, asPerson, aUser, HERMIONE } from "../../testing/samples.ts";

const HARRY = aUser({ role: "STUDENT" });
const LUNA = aUser({ firstName: "Luna", lastName: "Lovegood" });

function incidentSeenBy(user = HARRY, changes: Parameters<typeof anIncident>[0] = {}) {
  const sync = new FakeSync(user, [HARRY, HERMIONE, LUNA]);
  sync.set([anIncident({ title: "Troll", ...changes })]);
  return sync;
}

async function open(sync: FakeSync, address = "/incidents/42") {
  const page = renderPage(sync, address);
  await screen.findByRole("heading", { name: "Troll" });
  return page;
}

describe("an incident", () => {
  it("should say who looks at it", async () => {
    const sync = incidentSeenBy();
    sync.viewers.set([HARRY, HERMIONE, LUNA].map(asPerson));

    await open(sync);

    expect(screen.getByText("3 users viewing this incident")).toBeTruthy();
    expect(screen.getByRole("img", { name: "Luna Lovegood" })).toBeTruthy();
    expect(sync.entered).toContain(42);
  });

  it("should offer a student what is his, and nothing else", async () => {
    const sync = incidentSeenBy(HARRY, { reported_by: HERMIONE.id });
    await open(sync);
    expect(screen.queryByRole("button", { name: "Resolve" })).toBeNull();

    act(() => sync.set([anIncident({ title: "Troll", reported_by: HARRY.id })]));

    expect(screen.getByRole("button", { name: "Resolve" })).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Assign" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Archive" })).toBeNull();
  });

  it("should save what was changed, based on what was seen when the edit began", async () => {
    const sync = incidentSeenBy(HERMIONE);
    const { user } = await open(sync);

    await user.keyboard("e");
    const title = await screen.findByLabelText("Title");
    act(() => sync.set([anIncident({ title: "Troll", description: "By somebody else", version: 2 })]));
    await user.clear(title);
    await user.type(title, "Two trolls");
    await user.keyboard("{Control>}{Enter}{/Control}");

    expect(sync.begun[0]?.intent).toMatchObject({
      kind: "edit",
      incidentId: 42,
      changes: { title: "Two trolls" },
      basedOn: { version: 1 },
    });
  });

  it("should assign to whoever is found, by keys alone", async () => {
    const sync = incidentSeenBy(HERMIONE);
    const { user } = await open(sync);

    await user.keyboard("a");
    const field = await screen.findByRole("combobox", { name: /To whom/ });
    await user.type(field, "luna");
    await screen.findByRole("option", { name: /Luna Lovegood/ });
    await user.keyboard("{Enter}");

    expect(sync.begun[0]?.intent).toEqual({ kind: "assign", incidentId: 42, userId: LUNA.id });
  });

  it("should never take somebody for whom the search has not asked, however slow it is", async () => {
    const sync = incidentSeenBy(HERMIONE);
    const { user } = await open(sync);
    await user.keyboard("a");
    const field = await screen.findByRole("combobox", { name: /To whom/ });
    await screen.findByRole("option", { name: /Luna Lovegood/ });

    sync.people.search = () => new Promise(() => undefined);
    await user.type(field, "luna{Enter}");

    expect(sync.begun[0]?.intent).toEqual({ kind: "assign", incidentId: 42, userId: LUNA.id });
  });

  it("should complete a mention from the keyboard, and post it", async () => {
    const sync = incidentSeenBy();
    const { user } = await open(sync);
    const field = screen.getByRole("textbox", { name: "Write a comment" });

    await user.type(field, "Look @l");
    await screen.findByRole("option", { name: /Luna Lovegood/ });
    await user.keyboard("{Enter}");
    expect(field).toHaveProperty("value", "Look @luna.lovegood ");
    await user.keyboard("there{Control>}{Enter}{/Control}");

    expect(sync.begun[0]?.intent).toEqual({
      kind: "comment",
      incidentId: 42,
      content: "Look @luna.lovegood there",
    });
    expect(field).toHaveProperty("value", "");
  });

  it("should tell the others that somebody is typing, until he has posted", async () => {
    const sync = incidentSeenBy();
    const { user } = await open(sync);

    await user.type(screen.getByRole("textbox", { name: "Write a comment" }), "Hi");
    expect(sync.typing.at(-1)).toBe(true);
    await user.click(screen.getByRole("button", { name: "Post" }));

    expect(sync.typing.at(-1)).toBe(false);
  });

  it.each([
    [[HERMIONE], "Hermione is typing…"],
    [[HERMIONE, LUNA], "Hermione and Luna are typing…"],
    [[HERMIONE, LUNA, HARRY, HARRY], "Hermione, Luna and 2 others are typing…"],
  ])("should show who is typing", async (typists, words) => {
    const sync = incidentSeenBy();
    sync.typists.set(typists.map(({ id, name }) => ({ userId: id, name })));

    await open(sync);

    expect(screen.getByText(words)).toBeTruthy();
  });

  it("should delete one's own comment when the undo has passed, and not at all if it was undone", async () => {
    const sync = incidentSeenBy();
    sync.thread.set({
      state: "loaded",
      comments: [
        { key: "1", comment: aComment({ id: 1, author: asPerson(HARRY) }), deeds: [] },
        { key: "2", comment: aComment({ id: 2, author: asPerson(HERMIONE) }), deeds: [] },
      ],
    });
    const { user } = await open(sync);
    const [own, ...others] = screen.getAllByRole("button", { name: /^Delete the comment/ });
    expect(others).toEqual([]);

    await user.click(own as HTMLElement);
    expect(sync.begun[0]).toMatchObject({
      intent: { kind: "delete-comment", commentId: 1 },
      isUndone: false,
    });
    expect(sync.begun[0]?.holdFor).toBeGreaterThan(6_000);
    await user.click(await screen.findByRole("button", { name: "Undo" }));

    expect(sync.begun[0]?.isUndone).toBe(true);
  });

  it("should keep what was written while one looks elsewhere", async () => {
    const sync = incidentSeenBy();
    const { user, router } = await open(sync);
    await user.type(screen.getByRole("textbox", { name: "Write a comment" }), "Half a thought");

    await act(() => router.navigate({ to: "/" }));
    await waitFor(() => expect(screen.queryByRole("textbox", { name: "Write a comment" })).toBeNull());
    await act(() => router.navigate({ to: "/incidents/$id", params: { id: "42" } }));

    expect(await screen.findByRole("textbox", { name: "Write a comment" })).toHaveProperty(
      "value",
      "Half a thought",
    );
  });

  it("should show the comment that a link is about", async () => {
    const sync = incidentSeenBy();
    sync.thread.set({
      state: "loaded",
      comments: [{ key: "7", comment: aComment({ id: 7, content: "Here." }), deeds: [] }],
    });

    await open(sync, "/incidents/42#comment-7");

    expect(screen.getByText("Here.").closest("li")?.dataset.linked).toBe("true");
  });

  it("should say so when there is none of that number", async () => {
    const sync = new FakeSync();
    sync.thread.set({ state: "missing", comments: [] });

    renderPage(sync, "/incidents/7");

    expect(await screen.findByText(/There is no incident #7/)).toBeTruthy();
  });
});

import { screen, waitFor } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { FakeSync } from "../../testing/fakeSync.ts";
import { renderPage } from "../../testing/renderPage.tsx";
import { aUser } from "../../testing/samples.ts";

describe("the link of the first ADMIN", () => {
  it("should make whoever is signed in ADMIN", async () => {
    const sync = new FakeSync(aUser({ firstName: "Minerva" }));
    const { user, address } = renderPage(sync, "/first-admin#token=alohomora");

    await user.click(await screen.findByRole("button", { name: "Become ADMIN" }));

    await waitFor(() => expect(address().pathname).toBe("/profile"));
    expect(sync.linksOfFirstAdmin).toEqual(["alohomora"]);
  });

  it("should ask a visitor to sign in, and take the secret nowhere", async () => {
    const sync = new FakeSync(aUser({}));
    await sync.session.signOut();
    const { address } = renderPage(sync, "/first-admin#token=alohomora");

    expect((await screen.findByRole("link", { name: "Sign in" })).getAttribute("href")).toBe("/sign-in");
    expect(address().pathname).toBe("/first-admin");
  });
});

import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createPageRouter } from "../app/router.tsx";
import { SyncProvider } from "../app/SyncProvider.tsx";
import type { FakeSync } from "./fakeSync.ts";

/** The whole page at an address, with what is in `sync`. */
export function renderPage(sync: FakeSync, address = "/") {
  const router = createPageRouter(sync, createMemoryHistory({ initialEntries: [address] }));
  const user = userEvent.setup();
  const page = render(
    <SyncProvider sync={sync}>
      <RouterProvider router={router} />
    </SyncProvider>,
  );
  return { ...page, user, router, address: () => router.state.location };
}

import "./theme/base.css";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createPageRouter } from "./app/router.tsx";
import { SyncProvider } from "./app/SyncProvider.tsx";
import { createSync } from "./sync/index.ts";
import { restoreTheme } from "./theme/theme.ts";

restoreTheme();
const sync = createSync();
const router = createPageRouter(sync);
const place = document.getElementById("root");
if (place === null) {
  throw new Error("index.html has no place for the page");
}
createRoot(place).render(
  <StrictMode>
    <SyncProvider sync={sync}>
      <RouterProvider router={router} />
    </SyncProvider>
  </StrictMode>,
);

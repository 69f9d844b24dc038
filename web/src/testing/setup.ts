import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";
import { installSilentAudio } from "./silentAudio.ts";

// Some tests are about what is no page.
if ("document" in globalThis) {
  // Screens are loaded when they are first shown, which takes a while on a busy machine.
  configure({ asyncUtilTimeout: 5_000 });
  installSilentAudio();
  // As where the page does not come over HTTPS.
  Object.defineProperty(navigator, "locks", { value: undefined });
  // All files share the document: nothing of a test is left to the next.
  afterEach(() => {
    cleanup();
    localStorage.clear();
    sessionStorage.clear();
  });
}

afterEach(() => void vi.useRealTimers());

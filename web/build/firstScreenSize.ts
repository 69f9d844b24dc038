import { gzipSync } from "node:zlib";
import type { Plugin, Rollup } from "vite";

/** Script that a screen may need before it can be used, in bytes as sent with gzip. */
const LIMIT = 150_000;
/** What people come to: signed in, and not. */
const FIRST_SCREENS = ["src/screens/board/Board.tsx", "src/screens/sign-in/SignIn.tsx"];

/** Prints how much script the first screen takes, and fails the build if it is too much. */
export function firstScreenSize(): Plugin {
  return {
    name: "first-screen-size",
    apply: "build",
    generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === "chunk");
      const entry = chunks.find((chunk) => chunk.isEntry);
      for (const path of FIRST_SCREENS) {
        const screen = chunks.find((chunk) => chunk.facadeModuleId?.endsWith(path));
        if (entry === undefined || screen === undefined) {
          this.error(`${path} is no screen of its own any more`);
        }
        const bytes = scriptOf([entry, screen], chunks);
        console.log(`${path}: ${(bytes / 1000).toFixed(1)} kB of script (gzip), at most ${LIMIT / 1000}`);
        if (bytes > LIMIT) {
          this.error(`${path} takes ${bytes} bytes of script; the limit is ${LIMIT}`);
        }
      }
    },
  };
}

/** With everything that it imports, and not what it loads later. */
function scriptOf(roots: Rollup.OutputChunk[], chunks: Rollup.OutputChunk[]): number {
  const needed = new Set(roots);
  for (const chunk of needed) {
    for (const name of chunk.imports) {
      const imported = chunks.find((candidate) => candidate.fileName === name);
      if (imported !== undefined) {
        needed.add(imported);
      }
    }
  }
  return [...needed].reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0);
}

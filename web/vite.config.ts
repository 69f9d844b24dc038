import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressed } from "./build/compressed.ts";
import { firstScreenSize } from "./build/firstScreenSize.ts";

const server = process.env.MAP_SERVER ?? "http://localhost:4001";

export default defineConfig({
  plugins: [react({ compiler: true }), firstScreenSize(), compressed()],
  build: {
    // Where the server finds it on its class path.
    outDir: "target/classes/page",
    emptyOutDir: true,
    target: "baseline-widely-available",
    // Everything is a file of its own: the page's security policy allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    port: 3001,
    proxy: {
      "/api": server,
      "/socket.io": { target: server, ws: true },
    },
  },
  test: {
    environment: "happy-dom",
    // One document for all files, in half the time; setup.ts sees to it that no test leaves anything behind.
    isolate: false,
    unstubGlobals: true,
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
  },
});

import { createContext, type ReactNode, use, useState } from "react";
import { createShell, type Shell } from "./shell.ts";

const ShellContext = createContext<Shell | undefined>(undefined);

export function ShellProvider({ children }: { children: ReactNode }) {
  const [shell] = useState(createShell);
  return <ShellContext value={shell}>{children}</ShellContext>;
}

export function useShell(): Shell {
  const shell = use(ShellContext);
  if (shell === undefined) {
    throw new Error("useShell needs a ShellProvider around it");
  }
  return shell;
}

import type { SignedIn } from "../../api/generated/rest.ts";
import type { User } from "../model.ts";

/** What the tabs of a browser share of a session. */
export interface StoredSession {
  readonly user: User;
  readonly accessToken: string;
  readonly refreshToken: string;
  /** By this browser's clock, which may be wrong as long as it is even. */
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Where it is kept; `onChange` tells what the other tabs do. */
export interface SessionStorage {
  read(): StoredSession | undefined;
  write(session: StoredSession | undefined): void;
  onChange(listener: () => void): () => void;
}

const KEY = "marauders-map.session";

/** The browser's own storage, which outlives tabs. */
export function browserStorage(): SessionStorage {
  return {
    read() {
      const text = localStorage.getItem(KEY);
      return text === null ? undefined : (JSON.parse(text) as StoredSession);
    },
    write(session) {
      if (session === undefined) {
        localStorage.removeItem(KEY);
      } else {
        localStorage.setItem(KEY, JSON.stringify(session));
      }
    },
    onChange(listener) {
      const hear = (event: StorageEvent) => {
        // Without a key, everything was cleared.
        if (event.key === KEY || event.key === null) {
          listener();
        }
      };
      addEventListener("storage", hear);
      return () => removeEventListener("storage", hear);
    },
  };
}

/** A session as the server has just given it. */
export function sessionOf({ user, accessToken, refreshToken }: SignedIn, now: number): StoredSession {
  const { exp, iat } = claimsOf(accessToken);
  return { user, accessToken, refreshToken, issuedAt: now, expiresAt: now + (exp - iat) * 1000 };
}

function claimsOf(token: string): { readonly exp: number; readonly iat: number } {
  const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
  return JSON.parse(atob(payload)) as { exp: number; iat: number };
}

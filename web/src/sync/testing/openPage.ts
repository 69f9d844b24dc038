import { createSync, type Sync } from "../index.ts";
import type { StoredSession } from "../session/storedSession.ts";
import { fakeRest } from "./fakeRest.ts";
import { type FakeServer, ME } from "./fakeServer.ts";
import { fakeSockets } from "./fakeSocket.ts";

/** A page of somebody who is signed in. */
export function openPage(server: FakeServer): Sync {
  const { clock, random } = server;
  const session: StoredSession = {
    user: { ...ME, house: null, createdAt: "2024-01-15T14:30:00.000Z" },
    accessToken: "token",
    refreshToken: "refresh",
    issuedAt: clock.now(),
    expiresAt: clock.now() + 86_400_000,
  };
  return createSync({
    clock,
    storage: { read: () => session, write: () => undefined, onChange: () => () => undefined },
    claim: async () => () => undefined,
    openSocket: fakeSockets(server),
    fetch: fakeRest(server),
    origin: "http://localhost",
    random: () => random.next(),
    onAttention: () => undefined,
  });
}

import { createApi } from "../api/api.ts";
import type { Live } from "../live/live.ts";
import { type Clock, systemClock } from "./clock.ts";
import { DeedBook } from "./deeds/deedBook.ts";
import { Sender } from "./deeds/sender.ts";
import { Catcher } from "./link/catcher.ts";
import { Link } from "./link/link.ts";
import { openOfficialSocket } from "./link/officialSocket.ts";
import { Room } from "./link/room.ts";
import type { OpenSocket } from "./link/socketPort.ts";
import { listenForAttention, watchForSleep } from "./link/wake.ts";
import { NewsDesk } from "./news/newsDesk.ts";
import { PresenceBoard } from "./presence/presenceBoard.ts";
import { browserClaim, type Claim } from "./session/claim.ts";
import { SharedSession } from "./session/sharedSession.ts";
import { browserStorage, type SessionStorage } from "./session/storedSession.ts";

import { Store } from "./store/store.ts";
import { Updates } from "./store/updates.ts";
import { View } from "./store/view.ts";
import type { Notifications, Sync } from "./sync.ts";
import { IncidentViews } from "./views/incidentViews.ts";
import { notificationsWithDeeds } from "./views/notificationView.ts";
import { PersonViews } from "./views/personViews.ts";
import { PresenceViews } from "./views/presenceViews.ts";
import { ThreadViews } from "./views/threadViews.ts";

/** What the sync core stands on. */
export interface Ground {
  readonly clock: Clock;
  readonly storage: SessionStorage;
  readonly claim: Claim;
  readonly openSocket: OpenSocket;
  readonly fetch: typeof fetch;
  /** Where the server is. */
  readonly origin: string;
  readonly random: () => number;
  /** Tells when the network is back, or somebody looks again. */
  readonly onAttention: (listener: () => void) => void;
}

function browserGround(): Ground {
  return {
    clock: systemClock,
    storage: browserStorage(),
    claim: browserClaim(),
    openSocket: openOfficialSocket,
    fetch: (...request) => fetch(...request),
    origin: location.origin,
    onAttention: listenForAttention,
    random: Math.random,
  };
}

/** Begins to follow the server, as long as somebody is signed in. */
export function createSync(ground: Ground = browserGround()): Sync {
  const { clock } = ground;
  const session = new SharedSession(ground.storage, ground.claim, clock, (tokens) =>
    createApi(tokens, ground.fetch, ground.origin),
  );
  const me = () => session.user.get();
  const api = createApi(session, ground.fetch, ground.origin);
  const updates = new Updates(clock);
  const store = new Store(updates);
  const sender = new Sender(api, store);
  const deedBook = new DeedBook(clock, updates, (deed) => sender.send(deed, me()), me);
  const desk = new NewsDesk(me);
  const presence = new PresenceBoard(api, clock, updates);
  const catcher = new Catcher(api, store, (change, isNew, live) => {
    const own = deedBook.recognise(change);
    desk.report(change, isNew, own, live);
    if (change.kind === "role-changed") {
      session.hearOfRole(change.userId, change.role);
    }
  });
  const room = new Room(api, store, clock);
  const link = new Link({
    clock,
    tokens: session,
    openSocket: ground.openSocket,
    catcher,
    room,
    presence,
    random: ground.random,
    onAcknowledged({ user }) {
      store.meet(user);
      session.hearOfRole(user.id, user.role);
    },
  });

  link.state.subscribe(() => {
    if (link.state.get().kind === "live") {
      deedBook.hurry();
    }
  });
  session.accessToken.subscribe(() => {
    const token = session.accessToken.get();
    if (token !== undefined) {
      link.renewToken(token);
    }
  });
  followSession(session.user, {
    start: () => link.start(),
    stop() {
      link.stop();
      catcher.forgetEverything();
      deedBook.forgetEverything();
      desk.forgetEverything();
      presence.forgetEverything();
    },
  });
  ground.onAttention(() => void link.wake());
  watchForSleep(clock, () => void link.wake());

  const incidents = new IncidentViews(store, deedBook, updates, me);
  const notifications = new View<Notifications>(updates, ["notifications", "deeds"], (previous) =>
    notificationsWithDeeds(store.notifications.values(), deedBook.open(), previous),
  );
  return {
    session,
    api,
    connection: link.state,
    retryNow: () => link.retryNow(),
    log: catcher.standing,
    incidents,
    threads: new ThreadViews(store, deedBook, updates, api, clock, me),
    notifications,
    presence: new PresenceViews(presence, updates),
    people: new PersonViews(store, updates, api, clock),
    deeds: {
      begin: (intent, holdFor) => deedBook.begin(intent, holdFor),
      retry: (id) => deedBook.retry(id),
      discard: (id) => deedBook.discard(id),
      settle: (id, conflict, chosen) => deedBook.settle(id, conflict, chosen),
      open: new View(updates, ["deeds"], () => deedBook.open()),
    },
    news: desk,
    enterIncident: (id) => link.enter(id),
    tellTyping: (incidentId, isTyping) => link.tellTyping(incidentId, isTyping),
  };
}

/** Another user, or nobody: nothing of the one before is left. */
function followSession(
  user: Live<{ readonly id: string } | undefined>,
  following: { start(): void; stop(): void },
): void {
  let followed: string | undefined;
  const follow = () => {
    const id = user.get()?.id;
    if (id !== followed) {
      if (followed !== undefined) {
        following.stop();
      }
      followed = id;
      if (id !== undefined) {
        following.start();
      }
    }
  };
  user.subscribe(follow);
  follow();
}

import { type Api, NO_TOKENS, type Tokens } from "../../api/api.ts";
import type { RegisterRequest, SignedIn } from "../../api/generated/rest.ts";
import { ApiProblem } from "../../api/problem.ts";
import { Cell, type Live } from "../../live/live.ts";
import type { Clock } from "../clock.ts";
import type { Role, User } from "../model.ts";
import type { Claim } from "./claim.ts";
import type { Session } from "./session.ts";
import { type SessionStorage, type StoredSession, sessionOf } from "./storedSession.ts";

/** How much of its life an access token has left when a new one is fetched. */
const RENEW_AT = 0.2;
/** Until then all tabs have seen what one has written: the storage is not the same in all of them at once. */
const SEEN_AFTER = 10_000;
/** Between two tries to renew while the server cannot be reached. */
const RETRY = 5_000;

/**
 * The session of the browser. Access tokens are renewed before they run out; of several tabs one does it, since a
 * refresh token that is spent twice ends the session, and the others find the new tokens in the storage.
 */
export class SharedSession implements Session, Tokens {
  readonly #storage: SessionStorage;
  readonly #claim: Claim;
  readonly #clock: Clock;
  /** For the routes that need no token, and for the others. */
  readonly #open: Api;
  readonly #closed: Api;
  readonly #user: Cell<User | undefined>;
  readonly #accessToken: Cell<string | undefined>;
  #cancelRenewal: () => void = () => undefined;
  #renewal: Promise<string | undefined> | undefined;

  constructor(storage: SessionStorage, claim: Claim, clock: Clock, apiWith: (tokens: Tokens) => Api) {
    this.#storage = storage;
    this.#claim = claim;
    this.#clock = clock;
    this.#open = apiWith(NO_TOKENS);
    this.#closed = apiWith(this);
    const stored = storage.read();
    this.#user = new Cell(stored?.user);
    this.#accessToken = new Cell(stored?.accessToken);
    this.#planRenewal(stored);
    storage.onChange(() => this.#follow(storage.read()));
  }

  get user(): Live<User | undefined> {
    return this.#user;
  }

  /** The token in force, which changes with every renewal. */
  get accessToken(): Live<string | undefined> {
    return this.#accessToken;
  }

  async signIn(email: string, password: string): Promise<void> {
    const { body } = await this.#open.call("POST /api/auth/login", { body: { email, password } });
    this.#begin(body);
  }

  async register(registration: RegisterRequest): Promise<void> {
    const { body } = await this.#open.call("POST /api/auth/register", { body: registration });
    this.#begin(body);
  }

  async signOut(): Promise<void> {
    const stored = this.#storage.read();
    this.#end();
    if (stored !== undefined) {
      const { refreshToken } = stored;
      // The tokens are gone from here in any case; if the server cannot be told, they run out.
      await this.#open.call("POST /api/auth/logout", { body: { refreshToken } }).catch(() => undefined);
    }
  }

  async changePassword(oldPassword: string, newPassword: string): Promise<void> {
    await this.#closed.call("PUT /api/auth/change-password", { body: { oldPassword, newPassword } });
  }

  async becomeFirstAdmin(token: string): Promise<void> {
    const { body } = await this.#closed.call("POST /api/auth/first-admin", { body: { token } });
    this.hearOfRole(body.user.id, body.user.role);
  }

  /** What somebody may do can change while he is signed in. Each tab hears it; the next tokens say it too. */
  hearOfRole(userId: string, role: Role): void {
    const user = this.#user.get();
    if (user !== undefined && user.id === userId && user.role !== role) {
      this.#user.set({ ...user, role });
    }
  }

  async current(): Promise<string | undefined> {
    const stored = this.#storage.read();
    return stored === undefined || stored.expiresAt > this.#clock.now()
      ? stored?.accessToken
      : this.#renew(stored.accessToken).catch(() => stored.accessToken);
  }

  async replace(refused: string): Promise<string | undefined> {
    return this.#renew(refused).catch(() => undefined);
  }

  /** A token that is not `outdated`: another tab's, or a new one. */
  #renew(outdated: string): Promise<string | undefined> {
    this.#renewal ??= this.#renewOnce(outdated).finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #renewOnce(outdated: string): Promise<string | undefined> {
    for (;;) {
      const stored = this.#storage.read();
      if (stored === undefined || stored.accessToken !== outdated) {
        this.#follow(stored);
        return stored?.accessToken;
      }
      // Whoever has the refresh token for himself may spend it. A lock around reading and spending would not do: a tab that
      // gets it second may still read the token that the first one has spent.
      const giveBack = await this.#claim(`marauders-map.renewal.${stored.refreshToken}`);
      if (giveBack !== undefined) {
        return this.#spend(stored, giveBack);
      }
      await this.#nextChange();
    }
  }

  async #spend({ refreshToken }: StoredSession, giveBack: () => void): Promise<string | undefined> {
    try {
      const { body } = await this.#open.call("POST /api/auth/refresh", { body: { refreshToken } });
      // Signed out meanwhile: let it be.
      if (this.#storage.read()?.refreshToken === refreshToken) {
        this.#begin(body);
      }
      this.#clock.after(SEEN_AFTER, giveBack);
      return this.#storage.read()?.accessToken;
    } catch (problem) {
      giveBack();
      if (problem instanceof ApiProblem && problem.isPassing) {
        throw problem;
      }
      this.#end();
      return undefined;
    }
  }

  /** Another tab has written something; it should have by the time that this gives up waiting. */
  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#clock.after(SEEN_AFTER, () => end());
      const ignore = this.#storage.onChange(() => end());
      const end = () => {
        cancel();
        ignore();
        resolve();
      };
    });
  }

  #begin(answer: SignedIn): void {
    this.#keep(sessionOf(answer, this.#clock.now()));
  }

  #end(): void {
    this.#storage.write(undefined);
    this.#follow(undefined);
  }

  #keep(session: StoredSession): void {
    this.#storage.write(session);
    this.#follow(session);
  }

  #follow(stored: StoredSession | undefined): void {
    this.#planRenewal(stored);
    this.#accessToken.set(stored?.accessToken);
    if (JSON.stringify(stored?.user) !== JSON.stringify(this.#user.get())) {
      this.#user.set(stored?.user);
    }
  }

  #planRenewal(stored: StoredSession | undefined): void {
    this.#cancelRenewal();
    if (stored !== undefined) {
      const due = stored.expiresAt - (stored.expiresAt - stored.issuedAt) * RENEW_AT;
      this.#renewIn(due - this.#clock.now(), stored.accessToken);
    }
  }

  #renewIn(delay: number, outdated: string): void {
    this.#cancelRenewal = this.#clock.after(Math.max(0, delay), () => {
      this.#renew(outdated).catch(() => this.#renewIn(RETRY, outdated));
    });
  }
}

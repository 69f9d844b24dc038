import type { RegisterRequest } from "../../api/generated/rest.ts";
import type { Live } from "../../live/live.ts";
import type { User } from "../model.ts";

/** Who is signed in: the same in all tabs. The promises are rejected with an `ApiProblem`. */
export interface Session {
  readonly user: Live<User | undefined>;
  signIn(email: string, password: string): Promise<void>;
  register(registration: RegisterRequest): Promise<void>;
  /** Ends the session, in all tabs. */
  signOut(): Promise<void>;
  /** Ends all other sessions of the user. */
  changePassword(oldPassword: string, newPassword: string): Promise<void>;
  /** Makes the user ADMIN by the token of the link that the server printed. */
  becomeFirstAdmin(token: string): Promise<void>;
}

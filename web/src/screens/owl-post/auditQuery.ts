import type { Routes } from "../../api/generated/rest.ts";
import type { OwlPostSearch } from "./owlPostSearch.ts";

type AuditQuery = NonNullable<Routes["GET /api/audit"]["query"]>;

/** What the address looks for, as the audit is asked. */
export function auditQueryOf({ from, to, after, upTo, user, type }: OwlPostSearch): AuditQuery {
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(after !== undefined && { after }),
    ...(upTo !== undefined && { upTo }),
    ...(user !== undefined && { user }),
    ...(type !== undefined && { type }),
  };
}

/** What the form says, for the address. Times are meant as the clock on the wall has them. */
export function auditSearchOf(fields: FormData): OwlPostSearch {
  const text = (name: string) => String(fields.get(name) ?? "").trim();
  const moment = (name: string) => (text(name) === "" ? undefined : new Date(text(name)).toISOString());
  const position = (name: string) => (text(name) === "" ? undefined : Number(text(name)));
  const [from, to, after, upTo] = [moment("from"), moment("to"), position("after"), position("upTo")];
  const type = fields.getAll("type").map(String);
  return {
    tab: "audit",
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(after !== undefined && { after }),
    ...(upTo !== undefined && { upTo }),
    ...(text("user") !== "" && { user: text("user") }),
    ...(type.length > 0 && { type }),
  };
}

/** A moment, as `<input type="datetime-local">` has it. */
export function localOf(moment: string | undefined): string {
  if (moment === undefined) {
    return "";
  }
  const time = new Date(moment);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

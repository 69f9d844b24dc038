import type { Comment, Incident, Notification, Person, Role } from "../model.ts";

/**
 * Something that has happened: the same, whether a socket told it or the log. All of them may be applied twice, and in any
 * order.
 */
export type Change =
  | { readonly kind: "reported" | "resolved"; readonly incident: Incident; readonly by: Person | undefined }
  | {
      readonly kind: "changed";
      readonly incident: Incident;
      readonly fields: readonly (keyof Incident)[];
      readonly by: Person | undefined;
    }
  | { readonly kind: "escalated"; readonly incident: Incident; readonly by: Person | undefined }
  | { readonly kind: "commented"; readonly comment: Comment }
  | { readonly kind: "comment-deleted"; readonly incidentId: number; readonly commentId: number }
  | { readonly kind: "notified"; readonly notification: Notification }
  | { readonly kind: "read" | "dismissed"; readonly notificationIds: readonly string[] }
  | { readonly kind: "role-changed"; readonly userId: string; readonly role: Role };

import { Toasts } from "../toasts/Toasts.tsx";
import { useNewsReactions } from "./useNewsReactions.ts";

/** Tells of what happens, wherever in the page one is. */
export default function News() {
  useNewsReactions();
  return <Toasts />;
}

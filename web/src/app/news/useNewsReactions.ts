import { useMatch } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import type { NewsItem } from "../../sync/index.ts";
import { showOnDesktop } from "../desktop/desktopNotifications.ts";
import { useSync } from "../SyncProvider.tsx";
import { useShell } from "../shell/ShellProvider.tsx";
import { allowTonesWithFirstDeed, playTone } from "../sound/playTone.ts";
import { reactionTo } from "./reaction.ts";

/** Shows, plays and says what is news. */
export function useNewsReactions(): void {
  const { news } = useSync();
  const { toasts, announcer } = useShell();
  const open = useMatch({ from: "/users/board/incidents/$id", shouldThrow: false });
  const react = useEffectEvent((item: NewsItem) => {
    const reaction = reactionTo(item, open === undefined ? undefined : Number(open.params.id));
    const { toast, tone, saying, alarm, isArrival = false, isForDesktop = false } = reaction;
    if (toast !== undefined) {
      toasts.show(toast);
      if (isForDesktop) {
        showOnDesktop(toast);
      }
    }
    if (tone !== undefined) {
      playTone(tone);
    }
    if (saying !== undefined) {
      announcer.say(saying);
    }
    if (alarm !== undefined) {
      announcer.alarm(alarm.text, alarm.subject);
    }
    if (isArrival) {
      announcer.countIncident();
    }
  });
  useEffect(allowTonesWithFirstDeed, []);
  useEffect(() => news.subscribe((item) => react(item)), [news]);
}

/** What there is a sound for. */
export type Tone = "mention" | "assignment" | "urgent";

export const TONES: readonly Tone[] = ["mention", "assignment", "urgent"];

/** A note: when it begins and how long it is, in seconds; how high, in hertz. */
interface Note {
  readonly at: number;
  readonly lasts: number;
  readonly hertz: number;
}

/** A knock, a rising third, an alarm: short, and not to be mistaken for one another. */
export const SCORES: Readonly<Record<Tone, readonly Note[]>> = {
  mention: [{ at: 0, lasts: 0.18, hertz: 880 }],
  assignment: [
    { at: 0, lasts: 0.14, hertz: 523.25 },
    { at: 0.12, lasts: 0.22, hertz: 659.25 },
  ],
  urgent: [
    { at: 0, lasts: 0.16, hertz: 740 },
    { at: 0.18, lasts: 0.16, hertz: 554.37 },
    { at: 0.36, lasts: 0.3, hertz: 740 },
  ],
};

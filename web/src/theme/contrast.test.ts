import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** WCAG 2.2, success criterion 1.4.3. */
const ENOUGH = 4.5;
const SURFACES = ["surface", "raised"];
const TEXTS = [
  "ink",
  "ink-soft",
  "gold",
  "mischief",
  "suspicious",
  "serious",
  "dangerous",
  "critical",
  "unforgivable",
  "good",
  "warning",
  "bad",
];
const PAIRS = [
  ...SURFACES.flatMap((surface) => TEXTS.map((text) => [text, surface] as const)),
  ["on-gold", "gold"] as const,
];

/** How much gold is in what the pointer is on, or what is chosen: `--hover`. */
const GOLD_IN_HOVER = 0.1;

const css = readFileSync("src/theme/tokens.css", "utf8");

function colourOf(token: string, theme: "light" | "dark"): string {
  const declared = css.match(new RegExp(`--${token}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`));
  const colour = declared?.[theme === "light" ? 1 : 2];
  if (colour === undefined) {
    throw new Error(`tokens.css says nothing of --${token}`);
  }
  return colour;
}

/** A surface, tinted as `--hover` tints it. */
function hovered(surface: string, gold: string): string {
  const parts = [1, 3, 5].map((at) => {
    const [one = 0, other = 0] = [gold, surface].map((colour) =>
      Number.parseInt(colour.slice(at, at + 2), 16),
    );
    return Math.round(one * GOLD_IN_HOVER + other * (1 - GOLD_IN_HOVER))
      .toString(16)
      .padStart(2, "0");
  });
  return `#${parts.join("")}`;
}

function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrastOf(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

describe.each(["light", "dark"] as const)("the %s theme", (theme) => {
  it.each(PAIRS)("can be read: %s on %s", (text, surface) => {
    expect(contrastOf(colourOf(text, theme), colourOf(surface, theme))).toBeGreaterThanOrEqual(ENOUGH);
  });

  it.each(TEXTS)("can be read under the pointer: %s", (text) => {
    for (const surface of SURFACES) {
      const under = hovered(colourOf(surface, theme), colourOf("gold", theme));
      expect(contrastOf(colourOf(text, theme), under)).toBeGreaterThanOrEqual(ENOUGH);
    }
  });

  it("tints what is under the pointer as much as is checked", () => {
    expect(css).toContain(`--hover: color-mix(in srgb, var(--gold) ${GOLD_IN_HOVER * 100}%, transparent)`);
  });

  it("shows where the focus is (1.4.11)", () => {
    for (const surface of SURFACES) {
      expect(contrastOf(colourOf("gold", theme), colourOf(surface, theme))).toBeGreaterThanOrEqual(3);
    }
  });
});

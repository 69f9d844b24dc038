export type Point = readonly [x: number, y: number];

/** How a stroke is inked; the style sheet knows what that looks like. */
export type Ink =
  /** Paper with an outline: hides what is behind it. */
  | "paper"
  | "line"
  | "fine"
  /** Filled with ink. */
  | "dark"
  /** Dark by day, lit at night. */
  | "window"
  /** Dark by day and darker at night. */
  | "hollow"
  /** Faint colours under the lines, as maps were tinted by hand. */
  | "roof"
  | "leaf"
  | "shade"
  | "gilt";

/** All that is drawn with one ink, one after the other, as SVG path data. */
export interface Stroke {
  readonly ink: Ink;
  readonly d: string;
}

/** What hides or tints what is behind it, and so must stay where it is among the others. */
const HIDING: ReadonlySet<Ink> = new Set(["paper", "hollow", "roof", "leaf", "shade"]);

interface Hatching {
  /** Degrees, clockwise from the horizontal. */
  readonly angle: number;
  readonly gap: number;
}

/**
 * Draws by hand: no line is quite straight, and yet every drawing is the same each time. Coordinates are those of whatever
 * is drawn; `at` says where on the sheet that is.
 */
export class Pen {
  readonly #strokes: { ink: Ink; d: string }[];
  readonly #random: () => number;
  readonly #x: number;
  readonly #y: number;
  readonly #scale: number;

  constructor(
    seed: number,
    place: { x: number; y: number; scale: number } = { x: 0, y: 0, scale: 1 },
    strokes: { ink: Ink; d: string }[] = [],
    random = randomOf(seed),
  ) {
    this.#strokes = strokes;
    this.#random = random;
    this.#x = place.x;
    this.#y = place.y;
    this.#scale = place.scale;
  }

  get strokes(): readonly Stroke[] {
    return this.#strokes;
  }

  /** The same pen for a drawing whose origin is elsewhere. */
  at(x: number, y: number, scale = 1): Pen {
    const [left, top] = this.#onSheet([x, y]);
    return new Pen(0, { x: left, y: top, scale: this.#scale * scale }, this.#strokes, this.#random);
  }

  /** Between the two, the same each time the map is drawn. */
  between(low: number, high: number): number {
    return low + (high - low) * this.#random();
  }

  /** A closed outline. */
  shape(points: readonly Point[], ink: Ink = "paper"): this {
    return this.#add(ink, `${this.#through(points, true)}Z`);
  }

  /** An upright rectangle. */
  box(left: number, bottom: number, right: number, top: number, ink: Ink = "paper"): this {
    return this.shape(
      [
        [left, bottom],
        [left, top],
        [right, top],
        [right, bottom],
      ],
      ink,
    );
  }

  line(points: readonly Point[], ink: Ink = "line"): this {
    return this.#add(ink, this.#through(points, false));
  }

  /** Smoothly through the points. */
  curve(points: readonly Point[], ink: Ink = "line"): this {
    return this.#add(ink, smooth(points.map((point) => this.#onSheet(point))));
  }

  ellipse([x, y]: Point, across: number, down: number, ink: Ink = "paper"): this {
    const [left, top] = this.#onSheet([x - across, y]);
    const [a, b] = [across * this.#scale, down * this.#scale].map(round);
    return this.#add(
      ink,
      `M${left} ${top}a${a} ${b} 0 1 1 ${2 * (a ?? 0)} 0a${a} ${b} 0 1 1 ${-2 * (a ?? 0)} 0Z`,
    );
  }

  /** Parallel lines within an outline. */
  hatch(outline: readonly Point[], { angle, gap }: Hatching): this {
    const turn = (angle * Math.PI) / 180;
    const along: Point = [Math.cos(turn), Math.sin(turn)];
    const across: Point = [-along[1], along[0]];
    const heights = outline.map((point) => dot(point, across));
    const highest = Math.max(...heights);
    for (let height = Math.min(...heights) + gap / 2; height < highest; height += gap) {
      const hits = crossings(outline, across, height)
        .map((point) => dot(point, along))
        .sort((one, other) => one - other);
      for (let each = 0; each + 1 < hits.length; each += 2) {
        const [from = 0, to = 0] = hits.slice(each, each + 2);
        // A hand lifts the pen a little early, and not always at the same place.
        const end = to - (to - from) * this.between(0, 0.14);
        const ends = [from, end].map(
          (at): Point => [along[0] * at + across[0] * height, along[1] * at + across[1] * height],
        );
        this.line(ends, "fine");
      }
    }
    return this;
  }

  #through(points: readonly Point[], closed: boolean): string {
    const [first] = points;
    if (first === undefined) {
      return "";
    }
    let d = "";
    let last = first;
    for (const point of closed ? [...points.slice(1), first] : points.slice(1)) {
      const bend = Math.min(1.6, Math.hypot(point[0] - last[0], point[1] - last[1]) * 0.03);
      const [midX, midY] = this.#onSheet([
        (last[0] + point[0]) / 2 + this.between(-bend, bend),
        (last[1] + point[1]) / 2 + this.between(-bend, bend),
      ]);
      const [x, y] = this.#onSheet(point);
      d += `Q${midX} ${midY} ${x} ${y}`;
      last = point;
    }
    const [x, y] = this.#onSheet(first);
    return `M${x} ${y}${d}`;
  }

  #onSheet([x, y]: Point): Point {
    return [round(this.#x + x * this.#scale), round(this.#y + y * this.#scale)];
  }

  #add(ink: Ink, d: string): this {
    const last = this.#strokes.at(-1);
    // Lines of one ink that follow one another are one path.
    if (last?.ink === ink && !HIDING.has(ink)) {
      last.d += d;
    } else {
      this.#strokes.push({ ink, d });
    }
    return this;
  }
}

/** Path data that runs smoothly (Catmull and Rom's way) through all points. */
export function smooth(points: readonly Point[], closed = false): string {
  const count = points.length;
  const pointAt = (index: number): Point =>
    points[closed ? (index + count) % count : Math.min(Math.max(index, 0), count - 1)] ?? [0, 0];
  let d = `M${pointAt(0).join(" ")}`;
  for (let index = 0; index < (closed ? count : count - 1); index++) {
    const [before, from, to, after] = [-1, 0, 1, 2].map((step) => pointAt(index + step)) as [
      Point,
      Point,
      Point,
      Point,
    ];
    const one = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6].map(round);
    const other = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6].map(round);
    d += `C${one.join(" ")} ${other.join(" ")} ${to.join(" ")}`;
  }
  return closed ? `${d}Z` : d;
}

/** Where the border of an outline meets the line at `height` across. */
function crossings(outline: readonly Point[], across: Point, height: number): Point[] {
  return outline.flatMap((from, index) => {
    const to = outline[(index + 1) % outline.length] ?? from;
    const [start, end] = [dot(from, across) - height, dot(to, across) - height];
    if (start < 0 === end < 0) {
      return [];
    }
    const share = start / (start - end);
    return [[from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share] as const];
  });
}

function dot(one: Point, other: Point): number {
  return one[0] * other[0] + one[1] * other[1];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Mulberry32: small, and the same in every browser. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

import type { Pen, Point } from "./pen.ts";

interface Tower {
  readonly width: number;
  /** Of the wall, without the roof. */
  readonly height: number;
  readonly roof: number;
  readonly flag?: boolean;
}

/** A round tower with a pointed roof; the light comes from the left. Its foot is at (x, y). */
export function tower(pen: Pen, x: number, y: number, { width, height, roof, flag = false }: Tower): void {
  const [left, right, top] = [x - width / 2, x + width / 2, y - height];
  const eaves = width * 0.14;
  pen.box(left, y, right, top);
  pen.hatch(
    [
      [x + width * 0.12, y],
      [x + width * 0.12, top],
      [right, top],
      [right, y],
    ],
    { angle: 0, gap: 3.2 },
  );
  windows(pen, x - width * 0.14, y, height);
  const cone: readonly Point[] = [
    [left - eaves, top],
    [x, top - roof],
    [right + eaves, top],
    [x, top + width * 0.08],
  ];
  pen.shape(cone).shape(cone, "roof");
  for (const share of [0.15, 0.35, 0.55, 0.75, 0.95]) {
    pen.line(
      [
        [x + width * 0.02, top - roof * 0.9],
        [x + (width / 2 + eaves) * share, top + 1],
      ],
      "fine",
    );
  }
  pen.line([
    [x, top - roof],
    [x, top - roof - (flag ? 14 : 5)],
  ]);
  if (flag) {
    pen.shape(
      [
        [x, top - roof - 14],
        [x + 12, top - roof - 11],
        [x, top - roof - 7],
      ],
      "gilt",
    );
  }
}

/** Slits one above the other, up a wall whose foot is at (x, y). */
function windows(pen: Pen, x: number, y: number, height: number): void {
  for (let up = 16; up < height - 7; up += 21) {
    pen.shape(
      [
        [x - 1.1, y - up],
        [x - 1.1, y - up - 4],
        [x, y - up - 5.6],
        [x + 1.1, y - up - 4],
        [x + 1.1, y - up],
      ],
      "window",
    );
  }
}

/** A wall with battlements, from `left` to `right`. */
export function battlements(pen: Pen, left: number, right: number, y: number, height: number): void {
  const top = y - height;
  const outline: Point[] = [[left, y]];
  for (let x = left; x < right; x += 8) {
    outline.push([x, top], [x + 4, top], [x + 4, top + 4], [Math.min(x + 8, right), top + 4]);
  }
  outline.push([right, y]);
  pen.shape(outline);
  // A few stones are enough to say that it is stone.
  for (let stone = 0; stone < (right - left) / 9; stone++) {
    const [x, up] = [pen.between(left + 4, right - 8), pen.between(4, height - 8)];
    pen.line(
      [
        [x, y - up],
        [x + 5, y - up],
        [x + 5, y - up - 3],
      ],
      "fine",
    );
  }
}

/** An arched opening with its sill at (x, y). */
export function arch(
  pen: Pen,
  x: number,
  y: number,
  width: number,
  height: number,
  ink: "window" | "hollow" = "window",
): void {
  const half = width / 2;
  pen.shape(
    [
      [x - half, y],
      [x - half, y - height * 0.6],
      [x - half * 0.7, y - height * 0.88],
      [x, y - height],
      [x + half * 0.7, y - height * 0.88],
      [x + half, y - height * 0.6],
      [x + half, y],
    ],
    ink,
  );
}

interface House {
  readonly width: number;
  readonly height: number;
  readonly roof: number;
  /** How far the gable leans to the right. */
  readonly lean?: number;
  readonly chimney?: boolean;
  /** In a bad light: all of it is hatched. */
  readonly gloomy?: boolean;
}

/** A crooked house, gable to the front, its foot at (x, y). */
export function house(
  pen: Pen,
  x: number,
  y: number,
  { width, height, roof, lean = 0, chimney = false, gloomy = false }: House,
): void {
  const half = width / 2;
  const top = y - height;
  if (chimney) {
    const from = x + lean + half * 0.35;
    pen.box(from, top - roof * 0.2, from + 5, top - roof * 0.95);
    pen.curve(
      [
        [from + 3, top - roof * 0.95 - 3],
        [from + 7, top - roof * 0.95 - 9],
        [from + 3, top - roof * 0.95 - 15],
        [from + 9, top - roof * 0.95 - 21],
      ],
      "fine",
    );
  }
  const wall: readonly Point[] = [
    [x - half, y],
    [x - half + lean * 0.7, top],
    [x + half + lean * 0.7, top],
    [x + half, y],
  ];
  pen.shape(wall);
  const gable: readonly Point[] = [
    [x - half - 3 + lean * 0.7, top + 2],
    [x + lean, top - roof],
    [x + half + 3 + lean * 0.7, top + 2],
  ];
  pen.shape(gable).shape(gable, gloomy ? "shade" : "roof");
  pen.hatch(
    [
      [x + lean, top - roof],
      [x + half + 3 + lean * 0.7, top + 2],
      [x + half * 0.15 + lean * 0.8, top + 2],
    ],
    { angle: 62, gap: 3 },
  );
  pen.hatch(
    gloomy
      ? wall
      : [
          [x + half * 0.45, y],
          [x + half * 0.45 + lean * 0.7, top],
          [x + half + lean * 0.7, top],
          [x + half, y],
        ],
    { angle: gloomy ? 72 : 0, gap: gloomy ? 2.8 : 3.4 },
  );
  pen.box(x - 2.5 - half * 0.2, y, x + 2.5 - half * 0.2, y - 9, "hollow");
  for (let up = 17; up < height - 5; up += 13) {
    const shift = lean * 0.7 * (up / height);
    for (const side of [-0.5, 0.2]) {
      const left = x + half * side + shift;
      pen.shape(
        [
          [left - 1, y - up],
          [left - 1, y - up - 6],
          [left + 4, y - up - 6],
          [left + 4, y - up],
        ],
        gloomy ? "hollow" : "window",
      );
    }
  }
}

/** Columns under a pediment, on steps, its foot at (x, y). `lean` tips it to the right. */
export function temple(pen: Pen, x: number, y: number, width: number, height: number, lean = 0): void {
  const half = width / 2;
  const at = (across: number, up: number): Point => [x + across + (lean * up) / height, y - up];
  pen.shape([at(-half - 6, 0), at(-half - 6, 4), at(half + 6, 4), at(half + 6, 0)]);
  pen.shape([at(-half - 2, 4), at(-half - 2, 8), at(half + 2, 8), at(half + 2, 4)]);
  const back: readonly Point[] = [
    at(-half, 8),
    at(-half, height * 0.72),
    at(half, height * 0.72),
    at(half, 8),
  ];
  pen.shape(back).shape(back, "shade").hatch(back, { angle: 0, gap: 3.4 });
  const columns = Math.round(width / 17);
  for (let each = 0; each < columns; each++) {
    const left = -half + 2 + (each * (width - 10)) / (columns - 1);
    pen.shape([at(left, 8), at(left + 0.8, height * 0.72), at(left + 5.2, height * 0.72), at(left + 6, 8)]);
    pen.line([at(left + 4, 10), at(left + 4, height * 0.7)], "fine");
  }
  pen.shape([
    at(-half - 4, height * 0.72),
    at(-half - 4, height * 0.8),
    at(half + 4, height * 0.8),
    at(half + 4, height * 0.72),
  ]);
  const pediment: readonly Point[] = [at(-half - 5, height * 0.8), at(0, height), at(half + 5, height * 0.8)];
  pen.shape(pediment).shape(pediment, "roof");
  pen.line([at(-half + 6, height * 0.83), at(0, height * 0.96), at(half - 6, height * 0.83)], "fine");
}

/** Three hoops on poles: somebody plays here on Saturdays. */
export function hoops(pen: Pen, x: number, y: number): void {
  for (const [across, height] of [
    [-16, 30],
    [0, 40],
    [16, 32],
  ] as const) {
    pen.line([
      [x + across, y],
      [x + across, y - height],
    ]);
    pen.line([
      [x + across - 3, y],
      [x + across + 3, y],
    ]);
    pen.ellipse([x + across, y - height - 7], 5.5, 7, "line");
  }
}

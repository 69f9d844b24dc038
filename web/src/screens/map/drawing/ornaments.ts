import type { Pen, Point } from "./pen.ts";

/** A compass rose with sixteen points around (0, 0). */
export function compassRose(pen: Pen, radius: number): void {
  pen.ellipse([0, 0], radius * 0.78, radius * 0.78).ellipse([0, 0], radius * 0.7, radius * 0.7);
  for (let tick = 0; tick < 64; tick++) {
    const turn = (tick / 64) * 2 * Math.PI;
    pen.line(
      [
        [Math.cos(turn) * radius * 0.7, Math.sin(turn) * radius * 0.7],
        [Math.cos(turn) * radius * 0.78, Math.sin(turn) * radius * 0.78],
      ],
      "fine",
    );
  }
  for (const [first, step, reach, waist] of [
    [22.5, 45, 0.6, 0.1],
    [45, 90, 0.82, 0.15],
    [0, 90, 1.08, 0.17],
  ] as const) {
    for (let degrees = first; degrees < 360; degrees += step) {
      ray(pen, degrees, radius * reach, radius * waist);
    }
  }
  pen.ellipse([0, 0], radius * 0.09, radius * 0.09).ellipse([0, 0], radius * 0.04, radius * 0.04, "gilt");
}

/** One point of the star: a half in the light, a half in ink. */
function ray(pen: Pen, degrees: number, reach: number, waist: number): void {
  const at = (turn: number, far: number): Point => [
    Math.sin((turn * Math.PI) / 180) * far,
    -Math.cos((turn * Math.PI) / 180) * far,
  ];
  const [tip, left, right] = [at(degrees, reach), at(degrees - 45, waist), at(degrees + 45, waist)];
  pen.shape([[0, 0], left, tip]);
  pen.shape([[0, 0], right, tip]).shape([[0, 0], right, tip], "dark");
}

/** The ribbon that the title stands on, around (0, 0). */
export function banner(pen: Pen, width: number, height: number): void {
  const [half, up] = [width / 2, height / 2];
  const sag = height * 0.22;
  for (const side of [-1, 1]) {
    pen.shape([
      [side * (half - 14), -up + sag + 7],
      [side * (half + 34), -up + sag + 9],
      [side * (half + 21), sag + 8],
      [side * (half + 36), up + sag + 7],
      [side * (half - 14), up + sag + 7],
    ]);
    const fold: readonly Point[] = [
      [side * (half - 14), up + sag + 7],
      [side * half, up + sag - 2],
      [side * (half - 14), up + sag - 3],
    ];
    pen.shape(fold).shape(fold, "dark");
    pen.hatch(
      [
        [side * (half + 2), -up + sag + 8],
        [side * (half + 13), -up + sag + 8],
        [side * (half + 13), up + sag + 6],
        [side * (half + 2), up + sag + 6],
      ],
      { angle: 90, gap: 2.6 },
    );
  }
  const edge = (y: number): Point[] =>
    Array.from({ length: 13 }, (_, step): Point => {
      const share = step / 6 - 1;
      return [share * half, y + sag * share * share];
    });
  pen.shape([...edge(-up), ...edge(up).reverse()]);
  pen.line(edge(-up + 4.5), "fine").line(edge(up - 4.5), "fine");
}

/** The border: two rules, with degrees between them, and a knot at each corner. */
export function border(pen: Pen, width: number, height: number): void {
  const rules = (inset: number, ink: "line" | "fine") =>
    pen.line(
      [
        [inset, inset],
        [width - inset, inset],
        [width - inset, height - inset],
        [inset, height - inset],
        [inset, inset],
      ],
      ink,
    );
  const step = 26;
  const between = (from: number, to: number, draw: (start: number, end: number) => void) => {
    const count = Math.round((to - from) / step / 2) * 2 + 1;
    const size = (to - from) / count;
    for (let each = 0; each < count; each += 2) {
      draw(from + each * size, from + (each + 1) * size);
    }
  };
  const block = (left: number, top: number, right: number, bottom: number) =>
    pen.shape(
      [
        [left, top],
        [right, top],
        [right, bottom],
        [left, bottom],
      ],
      "dark",
    );
  between(20, width - 20, (start, end) => {
    block(start, 14.5, end, 18);
    block(start, height - 18, end, height - 14.5);
  });
  between(20, height - 20, (start, end) => {
    block(14.5, start, 18, end);
    block(width - 18, start, width - 14.5, end);
  });
  rules(10, "line");
  rules(14, "fine");
  rules(18.5, "fine");
  rules(22, "line");
  for (const [x, y] of [
    [16, 16],
    [width - 16, 16],
    [16, height - 16],
    [width - 16, height - 16],
  ] as const) {
    pen.shape([
      [x - 10, y],
      [x, y - 10],
      [x + 10, y],
      [x, y + 10],
    ]);
    pen.shape(
      [
        [x - 5, y],
        [x, y - 5],
        [x + 5, y],
        [x, y + 5],
      ],
      "dark",
    );
  }
}

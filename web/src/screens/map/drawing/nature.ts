import type { Pen, Point } from "./pen.ts";

export function fir(pen: Pen, x: number, y: number, height: number): void {
  const half = height * 0.27;
  pen.line([
    [x, y],
    [x, y - height * 0.2],
  ]);
  const outline: readonly Point[] = [
    [x - half, y - height * 0.14],
    [x - half * 0.5, y - height * 0.36],
    [x - half * 0.78, y - height * 0.38],
    [x - half * 0.3, y - height * 0.66],
    [x - half * 0.48, y - height * 0.67],
    [x, y - height],
    [x + half * 0.48, y - height * 0.67],
    [x + half * 0.3, y - height * 0.66],
    [x + half * 0.78, y - height * 0.38],
    [x + half * 0.5, y - height * 0.36],
    [x + half, y - height * 0.14],
  ];
  pen.shape(outline).shape(outline, "leaf");
  pen.hatch(
    [
      [x + half * 0.1, y - height * 0.14],
      [x + half * 0.05, y - height * 0.95],
      [x + half * 0.95, y - height * 0.14],
    ],
    { angle: 58, gap: 2.6 },
  );
}

export function oak(pen: Pen, x: number, y: number, height: number): void {
  const crown = height * 0.36;
  const middle = y - height * 0.6;
  pen.line([
    [x - 1.4, y],
    [x - 1, y - height * 0.3],
  ]);
  pen.line([
    [x + 1.6, y],
    [x + 1, y - height * 0.3],
  ]);
  const outline = Array.from({ length: 18 }, (_, index): Point => {
    const turn = (index / 18) * 2 * Math.PI;
    const reach = crown * (index % 2 === 0 ? 1.06 : 0.9);
    return [x + Math.cos(turn) * reach, middle + Math.sin(turn) * reach * 0.92];
  });
  pen.shape(outline).shape(outline, "leaf");
  pen.hatch(
    outline.filter(([across, down]) => across > x - crown * 0.1 || down > middle + crown * 0.5),
    { angle: 48, gap: 3 },
  );
}

export function mountain(pen: Pen, x: number, y: number, width: number, height: number): void {
  const half = width / 2;
  const peak: Point = [x + pen.between(-4, 4), y - height];
  const ridge: readonly Point[] = [
    peak,
    [peak[0] + half * 0.08, y - height * 0.74],
    [peak[0] - half * 0.06, y - height * 0.5],
    [peak[0] + half * 0.1, y - height * 0.22],
    [peak[0] + half * 0.02, y],
  ];
  pen.shape([
    [x - half, y],
    [x - half * 0.62, y - height * 0.42],
    [x - half * 0.44, y - height * 0.5],
    peak,
    [x + half * 0.36, y - height * 0.62],
    [x + half * 0.58, y - height * 0.36],
    [x + half, y],
  ]);
  const shadow: readonly Point[] = [
    ...ridge,
    [x + half, y],
    [x + half * 0.58, y - height * 0.36],
    [x + half * 0.36, y - height * 0.62],
  ];
  pen.shape(shadow, "shade").hatch(shadow, { angle: 64, gap: 3.6 });
  pen.line(ridge, "fine");
}

/** A low rise: two strokes, a little grass. */
export function hill(pen: Pen, x: number, y: number, width: number): void {
  pen.curve([
    [x - width / 2, y],
    [x - width * 0.2, y - width * 0.2],
    [x + width * 0.15, y - width * 0.21],
    [x + width / 2, y],
  ]);
  for (const share of [0.12, 0.24, 0.36]) {
    pen.line(
      [
        [x + width * share, y - width * (0.2 - share * 0.3)],
        [x + width * (share + 0.04), y - width * (0.08 - share * 0.12)],
      ],
      "fine",
    );
  }
}

export function wave(pen: Pen, x: number, y: number, width: number): void {
  pen.curve(
    [
      [x - width / 2, y],
      [x - width / 4, y - 3],
      [x, y],
      [x + width / 4, y - 3],
      [x + width / 2, y],
    ],
    "fine",
  );
}

/** Something that lives in the sea: three humps and a head. */
export function serpent(pen: Pen, x: number, y: number): void {
  for (const [left, size] of [
    [-34, 8],
    [-14, 11],
    [8, 9],
  ] as const) {
    const hump: readonly Point[] = [
      [x + left - size, y],
      [x + left - size * 0.6, y - size],
      [x + left + size * 0.6, y - size],
      [x + left + size, y],
    ];
    pen.curve(hump);
    pen.curve(
      [
        [x + left - size * 0.45, y],
        [x + left - size * 0.2, y - size * 0.5],
        [x + left + size * 0.2, y - size * 0.5],
        [x + left + size * 0.45, y],
      ],
      "fine",
    );
  }
  pen.curve([
    [x + 22, y],
    [x + 27, y - 14],
    [x + 33, y - 22],
    [x + 43, y - 20],
    [x + 46, y - 15],
    [x + 36, y - 15],
    [x + 32, y],
  ]);
  pen.ellipse([x + 37, y - 18.5], 1, 1, "dark");
  pen.curve([
    [x - 44, y],
    [x - 52, y - 10],
    [x - 60, y - 9],
  ]);
}

/** A few blades of grass. */
export function tuft(pen: Pen, x: number, y: number): void {
  for (const lean of [-4, -1.2, 1.8, 4.4]) {
    pen.line(
      [
        [x + lean * 0.5, y],
        [x + lean, y - pen.between(4, 7)],
      ],
      "fine",
    );
  }
}

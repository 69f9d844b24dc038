import type { Location } from "../../../sync/index.ts";
import { arch, battlements, house, temple, tower } from "./buildings.ts";
import { fir, oak, wave } from "./nature.ts";
import type { Pen, Point } from "./pen.ts";

/** Draws a place above its foot, which is in the middle at (0, 0). */
export type PlaceDrawing = (pen: Pen) => void;

export const PLACE_DRAWINGS: Readonly<Record<Location, PlaceDrawing>> = {
  HOGWARTS: hogwarts,
  HOGSMEADE: hogsmeade,
  KNOCKTURN_ALLEY: knockturnAlley,
  FORBIDDEN_FOREST: forbiddenForest,
  MINISTRY: ministry,
  AZKABAN: azkaban,
  DIAGON_ALLEY: diagonAlley,
  PLATFORM_9_3_4: platform,
};

function hogwarts(pen: Pen): void {
  // The viaduct first: it ends behind the rock.
  const deck: readonly Point[] = [
    [118, -58],
    [216, -44],
    [216, -38],
    [118, -50],
  ];
  for (const pier of [140, 164, 188, 212]) {
    const top = -51 + (pier - 140) * 0.15;
    pen.shape([
      [pier - 4, -4],
      [pier - 3, top],
      [pier + 3, top],
      [pier + 4, -4],
    ]);
    if (pier < 212) {
      pen.curve([
        [pier + 3, top + 22],
        [pier + 8, top + 8],
        [pier + 16, top + 8],
        [pier + 21, top + 24],
      ]);
    }
  }
  pen.shape(deck);

  const rock: readonly Point[] = [
    [-172, 0],
    [-164, -16],
    [-146, -24],
    [-136, -44],
    [-112, -50],
    [-96, -64],
    [-40, -66],
    [60, -68],
    [104, -64],
    [124, -56],
    [136, -36],
    [150, -24],
    [162, -4],
    [120, 6],
    [70, 2],
    [10, 9],
    [-60, 3],
    [-110, 8],
  ];
  // Behind the halls.
  tower(pen, -26, -60, { width: 27, height: 130, roof: 50, flag: true });
  tower(pen, -98, -56, { width: 24, height: 92, roof: 42 });
  tower(pen, -66, -60, { width: 19, height: 108, roof: 36 });
  tower(pen, 16, -62, { width: 18, height: 112, roof: 38 });
  tower(pen, 52, -62, { width: 28, height: 102, roof: 46, flag: true });
  tower(pen, 98, -58, { width: 20, height: 78, roof: 34 });

  pen.shape(rock);
  pen.hatch(
    [
      [20, 6],
      [40, -66],
      [104, -64],
      [124, -56],
      [136, -36],
      [150, -24],
      [162, -4],
      [120, 6],
    ],
    { angle: 76, gap: 4 },
  );
  for (const [x, y, length] of [
    [-150, -14, 12],
    [-132, -30, 18],
    [-118, -34, 26],
    [-96, -44, 30],
    [-78, -40, 26],
    [-58, -46, 34],
    [-30, -40, 20],
    [-6, -44, 30],
    [10, -30, 24],
  ] as const) {
    pen.line(
      [
        [x, y],
        [x + 3, y + length * 0.5],
        [x - 1, y + length],
      ],
      "fine",
    );
  }

  battlements(pen, -124, 0, -52, 34);
  arch(pen, -58, -52, 13, 22);

  // The Great Hall.
  const roof: readonly Point[] = [
    [0, -100],
    [9, -128],
    [84, -128],
    [93, -100],
  ];
  pen.box(3, -54, 90, -100);
  pen.shape(roof).shape(roof, "roof");
  for (let x = 8; x < 90; x += 5) {
    pen.line(
      [
        [x + 3 - (x - 46) * 0.12, -127],
        [x, -101],
      ],
      "fine",
    );
  }
  for (const x of [15, 30, 45, 60, 75]) {
    arch(pen, x, -64, 6, 25);
    pen.line(
      [
        [x + 7.5, -55],
        [x + 7.5, -100],
      ],
      "fine",
    );
  }
  tower(pen, 46, -128, { width: 9, height: 12, roof: 20 });

  tower(pen, -122, -46, { width: 27, height: 66, roof: 36 });
  tower(pen, -82, -50, { width: 17, height: 50, roof: 24 });
  tower(pen, -34, -50, { width: 17, height: 50, roof: 24 });
  tower(pen, -4, -52, { width: 22, height: 74, roof: 36, flag: true });
  tower(pen, 96, -50, { width: 26, height: 72, roof: 40 });
  tower(pen, 122, -44, { width: 15, height: 42, roof: 22 });

  for (const [x, y, height] of [
    [-160, 3, 16],
    [-148, 6, 20],
    [-136, 8, 15],
    [128, 8, 18],
    [142, 6, 22],
    [155, 4, 15],
  ] as const) {
    fir(pen, x, y, height);
  }
}

function hogsmeade(pen: Pen): void {
  for (const [x, y, width, height, roof, lean, chimney] of [
    [-62, -24, 24, 22, 24, 2, true],
    [-30, -30, 26, 26, 28, -2, false],
    [4, -32, 24, 24, 24, 2, true],
    [38, -28, 28, 24, 26, -2, true],
    [70, -22, 22, 20, 22, 2, false],
  ] as const) {
    house(pen, x, y, { width, height, roof, lean, chimney });
  }
  // A steeple among them.
  tower(pen, 20, -26, { width: 13, height: 44, roof: 34 });
  for (const [x, y, width, height, roof, lean, chimney] of [
    [-78, 0, 28, 24, 24, 2, false],
    [-44, 3, 30, 30, 26, 3, true],
    [-8, 4, 28, 26, 26, -3, false],
    [30, 4, 32, 30, 28, 3, true],
    [66, 1, 26, 24, 24, -2, false],
  ] as const) {
    house(pen, x, y, { width, height, roof, lean, chimney });
  }
  fir(pen, -98, 2, 26);
  fir(pen, 88, 3, 28);
  fir(pen, 98, 5, 20);
}

function knockturnAlley(pen: Pen): void {
  house(pen, -42, -6, { width: 26, height: 62, roof: 26, lean: 8, gloomy: true, chimney: true });
  house(pen, 44, -6, { width: 26, height: 58, roof: 28, lean: -9, gloomy: true });
  house(pen, -16, -12, { width: 24, height: 74, roof: 26, lean: 5, gloomy: true });
  house(pen, 16, -12, { width: 22, height: 66, roof: 30, lean: -5, gloomy: true, chimney: true });
  house(pen, -62, 3, { width: 28, height: 44, roof: 24, lean: 6, gloomy: true });
  house(pen, 62, 3, { width: 28, height: 42, roof: 24, lean: -6, gloomy: true });
  // The way in, and a lantern that does not help.
  pen.shape([
    [-22, 4],
    [-22, -32],
    [-14, -44],
    [0, -49],
    [14, -44],
    [22, -32],
    [22, 4],
  ]);
  arch(pen, 0, 4, 28, 40, "hollow");
  pen.line([
    [30, 5],
    [30, -26],
    [26, -31],
    [22, -29],
  ]);
  pen.shape(
    [
      [19.5, -29],
      [24.5, -29],
      [23.5, -21],
      [20.5, -21],
    ],
    "gilt",
  );
}

function forbiddenForest(pen: Pen): void {
  const trees: { x: number; y: number; height: number; fir: boolean }[] = [];
  for (let row = 0; row < 7; row++) {
    const y = -112 + row * 18.5;
    const half = 96 * Math.sqrt(Math.max(0.16, 1 - ((row - 3.4) / 4.2) ** 2));
    for (let x = -half; x <= half; x += 22) {
      trees.push({
        x: x + pen.between(-6, 6) + (row % 2) * 9,
        y: y + pen.between(-5, 5),
        height: pen.between(34, 52),
        fir: pen.between(0, 1) < 0.68,
      });
    }
  }
  trees.sort((one, other) => one.y - other.y);
  for (const tree of trees) {
    (tree.fir ? fir : oak)(pen, tree.x, tree.y, tree.fir ? tree.height : tree.height * 0.86);
  }
  // Somebody looks out.
  const den: readonly Point[] = [
    [10, -3],
    [17, -12],
    [13, -18],
    [24, -22],
    [28, -30],
    [34, -22],
    [44, -19],
    [40, -11],
    [47, -3],
    [28, 0],
  ];
  pen.shape(den, "hollow");
  for (const [x, y] of [
    [25, -15],
    [32, -15],
    [22.5, -11],
    [34.5, -11],
  ] as const) {
    pen.ellipse([x, y], 1.3, 1.1, "gilt");
  }
}

function ministry(pen: Pen): void {
  const dome: readonly Point[] = [
    [-30, -84],
    [-27, -104],
    [-16, -118],
    [0, -123],
    [16, -118],
    [27, -104],
    [30, -84],
  ];
  pen.shape(dome).shape(dome, "roof");
  for (const bend of [-18, -7, 7, 18]) {
    pen.curve(
      [
        [bend * 1.25, -85],
        [bend * 1.1, -104],
        [bend * 0.3, -122],
      ],
      "fine",
    );
  }
  pen.hatch(
    [
      [10, -85],
      [14, -119],
      [27, -104],
      [30, -84],
    ],
    { angle: 0, gap: 3 },
  );
  pen.box(-5, -121, 5, -132);
  pen.shape([
    [-7, -132],
    [0, -143],
    [7, -132],
  ]);
  pen.line([
    [0, -143],
    [0, -151],
  ]);
  pen.box(-34, -70, 34, -86);
  for (let x = -28; x <= 28; x += 8) {
    pen.line(
      [
        [x, -72],
        [x, -84],
      ],
      "fine",
    );
  }
  for (const side of [-1, 1]) {
    const wing: readonly Point[] = [
      [side * 44, 0],
      [side * 44, -50],
      [side * 88, -50],
      [side * 88, 0],
    ];
    pen.shape(wing);
    pen.box(side * 42, -50, side * 90, -56);
    for (const x of [52, 63, 74]) {
      arch(pen, side * x + side * 3, -28, 5, 13);
      arch(pen, side * x + side * 3, -8, 5, 13);
    }
    if (side === 1) {
      pen.hatch(
        [
          [66, 0],
          [66, -50],
          [88, -50],
          [88, 0],
        ],
        { angle: 0, gap: 3.4 },
      );
    }
  }
  temple(pen, 0, 4, 88, 92);
  // The visitors' entrance.
  pen.box(-112, 6, -98, -22);
  pen.shape(
    [
      [-114, -22],
      [-105, -29],
      [-96, -22],
    ],
    "paper",
  );
  pen.box(-112, 6, -98, -22, "roof");
  for (const y of [-17, -11, -5, 1]) {
    pen.line(
      [
        [-110, y],
        [-100, y],
      ],
      "fine",
    );
  }
  pen.line(
    [
      [-105, -20],
      [-105, 5],
    ],
    "fine",
  );
}

function azkaban(pen: Pen): void {
  const rock: readonly Point[] = [
    [-84, 4],
    [-72, -10],
    [-58, -12],
    [-46, -26],
    [-30, -24],
    [-18, -34],
    [18, -34],
    [34, -22],
    [46, -26],
    [58, -10],
    [74, -8],
    [86, 4],
    [50, 9],
    [10, 6],
    [-40, 10],
  ];
  const keep: readonly Point[] = [
    [-31, -26],
    [-21, -122],
    [-15, -126],
    [-12, -119],
    [-4, -129],
    [3, -121],
    [9, -127],
    [14, -119],
    [20, -123],
    [30, -26],
  ];
  pen.shape(keep).shape(keep, "shade");
  pen.hatch(keep, { angle: 84, gap: 3.4 });
  pen.hatch(
    [
      [4, -26],
      [4, -120],
      [20, -121],
      [30, -26],
    ],
    { angle: 4, gap: 3.6 },
  );
  for (const [x, y] of [
    [-12, -104],
    [-2, -96],
    [-14, -82],
    [-4, -72],
    [-16, -58],
    [-6, -48],
  ] as const) {
    pen.box(x - 1.4, y, x + 1.4, y - 6, "hollow");
  }
  pen.shape(rock);
  pen.hatch(
    [
      [-4, 4],
      [6, -33],
      [18, -34],
      [34, -22],
      [46, -26],
      [58, -10],
      [74, -8],
      [86, 4],
    ],
    { angle: 70, gap: 3.6 },
  );
  for (const [x, y] of [
    [-60, -6],
    [-44, -14],
    [-30, -12],
    [-16, -20],
  ] as const) {
    pen.line(
      [
        [x, y],
        [x - 4, y + 11],
      ],
      "fine",
    );
  }
  // What keeps watch there.
  for (const [x, y, size] of [
    [-52, -98, 1],
    [46, -112, 1.1],
    [-40, -132, 0.8],
    [58, -76, 0.9],
    [34, -142, 0.7],
  ] as const) {
    const cloak: readonly Point[] = [
      [x, y - 9 * size],
      [x + 4 * size, y - 5 * size],
      [x + 5 * size, y + 4 * size],
      [x + 8 * size, y + 12 * size],
      [x + 2 * size, y + 8 * size],
      [x - 2 * size, y + 15 * size],
      [x - 3 * size, y + 7 * size],
      [x - 7 * size, y + 9 * size],
      [x - 4 * size, y - 4 * size],
    ];
    pen.shape(cloak, "hollow");
  }
  for (const [x, y] of [
    [-96, 6],
    [96, 8],
    [-66, 16],
    [64, 17],
    [0, 15],
  ] as const) {
    wave(pen, x, y, 22);
  }
}

function diagonAlley(pen: Pen): void {
  house(pen, -76, -14, { width: 24, height: 56, roof: 24, lean: 3, chimney: true });
  house(pen, -48, -18, { width: 26, height: 66, roof: 28, lean: -3 });
  house(pen, -18, -18, { width: 24, height: 58, roof: 26, lean: 4, chimney: true });
  // Gringotts leans, and stands.
  temple(pen, 54, 0, 62, 96, 5);
  house(pen, -90, 3, { width: 28, height: 40, roof: 24, lean: -3 });
  house(pen, -60, 4, { width: 26, height: 48, roof: 26, lean: 3, chimney: true });
  house(pen, -31, 4, { width: 26, height: 42, roof: 22, lean: -3 });
  house(pen, -3, 3, { width: 24, height: 46, roof: 26, lean: 3 });
  // A wand, a cauldron, an owl: signs that are too small to be read.
  for (const [x, y] of [
    [-75, -24],
    [-46, -26],
    [-17, -24],
  ] as const) {
    pen.line([
      [x - 4, y],
      [x + 6, y],
    ]);
    pen.box(x + 0.5, y + 1, x + 7.5, y + 8);
    pen.ellipse([x + 4, y + 4.5], 1.4, 1.6, "gilt");
  }
}

function platform(pen: Pen): void {
  const shed: readonly Point[] = [
    [-40, 0],
    [-40, -58],
    [-32, -78],
    [-10, -90],
    [24, -90],
    [46, -78],
    [54, -58],
    [54, 0],
  ];
  pen.shape(shed);
  pen.shape([
    [-33, 0],
    [-33, -54],
    [-26, -72],
    [-8, -82],
    [22, -82],
    [40, -72],
    [47, -54],
    [47, 0],
  ]);
  // Panes of the great window under the roof.
  for (const x of [-18, -5, 7, 20, 33]) {
    pen.line(
      [
        [x, -50],
        [x + (x - 7) * 0.1, -78],
      ],
      "fine",
    );
  }
  for (const y of [-50, -64]) {
    pen.line(
      [
        [-31, y],
        [45, y],
      ],
      "fine",
    );
  }
  const hall: readonly Point[] = [
    [-33, 0],
    [-33, -50],
    [47, -50],
    [47, 0],
  ];
  pen.shape(hall, "shade").hatch(hall, { angle: 0, gap: 4 });
  pen.ellipse([7, -98], 10, 10);
  pen.line([
    [7, -98],
    [7, -104.5],
  ]);
  pen.line([
    [7, -98],
    [11.5, -96],
  ]);
  for (const x of [-46, 60]) {
    pen.shape([
      [x - 7, 0],
      [x - 7, -66],
      [x, -76],
      [x + 7, -66],
      [x + 7, 0],
    ]);
    pen.hatch(
      [
        [x + 1, 0],
        [x + 1, -66],
        [x + 7, -66],
        [x + 7, 0],
      ],
      { angle: 0, gap: 3.4 },
    );
  }
  express(pen.at(0, 6));
}

/** A steam engine that goes to the left, and its tender and a coach. */
function express(pen: Pen): void {
  pen.line([
    [-112, 0],
    [104, 0],
  ]);
  // Coach.
  pen.box(34, -6, 98, -34);
  pen.box(34, -6, 98, -20, "roof");
  pen.shape([
    [31, -34],
    [36, -39],
    [96, -39],
    [101, -34],
  ]);
  for (const x of [41, 52, 63, 74, 85]) {
    pen.box(x, -22, x + 7, -31, "window");
  }
  // Tender, cab, boiler.
  pen.box(8, -6, 29, -24);
  pen.box(-18, -6, 4, -38);
  pen.box(-18, -6, 4, -38, "roof");
  pen.box(-21, -38, 8, -42);
  pen.box(-13, -22, -2, -33);
  const boiler: readonly Point[] = [
    [-78, -10],
    [-80, -20],
    [-78, -29],
    [-18, -29],
    [-18, -10],
  ];
  pen.shape(boiler).shape(boiler, "roof");
  pen.hatch(
    [
      [-78, -10],
      [-79, -16],
      [-18, -16],
      [-18, -10],
    ],
    { angle: 0, gap: 2.2 },
  );
  for (const x of [-64, -48, -32]) {
    pen.line(
      [
        [x, -10],
        [x, -29],
      ],
      "fine",
    );
  }
  pen.shape([
    [-71, -29],
    [-73, -43],
    [-63, -43],
    [-65, -29],
  ]);
  pen.shape([
    [-48, -29],
    [-47, -35],
    [-41, -35],
    [-40, -29],
  ]);
  pen.shape([
    [-86, 0],
    [-80, -9],
    [-76, -9],
    [-76, 0],
  ]);
  for (const [x, radius] of [
    [-66, 5],
    [-46, 8],
    [-27, 8],
    [-6, 6],
    [14, 5],
    [24, 5],
    [44, 5],
    [56, 5],
    [78, 5],
    [90, 5],
  ] as const) {
    pen.ellipse([x, -radius], radius, radius).ellipse([x, -radius], 1, 1, "dark");
  }
  pen.line([
    [-46, -8],
    [-27, -8],
  ]);
  for (const [x, y, size] of [
    [-66, -52, 6],
    [-58, -62, 8],
    [-70, -68, 8],
    [-84, -76, 9],
    [-100, -80, 7],
  ] as const) {
    pen.curve(
      Array.from({ length: 8 }, (_, step): Point => {
        const turn = (step / 7) * 1.7 * Math.PI + 0.6;
        return [x + Math.cos(turn) * size, y + Math.sin(turn) * size * 0.75];
      }),
      "fine",
    );
  }
}

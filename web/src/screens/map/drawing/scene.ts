import { LOCATIONS, type Location } from "../../../sync/index.ts";
import { hoops, house } from "./buildings.ts";
import { hill, mountain, oak, serpent, tuft, wave } from "./nature.ts";
import { banner, border, compassRose } from "./ornaments.ts";
import { Pen, type Point, type Stroke, smooth } from "./pen.ts";
import { PLACE_DRAWINGS } from "./places.ts";

/** Where a place stands: its drawing by the foot, its name and marks by the middle of their upper edge. */
interface Site {
  readonly at: Point;
  readonly scale: number;
  readonly label: Point;
}

/** How the land lies. It is drawn for a wide sheet and for a tall one; what stands on it is the same. */
interface Land {
  readonly width: number;
  readonly height: number;
  readonly sites: Readonly<Record<Location, Site>>;
  /** The border of the sea, closed beyond the edge of the sheet. */
  readonly coast: readonly Point[];
  readonly lake: readonly Point[];
  readonly river: readonly Point[];
  readonly railway: readonly Point[];
  readonly paths: readonly (readonly Point[])[];
  readonly mountains: readonly (readonly [x: number, y: number, width: number, height: number])[];
  readonly hills: readonly (readonly [x: number, y: number, width: number])[];
  readonly oaks: readonly (readonly [x: number, y: number, height: number])[];
  readonly waves: readonly Point[];
  readonly tufts: readonly Point[];
  readonly hut: Point;
  readonly hoops: Point;
  readonly serpent: Point;
  readonly compass: readonly [x: number, y: number, radius: number];
  readonly title: {
    readonly at: Point;
    readonly width: number;
    readonly height: number;
    readonly size: number;
  };
}

/** A land, drawn. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly water: { readonly sea: string; readonly lake: string; readonly river: string };
  readonly railway: string;
  readonly paths: readonly string[];
  readonly ground: readonly Stroke[];
  /** From the back to the front. */
  readonly places: readonly { readonly location: Location; readonly strokes: readonly Stroke[] }[];
  readonly ornaments: readonly Stroke[];
  readonly labels: Readonly<Record<Location, Point>>;
  readonly title: Land["title"];
  readonly north: Point;
}

const WIDE: Land = {
  width: 1000,
  height: 840,
  sites: {
    HOGWARTS: { at: [352, 372], scale: 1.08, label: [352, 384] },
    HOGSMEADE: { at: [640, 268], scale: 0.98, label: [630, 275] },
    FORBIDDEN_FOREST: { at: [158, 492], scale: 1.08, label: [158, 502] },
    AZKABAN: { at: [862, 224], scale: 0.92, label: [862, 240] },
    KNOCKTURN_ALLEY: { at: [138, 726], scale: 0.98, label: [138, 736] },
    DIAGON_ALLEY: { at: [366, 714], scale: 1.02, label: [366, 724] },
    MINISTRY: { at: [602, 728], scale: 0.98, label: [602, 738] },
    PLATFORM_9_3_4: { at: [836, 716], scale: 1, label: [836, 733] },
  },
  coast: [
    [738, -20],
    [746, 40],
    [728, 84],
    [752, 128],
    [764, 170],
    [748, 214],
    [770, 262],
    [782, 312],
    [766, 352],
    [786, 398],
    [822, 420],
    [842, 462],
    [882, 486],
    [908, 528],
    [956, 542],
    [980, 570],
    [1030, 576],
    [1040, -30],
  ],
  lake: [
    [452, 452],
    [500, 428],
    [560, 420],
    [618, 434],
    [640, 462],
    [600, 486],
    [548, 484],
    [512, 502],
    [462, 492],
    [438, 472],
  ],
  river: [
    [0, 590],
    [60, 598],
    [130, 586],
    [210, 604],
    [300, 596],
    [390, 580],
    [470, 594],
    [560, 584],
    [650, 566],
    [740, 580],
    [820, 556],
    [884, 552],
    [930, 536],
  ],
  railway: [
    [944, 722],
    [740, 722],
    [704, 690],
    [714, 630],
    [706, 560],
    [680, 500],
    [690, 430],
    [726, 380],
    [736, 330],
    [722, 296],
    [706, 282],
  ],
  paths: [
    [
      [500, 356],
      [540, 330],
      [556, 304],
      [576, 292],
    ],
    [
      [262, 392],
      [236, 412],
      [224, 440],
    ],
    [
      [232, 724],
      [256, 740],
      [282, 726],
    ],
    [
      [452, 722],
      [482, 738],
      [506, 728],
    ],
    [
      [700, 738],
      [728, 744],
      [760, 734],
    ],
    [
      [296, 506],
      [330, 516],
      [372, 520],
      [420, 530],
    ],
  ],
  mountains: [
    [74, 196, 96, 72],
    [180, 186, 104, 74],
    [122, 222, 108, 78],
    [66, 284, 84, 56],
    [126, 296, 64, 38],
    [556, 172, 84, 54],
    [496, 176, 62, 36],
  ],
  hills: [
    [520, 390, 46],
    [600, 396, 38],
    [84, 340, 46],
    [330, 520, 52],
    [590, 530, 50],
    [800, 500, 42],
    [760, 530, 48],
    [60, 560, 44],
    [470, 640, 40],
  ],
  oaks: [
    [572, 372, 26],
    [588, 380, 22],
    [640, 520, 26],
    [656, 528, 22],
    [500, 552, 24],
    [232, 636, 24],
    [484, 700, 26],
    [728, 660, 26],
    [744, 668, 22],
    [58, 640, 24],
    [70, 648, 28],
  ],
  waves: [
    [792, 70],
    [850, 52],
    [926, 74],
    [820, 108],
    [950, 130],
    [800, 214],
    [950, 250],
    [806, 300],
    [850, 318],
    [820, 360],
    [952, 330],
    [964, 400],
    [850, 400],
    [950, 500],
    [930, 470],
    [540, 452],
    [586, 458],
    [500, 470],
  ],
  tufts: [
    [320, 452],
    [392, 470],
    [420, 560],
    [360, 566],
    [262, 560],
    [210, 548],
    [660, 400],
    [630, 520],
    [556, 540],
    [700, 640],
    [780, 470],
    [820, 600],
    [892, 620],
    [660, 620],
    [300, 640],
    [228, 690],
    [480, 640],
    [760, 620],
    [90, 620],
    [940, 640],
    [560, 250],
    [700, 180],
    [600, 110],
    [680, 90],
  ],
  hut: [278, 506],
  hoops: [446, 548],
  serpent: [876, 346],
  compass: [916, 424, 46],
  title: { at: [352, 66], width: 400, height: 50, size: 31 },
};

const TALL: Land = {
  width: 480,
  height: 970,
  sites: {
    HOGWARTS: { at: [158, 276], scale: 0.7, label: [148, 281] },
    AZKABAN: { at: [396, 204], scale: 0.66, label: [396, 212] },
    HOGSMEADE: { at: [358, 412], scale: 0.72, label: [358, 417] },
    FORBIDDEN_FOREST: { at: [112, 484], scale: 0.76, label: [112, 489] },
    PLATFORM_9_3_4: { at: [362, 662], scale: 0.72, label: [362, 671] },
    DIAGON_ALLEY: { at: [122, 692], scale: 0.78, label: [118, 698] },
    KNOCKTURN_ALLEY: { at: [112, 868], scale: 0.78, label: [112, 874] },
    MINISTRY: { at: [350, 858], scale: 0.72, label: [350, 866] },
  },
  coast: [
    [286, -20],
    [292, 60],
    [306, 104],
    [296, 140],
    [312, 178],
    [304, 214],
    [322, 250],
    [336, 284],
    [372, 308],
    [410, 324],
    [440, 334],
    [460, 356],
    [500, 362],
    [520, -20],
  ],
  lake: [
    [212, 352],
    [234, 338],
    [262, 340],
    [278, 356],
    [264, 376],
    [236, 382],
    [214, 370],
  ],
  river: [
    [0, 586],
    [50, 592],
    [110, 582],
    [170, 592],
    [222, 584],
    [262, 566],
    [310, 548],
    [370, 528],
    [426, 510],
    [456, 460],
    [470, 410],
    [478, 360],
  ],
  railway: [
    [444, 666],
    [270, 666],
    [238, 642],
    [254, 598],
    [230, 544],
    [234, 486],
    [256, 448],
    [288, 424],
    [306, 420],
  ],
  paths: [
    [
      [250, 286],
      [276, 304],
      [296, 330],
    ],
    [
      [60, 750],
      [46, 776],
      [54, 798],
    ],
    [
      [196, 868],
      [224, 878],
      [250, 868],
    ],
  ],
  mountains: [
    [58, 158, 56, 40],
    [98, 150, 48, 34],
    [256, 184, 44, 30],
  ],
  hills: [
    [226, 420, 34],
    [62, 628, 34],
    [420, 574, 38],
    [300, 610, 34],
  ],
  oaks: [
    [276, 290, 18],
    [436, 470, 20],
    [216, 634, 20],
    [440, 740, 20],
    [226, 800, 18],
  ],
  waves: [
    [340, 110],
    [440, 116],
    [330, 160],
    [448, 172],
    [340, 222],
    [450, 300],
    [352, 280],
    [246, 360],
  ],
  tufts: [
    [60, 346],
    [196, 420],
    [440, 430],
    [206, 520],
    [60, 566],
    [300, 590],
    [440, 600],
    [210, 660],
    [300, 740],
    [420, 770],
    [60, 780],
    [200, 830],
  ],
  hut: [208, 480],
  hoops: [236, 830],
  serpent: [404, 304],
  compass: [240, 752, 28],
  title: { at: [240, 56], width: 272, height: 40, size: 23 },
};

/** For a sheet that is about as wide as high, and for a phone's. */
export const WIDE_SCENE: Scene = drawn(WIDE);
export const TALL_SCENE: Scene = drawn(TALL);

function drawn(land: Land): Scene {
  const ground = new Pen(1707);
  for (const place of land.mountains) {
    mountain(ground, ...place);
  }
  for (const place of land.hills) {
    hill(ground, ...place);
  }
  for (const place of land.oaks) {
    oak(ground, ...place);
  }
  for (const [x, y] of land.waves) {
    wave(ground, x, y, 26);
  }
  for (const [x, y] of land.tufts) {
    tuft(ground, x, y);
  }
  house(ground.at(...land.hut, land.sites.HOGWARTS.scale), 0, 0, {
    width: 24,
    height: 15,
    roof: 22,
    chimney: true,
  });
  hoops(ground.at(...land.hoops, land.sites.HOGWARTS.scale), 0, 0);
  serpent(ground.at(...land.serpent, land.sites.AZKABAN.scale), 0, 0);

  const ornaments = new Pen(1996);
  compassRose(ornaments.at(land.compass[0], land.compass[1]), land.compass[2]);
  banner(ornaments.at(...land.title.at), land.title.width, land.title.height);
  border(ornaments, land.width, land.height);

  const fromTheBack = [...LOCATIONS].sort((one, other) => land.sites[one].at[1] - land.sites[other].at[1]);
  return {
    width: land.width,
    height: land.height,
    water: {
      sea: smooth(land.coast, true),
      lake: smooth(land.lake, true),
      river: smooth(land.river),
    },
    railway: smooth(land.railway),
    paths: land.paths.map((path) => smooth(path)),
    ground: ground.strokes,
    places: fromTheBack.map((location, index) => {
      const { at, scale } = land.sites[location];
      const pen = new Pen(index + 41);
      PLACE_DRAWINGS[location](pen.at(...at, scale));
      return { location, strokes: pen.strokes };
    }),
    ornaments: ornaments.strokes,
    labels: Object.fromEntries(LOCATIONS.map((location) => [location, land.sites[location].label])) as Record<
      Location,
      Point
    >,
    title: land.title,
    north: [land.compass[0], land.compass[1] - land.compass[2] * 1.2],
  };
}

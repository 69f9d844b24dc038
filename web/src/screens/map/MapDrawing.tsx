import type { Location } from "../../sync/index.ts";
import type { Scene } from "./drawing/scene.ts";
import styles from "./MapDrawing.module.css";

interface Props {
  readonly scene: Scene;
  /** The places that are looked at; where there are any, the others step back. */
  readonly chosen: readonly Location[];
}

/** The drawing itself. What is to be known and done stands over it, in text. */
export function MapDrawing({ scene, chosen }: Props) {
  const { width, height, water, railway, title, north } = scene;
  return (
    <svg className={styles.drawing} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      <clipPath id="map-sea">
        <path d={water.sea} />
      </clipPath>
      <clipPath id="map-lake">
        <path d={water.lake} />
      </clipPath>
      <clipPath id="map-sheet">
        <rect x="22" y="22" width={width - 44} height={height - 44} />
      </clipPath>
      <radialGradient id="map-age" r="0.75">
        <stop offset="0.55" className={styles.young} />
        <stop offset="1" className={styles.old} />
      </radialGradient>

      <rect className={styles.sheet} width={width} height={height} />
      <g clipPath="url(#map-sheet)">
        <River d={water.river} />
        <Shore d={water.sea} within="map-sea" />
        <Shore d={water.lake} within="map-lake" />
        {scene.paths.map((d) => (
          <path key={d} className={styles.path} d={d} />
        ))}
        <path className={styles.sleepers} d={railway} />
        <path className={styles.rails} d={railway} />
        <path className={styles.between} d={railway} />
        <Strokes strokes={scene.ground} />
      </g>
      {scene.places.map(({ location, strokes }) => (
        <g
          key={location}
          className={styles.place}
          data-faded={chosen.length > 0 && !chosen.includes(location)}
        >
          <Strokes strokes={strokes} />
        </g>
      ))}
      <rect className={styles.age} width={width} height={height} fill="url(#map-age)" />
      <Folds width={width} height={height} />
      <Strokes strokes={scene.ornaments} />
      <text className={styles.title} x={title.at[0]} y={title.at[1] + title.size * 0.3} fontSize={title.size}>
        The Marauder’s Map
      </text>
      <text className={styles.north} x={north[0]} y={north[1]}>
        N
      </text>
    </svg>
  );
}

function Strokes({ strokes }: { strokes: Scene["ground"] }) {
  return strokes.map(({ ink, d }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a drawing does not change.
    <path key={index} className={styles[ink]} d={d} />
  ));
}

/** Water with lines along its shore, as engravers drew it: ever narrower strokes over one another. */
function Shore({ d, within }: { d: string; within: string }) {
  return (
    <g clipPath={`url(#${within})`}>
      <path className={styles.water} d={d} />
      {[34, 24, 15, 8].map((width) => (
        <g key={width}>
          <path className={styles.shore} d={d} strokeWidth={width} opacity={1 - width / 44} />
          <path className={styles.shallow} d={d} strokeWidth={width - 1.6} />
        </g>
      ))}
      <path className={styles.coast} d={d} />
    </g>
  );
}

function River({ d }: { d: string }) {
  return (
    <>
      <path className={styles.bank} d={d} />
      <path className={styles.stream} d={d} />
      <path className={styles.current} d={d} />
    </>
  );
}

/** It has been in many pockets. */
function Folds({ width, height }: { width: number; height: number }) {
  return (
    <g className={styles.folds}>
      {[0.25, 0.5, 0.75].map((share) => (
        <path key={share} d={`M${width * share} 0V${height}`} />
      ))}
      <path d={`M0 ${height / 2}H${width}`} />
    </g>
  );
}

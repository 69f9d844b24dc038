import { getRouteApi } from "@tanstack/react-router";
import { isOf } from "../../app/rights.ts";
import { useMe } from "../../app/SyncProvider.tsx";
import { TimeTravel, useIncidentsAsOf } from "../../app/time-travel/TimeTravel.tsx";
import { atTime } from "../../app/time-travel/timeSearch.ts";
import { isActive, type Location } from "../../sync/index.ts";
import { filterOf } from "../board/boardSearch.ts";
import { clustersOf } from "./cluster.ts";
import { TALL_SCENE, WIDE_SCENE } from "./drawing/scene.ts";
import { MapDrawing } from "./MapDrawing.tsx";
import styles from "./MapScreen.module.css";
import { PlaceList } from "./PlaceList.tsx";
import { PlaceSign } from "./PlaceSign.tsx";
import { useArrivals } from "./useArrivals.ts";
import { useMedia } from "./useMedia.ts";
import { useViewersByPlace } from "./useViewersByPlace.ts";

const route = getRouteApi("/users/map");

/** The castle and its places, with what happens there: now, or at another time. */
export function MapScreen() {
  const { at } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <TimeTravel at={at} onAtChange={(position) => void navigate({ search: atTime(position), replace: true })}>
      <LivingMap />
    </TimeTravel>
  );
}

function LivingMap() {
  const { at: _, location: chosen = [], ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const isTall = useMedia("(width < 720px)");
  const scene = isTall ? TALL_SCENE : WIDE_SCENE;
  const arrivals = useArrivals();

  const me = useMe();
  const rows = useIncidentsAsOf(filterOf(search));
  // Whoever asks for a status gets it; else what is over and done with is off the map.
  const incidents = rows
    .filter(({ incident }) => !search.mine || isOf(me, incident))
    .filter(
      ({ incident, saved }) => saved !== undefined && (search.status !== undefined || isActive(incident)),
    )
    .map(({ incident }) => incident);
  const clusters = clustersOf(incidents);
  const viewers = useViewersByPlace();

  function choose(location: Location | undefined) {
    void navigate({
      search: ({ location: before = [], ...rest }) =>
        location === undefined || before.includes(location) ? rest : { ...rest, location: [location] },
    });
  }

  return (
    <div className={styles.screen}>
      <section className={styles.map} aria-labelledby="map-title">
        <h1 id="map-title" className="visually-hidden">
          The map
        </h1>
        <div className={styles.sheet} data-tall={isTall}>
          <MapDrawing scene={scene} chosen={chosen} />
          <ul className={styles.signs}>
            {clusters.map((cluster) => {
              const [x, y] = scene.labels[cluster.location];
              return (
                <PlaceSign
                  key={cluster.location}
                  cluster={cluster}
                  at={[x / scene.width, y / scene.height]}
                  room={isTall ? 4 : 6}
                  isChosen={chosen.includes(cluster.location)}
                  isFaded={chosen.length > 0 && !chosen.includes(cluster.location)}
                  arrivals={arrivals}
                  viewers={viewers.get(cluster.location) ?? []}
                  onChoose={() => choose(cluster.location)}
                />
              );
            })}
          </ul>
        </div>
      </section>
      <PlaceList clusters={clusters} chosen={chosen} onChooseAll={() => choose(undefined)} />
    </div>
  );
}

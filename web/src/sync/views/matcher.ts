import { type Incident, isUrgentSeverity } from "../model.ts";
import { finderOf, searchedWordsOf } from "../search/searchedWords.ts";
import type { IncidentFilter } from "../sync.ts";

type Test = (incident: Incident) => boolean;

/** Says of an incident whether a filter lets it through. */
export function matcherOf(filter: IncidentFilter): Test {
  const { status, severity, location, assignee, reporter, urgent, text = "" } = filter;
  const tests: Test[] = text.trim() === "" ? [] : [searchFor(text.trim())];
  // Only what is asked: it is asked of thousands, with every change of any.
  if (status !== undefined && status.length > 0) {
    tests.unshift((incident) => status.includes(incident.status));
  }
  if (severity !== undefined && severity.length > 0) {
    tests.unshift((incident) => severity.includes(incident.severity));
  }
  if (location !== undefined && location.length > 0) {
    tests.unshift((incident) => location.includes(incident.location));
  }
  if (assignee !== undefined) {
    tests.unshift((incident) => incident.assigned_to === assignee);
  }
  if (reporter !== undefined) {
    tests.unshift((incident) => incident.reported_by === reporter);
  }
  if (urgent !== undefined) {
    tests.unshift((incident) => isUrgentSeverity(incident.severity) === urgent);
  }
  return (incident) => tests.every((test) => test(incident));
}

/** An incident answers to its number, too. */
function searchFor(text: string): Test {
  const numbers = text.split(/\s+/).filter((word) => /^#\d+$/.test(word));
  const rest = text
    .split(/\s+/)
    .filter((word) => !/^#\d+$/.test(word))
    .join(" ");
  const isFound = rest === "" ? () => true : finderOf(rest);
  const isWhole = finderOf(text);
  return (incident) => {
    const { words, text: searched } = searchedOf(incident);
    return (
      isWhole(words, searched) ||
      (numbers.every((number) => number === `#${incident.id}`) && isFound(words, searched))
    );
  };
}

interface Searched {
  readonly text: string;
  readonly words: string;
}

/** Made once for each: a search looks through all of them with every change of any. */
const known = new WeakMap<Incident, Searched>();

function searchedOf(incident: Incident): Searched {
  let searched = known.get(incident);
  if (searched === undefined) {
    const text = `${incident.title} ${incident.description}`;
    searched = { text, words: searchedWordsOf(text) };
    known.set(incident, searched);
  }
  return searched;
}

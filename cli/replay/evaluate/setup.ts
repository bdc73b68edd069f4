import type { LoadedDetections } from "../../../config/custom-detections/load";
import { type Detection, type Severity, severitiesFrom } from "../../../detection/definition/detection";
import { switchedOn } from "../../../detection/definition/switched-on";
import type { AccountPlace } from "../../../detection/events/account-scope";
import { canonical } from "../../../detection/events/event-id";
import { enableDetections } from "../../../detection/matching/enabled-detections";
import { configuredSuppressions } from "../../../detection/suppressions/configured";
import type { Suppression } from "../../../detection/suppressions/suppression";
import { CommandError } from "../../command/command-error";
import { suggestion } from "../../command/suggestions";
import type { Scope } from "../../log-sources/scope";
import { type MonitorNames, monitorNames, namesIn, namesMonitor } from "./monitor-names";

/** What one configuration asks of the logs. Plain data, as it is sent to worker threads. */
export interface Setup {
  /** In the catalogue's order. */
  readonly detections: readonly Detection[];
  /** Every detection that the suppressions may name. */
  readonly catalogue: readonly Detection[];
  readonly suppressions: readonly Suppression[];
  readonly names: MonitorNames;
  /** Minutes in which one principal's alerts are one incident. */
  readonly incidentMinutes: number;
}

/** A detection, and the setups that ask it in the same words. */
export interface Asked {
  readonly detection: Detection;
  /** Numbers of the setups, ascending. */
  readonly setups: readonly number[];
}

/** What is asked of every record: once, whichever setups want to know. Plain data. */
export interface Plan {
  readonly setups: readonly Setup[];
  readonly asked: readonly Asked[];
  readonly scope: Scope;
  /** What is known of accounts, by id. */
  readonly places: Readonly<Record<string, AccountPlace>>;
}

/** Which detections to ask, of all that there are. */
export interface Selection {
  /** Ids; none: all that are switched on. Whether one is switched on counts only when configurations are compared. */
  readonly detections: readonly string[];
  readonly minSeverity?: Severity;
}

/** Milliseconds since 1970: 0 would stand for a time that is not known. */
const LONG_AGO = 1;

/**
 * @throws CommandError for an id that is in none of the configurations, when there is nothing to ask, and for suppressions and
 *   detections that can't work
 */
export function planOf(
  loaded: readonly LoadedDetections[],
  selection: Selection,
  scope: Scope,
  places: Plan["places"] = {},
): Plan {
  const everything = loaded.flatMap(({ catalogue }) => catalogue);
  for (const id of selection.detections) {
    if (!everything.some((detection) => detection.id === id)) {
      throw new CommandError(`unknown detection ${JSON.stringify(id)}${suggestion(id, everything)}`);
    }
  }
  const setups = loaded.map((each) => setupOf(each, selection, loaded.length > 1));
  const asked = union(setups);
  if (asked.length === 0) throw new CommandError(nothingToAsk(selection, loaded.length > 1));
  return { setups, asked, scope, places };
}

/** Suppressions that ask for more than is known of any account, a line each: they suppress nothing. */
export function unknownPlaces({ setups, places }: Plan): readonly string[] {
  const isKnown = (key: keyof AccountPlace) => Object.values(places).some((place) => place[key] !== undefined);
  const lines = setups
    .flatMap(({ suppressions }) => suppressions)
    .filter(
      ({ organizationalUnits, accountTags }) =>
        (organizationalUnits !== undefined && !isKnown("organizationalUnits")) ||
        (accountTags !== undefined && !isKnown("tags")),
    )
    .map(
      ({ id }) =>
        `suppression ${id} suppresses nothing here: give the accounts' organizationalUnits and tags with --accounts FILE`,
    );
  return [...new Set(lines)];
}

/** Silence that comes of asking nothing must not pass for silence of the logs. */
function nothingToAsk({ detections, minSeverity }: Selection, compared: boolean): string {
  const which = [
    ...detections.map((id) => `--detection ${id}`),
    ...(minSeverity === undefined ? [] : [`--min-severity ${minSeverity}`]),
  ];
  const on = compared || detections.length === 0 ? " that is enabled" : "";
  return `nothing to evaluate: no detection${on}${which.length > 0 ? ` for ${which.join(" ")}` : ""}`;
}

/** @param compared whether switching a detection on or off is what the configurations are compared for */
function setupOf(
  { config, catalogue, origins }: LoadedDetections,
  { detections: ids, minSeverity = "low" }: Selection,
  compared: boolean,
): Setup {
  const names = monitorNames(config);
  const placeholders = namesIn("111122223333", names);
  // Whether one has expired is judged by the time of each event.
  const { suppressions, problems } = configuredSuppressions(config, catalogue, placeholders, LONG_AGO, {
    suggest: (id) => suggestion(id, catalogue),
  });
  if (problems.length > 0) {
    const from = origins.get("suppressions");
    throw new CommandError(problems.map((problem) => `${from}: ${problem}`));
  }
  const severities = severitiesFrom(minSeverity);
  const eligible = ids.length > 0 && !compared ? catalogue : switchedOn(catalogue, config);
  const detections = eligible.filter(
    ({ id, severity }) => (ids.length === 0 || ids.includes(id)) && severities.includes(severity),
  );
  enableDetections(
    detections,
    ({ id }, error) => {
      throw new CommandError(`detection ${id}: ${error.message}`);
    },
    placeholders,
  );
  return { detections, catalogue, suppressions, names, incidentMinutes: config.incidentMinutes };
}

/** In the order of the first setup; what only the others ask comes after it. */
function union(setups: readonly Setup[]): readonly Asked[] {
  const asked = new Map<string, { readonly detection: Detection; readonly setups: number[] }>();
  setups.forEach(({ detections, names }, setup) => {
    for (const detection of detections) {
      const words = canonical([detection, namesMonitor(detection.pattern) ? names : null]);
      const same = asked.get(words);
      if (same) same.setups.push(setup);
      else asked.set(words, { detection, setups: [setup] });
    }
  });
  return [...asked.values()];
}

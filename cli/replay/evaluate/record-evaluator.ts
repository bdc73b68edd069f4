import { incidentCaller } from "../../../alerting/incidents/incident-caller";
import { eventInWords } from "../../../alerting/notices/alert";
import { windowOf } from "../../../alerting/windows/window";
import type { Detection } from "../../../detection/definition/detection";
import { parseRecord } from "../../../detection/events/cloudtrail-record";
import { type EventEnvelope, wrapRecord } from "../../../detection/events/envelope";
import { callId } from "../../../detection/events/event-id";
import { eventTimeMs } from "../../../detection/events/event-time";
import { identityOf, namesCaller } from "../../../detection/events/identity";
import { isObject } from "../../../detection/events/json";
import { outcomeOf } from "../../../detection/events/outcome";
import { oneLine } from "../../../detection/events/text";
import { type RecordFilter, recordFilter } from "../../../detection/log-files/scan/record-filter";
import { type EnabledDetections, enableDetections } from "../../../detection/matching/enabled-detections";
import { matchedDetections } from "../../../detection/matching/matched-detections";
import { resolve } from "../../../detection/pattern/resolve";
import {
  type EnabledSuppressions,
  enableSuppressions,
  rulingsOn,
} from "../../../detection/suppressions/enabled-suppressions";
import { FOR_FUNCTIONS } from "../../log-sources/envelopes";
import { inScope } from "../../log-sources/scope";
import type { AlertedEvent, FoundMatch } from "./found-match";
import { namesIn, namesMonitor, withoutNames } from "./monitor-names";
import type { Plan, Setup } from "./setup";
import { masked, shownJson } from "./shown-json";

/** Accounts whose names are kept compiled: more than most organizations have. */
const ACCOUNTS = 500;
/** In whose names a record is evaluated that says no account. */
const NO_ACCOUNT = "000000000000";

/** Characters. */
const ERROR_CODE = 128;
const ERROR_MESSAGE = 300;
/** An ARN is shorter. */
const PRINCIPAL = 2_048;

/** Lets through what has the source and name of a call, but holds records or is none. */
const ENVELOPES: Detection = {
  ...{ id: "envelopes", title: "Envelopes", severity: "low", tier: "signal", cis: [], references: [], why: "" },
  runbook: { check: "", command: "", contain: "" },
  pattern: { detail: { eventSource: [{ prefix: FOR_FUNCTIONS }] } },
};

/** A match of one record, before it is said where the record lies. */
export type RecordMatch = Omit<FoundMatch, "file" | "place">;

/** Detections, and their numbers among those that are asked. */
interface Numbered {
  readonly enabled: EnabledDetections;
  readonly numbers: ReadonlyMap<Detection, number>;
}

/** What depends on the account whose record it is, since the monitor's names may have its number in them. */
interface InAccount {
  readonly naming: Numbered;
  /** Of each setup. */
  readonly suppressions: readonly EnabledSuppressions[];
}

/** Asks the detections of a plan about records, and the suppressions about what they match. */
export class RecordEvaluator {
  /** Lets every record through that anything could match, in whatever account. */
  readonly filter: RecordFilter;
  /** What names nothing of the monitor's. */
  readonly #plain: Numbered;
  readonly #accounts = new Map<string, InAccount>();

  constructor(private readonly plan: Plan) {
    this.#plain = this.#numbered(false, ({ pattern }) => pattern);
    const asked = plan.asked.map(({ detection }) => ({ ...detection, pattern: withoutNames(detection.pattern) }));
    this.filter = recordFilter(enable([...asked, ENVELOPES]));
  }

  /**
   * @param value the record as parsed JSON, still unchecked
   * @returns in the order in which the detections are asked
   * @throws when the record can't be processed
   */
  evaluate(value: unknown): readonly RecordMatch[] {
    if (isObject(value) && !inScope(this.plan.scope, value)) return [];
    const event = wrapRecord(parseRecord(value));
    const { naming, suppressions } = this.#inAccount(/^\d{12}$/.test(event.account) ? event.account : NO_ACCOUNT);
    const numbers = [...matched(this.#plain, event), ...matched(naming, event)];
    if (numbers.length === 0) return [];
    const { places } = this.plan;
    const placeOf = (id: string) => (Object.hasOwn(places, id) ? places[id] : undefined);
    const rulings = suppressions.map((each) => rulingsOn(each, event, placeOf));
    // The same whichever detection alerts.
    let alerted: AlertedEvent | undefined;
    return numbers
      .sort((a, b) => a - b)
      .map((number) => {
        const { detection, setups } = this.plan.asked[number] as Plan["asked"][number];
        const suppressedBy = rulings.map((ruling, setup) =>
          setups.includes(setup) ? ruling(detection).suppressedBy : undefined,
        );
        const isCandidate = detection.tier !== "signal" && setups.some((setup) => suppressedBy[setup] === undefined);
        if (isCandidate) alerted ??= alertedEvent(event);
        return {
          detection: number,
          id: callId(event),
          namesCaller: namesCaller(event.detail.userIdentity),
          time: eventTimeMs(event),
          window: windowOf(detection, event),
          suppressedBy,
          ...(isCandidate && alerted && { event: alerted }),
        };
      });
  }

  #inAccount(account: string): InAccount {
    let known = this.#accounts.get(account);
    if (!known) {
      if (this.#accounts.size >= ACCOUNTS) this.#accounts.clear();
      const { setups } = this.plan;
      known = {
        naming: this.#numbered(true, ({ pattern }, [setup = 0]) =>
          resolve(pattern, namesIn(account, (setups[setup] as Setup).names)),
        ),
        suppressions: setups.map((setup) => enabledIn(account, setup)),
      };
      this.#accounts.set(account, known);
    }
    return known;
  }

  /** The detections that do, or do not, name the monitor. */
  #numbered(
    naming: boolean,
    patternOf: (detection: Detection, setups: readonly number[]) => Detection["pattern"],
  ): Numbered {
    const numbers = new Map<Detection, number>();
    this.plan.asked.forEach(({ detection, setups }, number) => {
      if (namesMonitor(detection.pattern) !== naming) return;
      numbers.set({ ...detection, pattern: patternOf(detection, setups) }, number);
    });
    return { enabled: enable([...numbers.keys()]), numbers };
  }
}

function matched({ enabled, numbers }: Numbered, event: EventEnvelope): readonly number[] {
  return matchedDetections(enabled, event).map((detection) => numbers.get(detection) as number);
}

/** Whatever can't work has been refused before the first record was read. */
function refused(what: string, reason: string): never {
  throw new Error(`${what}: ${reason}`);
}

function enable(detections: readonly Detection[]): EnabledDetections {
  return enableDetections(detections, ({ id }, { message }) => refused(id, message));
}

function enabledIn(account: string, { suppressions, catalogue, names }: Setup): EnabledSuppressions {
  return enableSuppressions(suppressions, catalogue, namesIn(account, names), refused);
}

function alertedEvent(event: EventEnvelope): AlertedEvent {
  const requestParameters = masked(event.detail.requestParameters);
  const responseElements = masked(event.detail.responseElements);
  const detail = { ...event.detail, requestParameters, responseElements };
  const { kind, code, message } = outcomeOf(detail);
  return {
    ...eventInWords({ ...event, detail }),
    principal: oneLine(identityOf(event.detail.userIdentity).principal, PRINCIPAL),
    caller: oneLine(incidentCaller(event.detail), PRINCIPAL),
    outcome: kind,
    errorCode: oneLine(code ?? "", ERROR_CODE),
    errorMessage: oneLine(String(masked(message ?? "")), ERROR_MESSAGE),
    requestParameters: shownJson(requestParameters),
    responseElements: shownJson(responseElements),
  };
}

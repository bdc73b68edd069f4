import type { Condition } from "../../../detection/pattern/condition";
import type { AskedField } from "../../../detection/pattern/conjunctions";
import { describeConditions } from "../../../detection/pattern/describe";
import { testField } from "../../../detection/pattern/value-test";
import { nearest } from "../../nearest";
import { textsOf } from "./asked";
import { aliasProblems, formProblems, smallNameProblems } from "./names";
import type { PatternProblem } from "./problem";
import { DETAIL_TYPES, IDENTITY_TYPES } from "./record-fields";
import { typeProblem } from "./types";

const UNSUPPORTED = "aren't supported yet: a pattern can look for CloudTrail's records alone";
export const INSIGHTS = `CloudTrail Insights events ${UNSUPPORTED}`;
export const GUARDDUTY = `GuardDuty findings ${UNSUPPORTED}`;
const AGGREGATED = `CloudTrail's aggregated events ${UNSUPPORTED}`;
const DATA =
  "data events: the trail records deletions in the log archive and no others, so it matches only if another trail records them";
const NETWORK_TYPE = "AWS Network Activity Event via CloudTrail";
const NETWORK = "network activity events: the trail records none, so it matches only if another trail records them";

/** Values that a field has, and why others can't be looked for. */
interface Known {
  readonly values: readonly string[];
  /** Reasons against some of the values that are there, or that AWS has too. */
  readonly reasons?: Readonly<Record<string, string>>;
  /** `warning` for values that are there, but that the trail does not record. */
  readonly warnings?: Readonly<Record<string, string>>;
}

const DETAIL_TYPE_VALUES = Object.values(DETAIL_TYPES).flat();

const KNOWN: Readonly<Record<string, Known>> = {
  "detail-type": {
    values: [...DETAIL_TYPE_VALUES, NETWORK_TYPE],
    reasons: {
      "AWS Insight via CloudTrail": INSIGHTS,
      "GuardDuty Finding": GUARDDUTY,
    },
    warnings: { [NETWORK_TYPE]: NETWORK },
  },
  "detail.eventType": {
    values: [...Object.keys(DETAIL_TYPES), "AwsVpceEvent"],
    reasons: { AwsCloudTrailInsight: INSIGHTS, AwsAggregatedEvent: AGGREGATED },
    warnings: { AwsVpceEvent: NETWORK },
  },
  "detail.eventCategory": {
    values: ["Management", "Data", "NetworkActivity"],
    reasons: { Insight: INSIGHTS },
    warnings: {
      Data: DATA,
      NetworkActivity: NETWORK,
    },
  },
};

/** Fields of which AWS may have more values than are known here. */
const OPEN: Readonly<Record<string, readonly string[]>> = { "detail.userIdentity.type": IDENTITY_TYPES };

/** What is wrong with the values that a pattern asks of a field. */
export function valueProblems({ field, conditions }: AskedField): readonly PatternProblem[] {
  const problem = (message: string, severity: PatternProblem["severity"] = "error") => ({
    field,
    severity,
    message: `asks for ${field} that ${describeConditions(conditions)}: ${message}`,
  });
  const mistyped = typeProblem(field, conditions);
  if (mistyped !== undefined) return [problem(mistyped)];
  const known = KNOWN[field];
  if (known) return knownProblems(known, conditions).map(([message, severity]) => problem(message, severity));
  const open = OPEN[field];
  if (open) {
    return textsOf(conditions)
      .filter((text) => !open.includes(text))
      .map((text) => {
        const certain = open.some((each) => each.toLowerCase() === text.toLowerCase());
        return problem(
          `there is no ${JSON.stringify(text)}${certain ? "" : " that is known here"}; did you mean ${nearest(text, open).join(", ")}?`,
          certain ? "error" : "warning",
        );
      });
  }
  if (
    field === "detail.managementEvent" &&
    conditions.every((each) => each.kind === "equals" && each.value === false)
  ) {
    return [problem(DATA, "warning")];
  }
  return [
    ...formProblems(field, conditions).map((message) => problem(message)),
    ...aliasProblems(field, conditions).map((message) => problem(message, "warning")),
    ...smallNameProblems(field, conditions).map((message) => problem(message, "warning")),
  ];
}

function knownProblems(
  { values, reasons = {}, warnings = {} }: Known,
  conditions: readonly Condition[],
): readonly (readonly [string, PatternProblem["severity"]])[] {
  const wrong = textsOf(conditions).filter((text) => !values.includes(text));
  if (wrong.length > 0) {
    return wrong.map((text) => [
      reasons[text] ??
        `the function can't evaluate events with ${JSON.stringify(text)}; did you mean ${JSON.stringify(nearest(text, values, 1)[0])}? Allowed values: ${values.map((value) => JSON.stringify(value)).join(", ")}`,
      "error",
    ]);
  }
  const { accepts, absent } = testField(conditions);
  const accepted = values.filter((value) => accepts(value));
  if (accepted.length === 0) {
    const reason = Object.entries(reasons).find(([value]) => accepts(value))?.[1];
    const why = absent
      ? "every event has it"
      : `allowed values: ${values.map((value) => JSON.stringify(value)).join(", ")}`;
    return [[reason ?? `no event matches; ${why}`, "error"]];
  }
  const unrecorded = accepted.map((value) => warnings[value]);
  return unrecorded.every((reason) => reason !== undefined) ? [[String(unrecorded[0]), "warning"]] : [];
}

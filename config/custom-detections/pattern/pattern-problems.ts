import type { Conjunction } from "../../../detection/pattern/conjunctions";
import { parsePattern } from "../../../detection/pattern/conjunctions";
import { testField } from "../../../detection/pattern/value-test";
import { asked, textsOf } from "./asked";
import { dataEventProblems } from "./data-events";
import { fieldProblem } from "./fields";
import { pairProblems } from "./pairs";
import type { PatternProblem } from "./problem";
import { DETAIL_TYPES } from "./record-fields";
import { GUARDDUTY, INSIGHTS, valueProblems } from "./values";

/**
 * What EventBridge takes, but no event matches, or none that the function can judge.
 *
 * Placeholders may stand in the pattern.
 *
 * @throws PatternError for what EventBridge would refuse
 */
export function patternProblems(pattern: unknown): readonly PatternProblem[] {
  const conjunctions = parsePattern(pattern);
  const unsupported = conjunctions.flatMap(unsupportedProblem);
  // What CloudTrail's records don't have need not be said of what is none.
  if (unsupported.length > 0) return distinct(unsupported);
  return distinct([
    // What stands outside of $or is the same object in each.
    ...[...new Set(conjunctions.flat())].flatMap((field) => {
      const problem = fieldProblem(field);
      return problem ? [problem] : valueProblems(field);
    }),
    ...pairProblems(conjunctions),
    ...dataEventProblems(conjunctions),
    ...conjunctions.flatMap(otherEvents),
  ]);
}

function distinct(problems: readonly PatternProblem[]): readonly PatternProblem[] {
  return [...new Map(problems.map((problem) => [problem.message, problem])).values()];
}

/** Events of CloudTrail's and of GuardDuty's that are no records. */
function unsupportedProblem(conjunction: Conjunction): readonly PatternProblem[] {
  const problem = (field: string, why: string): readonly PatternProblem[] => [
    { field, severity: "error", message: `asks for ${field}: ${why}` },
  ];
  const detailTypes = textsOf(asked(conjunction, "detail-type") ?? []);
  const insight = conjunction.find(({ field }) => /^detail\.insightDetails(\.|$)/.test(field))?.field;
  if (detailTypes.includes("AWS Insight via CloudTrail"))
    return problem('detail-type "AWS Insight via CloudTrail"', INSIGHTS);
  if (insight !== undefined) return problem(insight, INSIGHTS);
  if (detailTypes.includes("GuardDuty Finding")) return problem('detail-type "GuardDuty Finding"', GUARDDUTY);
  if (!textsOf(asked(conjunction, "source") ?? []).includes("aws.guardduty")) return [];
  const finding = conjunction.find(({ field }) => FINDING.test(field))?.field;
  return finding === undefined ? [] : problem(finding, GUARDDUTY);
}

/** What a finding of GuardDuty's has and a record of CloudTrail's has not. */
const FINDING =
  /^detail\.(schemaVersion|accountId|partition|region|id|arn|type|severity|title|description|service|resource|createdAt|updatedAt)(\.|$)/;

/** A pattern that takes in events which are not CloudTrail's: the function can't evaluate those. */
function otherEvents(conjunction: Conjunction): readonly PatternProblem[] {
  const detailType = asked(conjunction, "detail-type");
  if (detailType) {
    const { accepts } = testField(detailType);
    const others = ["Scheduled Event", "EC2 Instance State-change Notification"].filter((type) => accepts(type));
    const open =
      others.length > 0 &&
      Object.values(DETAIL_TYPES)
        .flat()
        .some((type) => accepts(type));
    if (!open) return [];
  } else if (conjunction.some(({ field, conditions }) => isOfRecord(field) && !testField(conditions).absent)) {
    return [];
  }
  return [
    {
      field: "detail-type",
      severity: "warning",
      message: `matches events that are not CloudTrail's, which the function can't evaluate: ask for detail-type ${JSON.stringify(DETAIL_TYPES.AwsApiCall?.[0])} or for a field of the record such as detail.eventName`,
    },
  ];
}

function isOfRecord(field: string): boolean {
  return field.startsWith("detail.");
}

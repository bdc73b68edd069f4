import { wrapRecord } from "../../../detection/events/envelope";
import type { Condition } from "../../../detection/pattern/condition";
import type { Conjunction } from "../../../detection/pattern/conjunctions";
import { describeConditions } from "../../../detection/pattern/describe";
import { testField } from "../../../detection/pattern/value-test";
import { asked, textsOf } from "./asked";
import type { PatternProblem } from "./problem";
import { DETAIL_TYPES } from "./record-fields";

/** Fields of the envelope that follow from a field of the record: where the pattern's two don't go together, nothing matches. */
export function pairProblems(conjunctions: readonly Conjunction[]): readonly PatternProblem[] {
  return [...sourceProblems(conjunctions), ...typeProblems(conjunctions)];
}

/** EventBridge's `source` of a record of this `eventSource`. */
function sourceOf(eventSource: string): string {
  return wrapRecord({ eventSource, eventName: "" }).source;
}

/**
 * A record's `source` is made from its `eventSource`. A value of one may stand beside several of the other in different
 * alternatives; what is wrong is an alternative in which none fit, and a value that fits in none.
 */
function sourceProblems(conjunctions: readonly Conjunction[]): readonly PatternProblem[] {
  const fitting = new Set<string>();
  const unfit = new Map<string, readonly Condition[]>();
  const problems: PatternProblem[] = [];
  for (const conjunction of conjunctions) {
    const source = asked(conjunction, "source");
    const eventSource = asked(conjunction, "detail.eventSource");
    if (!source || !eventSource) continue;
    if (eventSource.every(({ kind }) => kind === "equals")) {
      const { accepts } = testField(source);
      for (const text of textsOf(eventSource)) {
        if (accepts(sourceOf(text))) fitting.add(text);
        else unfit.set(text, source);
      }
      // EventBridge would match neither branch with the other's value.
      if (!textsOf(eventSource).some((text) => accepts(sourceOf(text)))) {
        problems.push(contradiction(source, eventSource));
      }
    } else if (source.every(({ kind }) => kind === "equals")) {
      const { accepts } = testField(eventSource);
      const hosts = textsOf(source).flatMap(hostsOf);
      if (!hosts.some((host) => accepts(host))) problems.push(contradiction(source, eventSource));
    }
  }
  const said = new Set(problems.map(({ message }) => message));
  const alone = [...unfit].filter(
    ([text]) => !fitting.has(text) && ![...said].some((message) => message.includes(JSON.stringify(text))),
  );
  return [...problems, ...alone.map(([text, source]) => contradiction(source, [{ kind: "equals", value: text }]))];
}

function hostsOf(source: string): readonly string[] {
  const host = `${source.replace(/^aws\./, "")}.amazonaws.com`;
  return [host, `${host}.cn`];
}

function contradiction(source: readonly Condition[], eventSource: readonly Condition[]): PatternProblem {
  const [first] = textsOf(eventSource);
  const [of] = textsOf(source);
  const instead =
    first !== undefined
      ? `write ${JSON.stringify(sourceOf(first))}`
      : `write ${JSON.stringify(hostsOf(of ?? "aws.ec2")[0])} into detail.eventSource`;
  return {
    field: "source",
    severity: "error",
    message: `asks for source that ${describeConditions(source)} and detail.eventSource that ${describeConditions(eventSource)}: no event has both, the one is made from the other; ${instead}`,
  };
}

/** `detail-type` follows from the record's `eventType`. */
function typeProblems(conjunctions: readonly Conjunction[]): readonly PatternProblem[] {
  return conjunctions.flatMap((conjunction) => {
    const detailType = asked(conjunction, "detail-type");
    const eventType = asked(conjunction, "detail.eventType");
    if (!detailType || !eventType) return [];
    const ofDetail = testField(detailType);
    const ofEvent = testField(eventType);
    const accepted = Object.entries(DETAIL_TYPES).filter(([type]) => ofEvent.accepts(type));
    // Without one that is known, it is wrong by itself.
    if (accepted.length === 0) return [];
    if (accepted.some(([, details]) => details.some((detail) => ofDetail.accepts(detail)))) return [];
    return [
      {
        field: "detail-type",
        severity: "error" as const,
        message: `asks for detail-type that ${describeConditions(detailType)} and detail.eventType that ${describeConditions(eventType)}: no event has both; write ${JSON.stringify(accepted[0]?.[1][0])}`,
      },
    ];
  });
}

import * as v from "valibot";
import { type Detection, SEVERITIES } from "../../detection/definition/detection";
import { FIELD, FIELDS, MINUTES, THRESHOLD } from "../../detection/definition/windows";
import { isObject } from "../../detection/events/json";
import { lintPattern } from "../../detection/pattern/analysis/lint";
import { compilePattern } from "../../detection/pattern/compile";
import { type EventPattern, PatternError } from "../../detection/pattern/pattern";
import { PlaceholderError, resolve } from "../../detection/pattern/resolve";
import { compileRefinement } from "../../detection/refinements/refinement";
import { RefinementError } from "../../detection/refinements/refinement-error";
import { closedObject } from "../objects";
import { quote } from "../problem";
import { NAMES } from "./fixture-names";
import { recordFieldProblem } from "./pattern/fields";
import { patternProblems } from "./pattern/pattern-problems";

/** What a detection's keys take: those that ship and those of users alike. Messages say what is allowed. */

/** With the longest name prefix and a dash before it, a rule's name has 64 characters. */
const MAX_ID_LENGTH = 43;

function text(allowed: string, test: (value: string) => boolean) {
  return v.custom<string>((value) => typeof value === "string" && test(value), `must be ${allowed}`);
}

function line(maximum: number) {
  return text(
    `one line of 1 to ${maximum} characters`,
    (value) => value.trim() !== "" && value.length <= maximum && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value),
  );
}

function oneOf<const T extends string>(values: readonly T[], what: string) {
  return v.picklist(values, `must be ${what}: ${values.join(", ")}`);
}

const minutes = v.custom<number>(MINUTES.isSound, `must be ${MINUTES.allowed}`);

const fields = v.pipe(
  v.array(
    v.pipe(
      text(FIELD.allowed, FIELD.isSound),
      v.check(
        (value) => recordFieldProblem(value) === undefined,
        ({ input }) => recordFieldProblem(input) ?? "",
      ),
    ),
    `must be ${FIELDS.allowed}`,
  ),
  v.minLength(1, `must be ${FIELDS.allowed}`),
);

const pattern = checked(
  'an event pattern such as {"source": ["aws.iam"], "detail": {"eventName": ["CreateUser"]}}',
  (value) => {
    try {
      compilePattern(value);
    } catch (error) {
      if (error instanceof PatternError) return [`EventBridge would refuse it: ${error.message}`];
      throw error;
    }
    return [
      ...placeholderProblems(value as EventPattern),
      ...lintPattern(value).filter((problem) => problem.startsWith("does not pin source")),
      ...patternProblems(value).flatMap(({ severity, message }) => (severity === "error" ? [message] : [])),
    ];
  },
);

function placeholderProblems(pattern: EventPattern): readonly string[] {
  try {
    resolve(pattern, NAMES);
    return [];
  } catch (error) {
    if (error instanceof PlaceholderError) return [error.message];
    throw error;
  }
}

const refine = checked('a list of refinements such as [{"kind": "publicIp", "field": "sourceIPAddress"}]', (value) => {
  if (!Array.isArray(value)) return ["must be a list of refinements"];
  return value.flatMap((refinement, index) => {
    try {
      compileRefinement(refinement, `[${index}]`);
      return refinedFields(refinement).flatMap((field) => {
        const problem = recordFieldProblem(field);
        return problem === undefined ? [] : [`[${index}] names ${quote(field)}: ${problem}`];
      });
    } catch (error) {
      if (error instanceof RefinementError) return [error.message];
      throw error;
    }
  });
});

/** The record's fields that a sound refinement names. */
function refinedFields(refinement: Readonly<Record<string, unknown>>): readonly string[] {
  return ["field", "from", "fields", "within"].flatMap((key) => (refinement[key] ?? []) as string | readonly string[]);
}

/** Anything that `problemsOf` finds nothing wrong with. */
function checked(allowed: string, problemsOf: (value: unknown) => readonly string[]) {
  return v.pipe(
    v.custom<unknown>((value) => value !== undefined, `must be ${allowed}`),
    v.rawCheck(({ dataset, addIssue }) => {
      if (!dataset.typed) return;
      for (const message of problemsOf(dataset.value)) addIssue({ message });
    }),
  );
}

/** Lines, or lists of lines, each by the name of a call or `*`. */
function isUndo(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.entries(value).every(
      ([call, commands]) =>
        /^(\*|[A-Za-z]\w*)$/.test(call) &&
        [commands].flat().every((command) => typeof command === "string" && /^[^\r\n]{1,1000}$/.test(command)),
    )
  );
}

const attack = closedObject({
  technique: text("a MITRE ATT&CK technique such as T1078 or T1078.004", (value) => /^T\d{4}(\.\d{3})?$/.test(value)),
  tactic: text("a MITRE ATT&CK tactic such as Credential Access", (value) =>
    /^[A-Z][a-z]+( (and )?[A-Z][a-z]+)*$/.test(value),
  ),
});

const runbookLine = line(1_000);
const remedies = {
  undo: v.optional(
    v.custom<NonNullable<Detection["runbook"]["undo"]>>(
      isUndo,
      'must be an object of commands by the call\'s name, such as {"StopLogging": "aws cloudtrail start-logging --name <requestParameters.name>"}',
    ),
  ),
  stopCaller: v.optional(v.literal(false, "must be false, where the caller is not to be stopped; else leave it out")),
};
const cis = v.array(
  text(
    "a monitoring control of CIS AWS Foundations, numbered as in versions 1.4 to 5.0: 4.1 to 4.16 (which versions 6.0 and 7.0 call 5.1 to 5.16)",
    (value) => /^4\.([1-9]|1[0-6])$/.test(value),
  ),
  'must be a list of CIS controls such as ["4.4"]',
);
const references = v.array(
  text("an https:// address", (value) => URL.canParse(value) && new URL(value).protocol === "https:"),
  "must be a list of https:// addresses",
);

const common = {
  id: text(
    `lower-case letters, digits and single dashes, beginning with a letter, at most ${MAX_ID_LENGTH} characters, such as bastion-stopped`,
    (value) => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(value) && value.length <= MAX_ID_LENGTH,
  ),
  title: line(100),
  severity: oneOf(SEVERITIES, "a severity"),
  path: v.optional(oneOf(["both", "log"], "a path")),
  route: v.optional(oneOf(["function", "topic"], "a route")),
  ruleName: v.optional(
    text("the name of an EventBridge rule, 1 to 64 letters, digits and . _ -", (value) => /^[\w.-]{1,64}$/.test(value)),
  ),
  falsePositives: v.optional(line(1_000)),
  count: v.optional(
    closedObject(
      {
        threshold: v.custom<number>(THRESHOLD.isSound, `must be ${THRESHOLD.allowed}`),
        minutes,
        by: v.optional(fields),
      },
      'an object such as {"threshold": 10, "minutes": 60}',
    ),
  ),
  group: v.optional(
    closedObject({ minutes: v.optional(minutes), by: v.optional(fields) }, 'an object such as {"minutes": 60}'),
  ),
  pattern,
  refine: v.optional(refine),
  services: v.optional(oneOf(["ignored", "evaluated"], "what becomes of services' own calls")),
  deployers: v.optional(oneOf(["ignored", "evaluated"], "what becomes of the deployers' calls")),
};

const tier = oneOf(["alert", "digest", "signal"], "a tier");

/** A detection that ships. */
export const shippedSchema = closedObject({
  ...common,
  tier,
  pack: v.optional(oneOf(["cis", "strict"], "a pack")),
  attack,
  cis,
  references: v.pipe(references, v.minLength(1, "must be at least one address")),
  why: line(1_000),
  runbook: closedObject({ check: runbookLine, command: runbookLine, contain: runbookLine, ...remedies }),
} satisfies Record<keyof Detection, v.GenericSchema>);

/** What a user leaves out. */
const DEFAULT_RUNBOOK = {
  check: "Was it meant? Ask whoever called, and see what else the caller did around that time.",
  command:
    "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
  contain: "Take back what the call did, and take the caller's permissions away.",
};

/** A user's own detection: the least that is needed, and defaults for the rest. */
export const ownSchema = closedObject({
  ...common,
  tier: v.optional(tier, "alert"),
  attack: v.optional(attack),
  cis: v.optional(cis, []),
  references: v.optional(references, []),
  why: v.optional(line(1_000), "This account's own detection looks for it."),
  runbook: v.optional(
    closedObject({
      check: v.optional(runbookLine, DEFAULT_RUNBOOK.check),
      command: v.optional(runbookLine, DEFAULT_RUNBOOK.command),
      contain: v.optional(runbookLine, DEFAULT_RUNBOOK.contain),
      ...remedies,
    }),
    {},
  ),
} satisfies Record<Exclude<keyof Detection, "pack">, v.GenericSchema>);

import { lookedFor, STOP_CALLER, seenIn, techniquePage, toldWhen, undoLines } from "../../cli/detections/words";
import { cisNumbers } from "../../detection/catalogue/cis-controls";
import { type Detection, SEVERITIES } from "../../detection/definition/detection";
import { historyNote } from "../../detection/definition/history-note";
import { counted } from "../../detection/events/text";

const URGENCY = {
  critical: "act now",
  high: "within the hour",
  medium: "today",
  low: "next working day",
} as const;

/** Commands that many runbooks share, by what they show: on the page once. */
const SHARED_COMMANDS: Readonly<Record<string, string>> = {
  "calls with the same access key":
    "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
  "the event":
    "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventId,AttributeValue=<eventID>",
  "console logins":
    "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=EventName,AttributeValue=ConsoleLogin",
  "calls by the root user":
    "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=Username,AttributeValue=root",
};

/** `docs/detections.md`: what ships, for people. */
export function detectionsPage(catalogue: readonly Detection[]): string {
  return [
    "# Detections",
    "",
    "<!-- Written by `npm run docs`: change the detections, not this page. -->",
    "",
    `${counted(catalogue.length, "detection")} ship, each in a file of [\`detection/catalogue/\`](../detection/catalogue/) named after its id.`,
    "`npm run detections -- list` shows which ones your configuration enables. `npm run detections -- explain ID` shows one in the terminal, with the API references that this page leaves out.",
    "",
    "| pack | detections | |",
    "|---|---|---|",
    `| \`default\` | ${catalogue.filter(({ pack }) => pack === undefined).length} | enabled unless \`packs\` says otherwise |`,
    `| \`cis\` | ${catalogue.filter(({ cis }) => cis.length > 0).length} | those that cover a monitoring control of the CIS AWS Foundations Benchmark |`,
    `| \`strict\` | ${catalogue.length} | all, including those that are noisy in many accounts |`,
    "",
    "`disabledDetections` disables single detections. [custom-detections.md](custom-detections.md) describes custom detections.",
    "",
    "How to read a section:",
    "",
    `- Alerts: ${toldWhen({ tier: "alert" })} ${seenIn({ tier: "alert" })} The pack is \`default\`. Exceptions stand beside the severity.`,
    "- *Trigger*: all conditions must hold, each with one of its values. `*` stands for any text. Without *succeeded* or *succeeded or denied*, any outcome matches.",
    "- `{{prefix}}` and the like are names in your deployment. `<awsRegion>` and the like are placeholders. Alerts have the record's values instead, if they are safe to paste into a shell.",
    "- Steps: 1. Check, with the command. 2. Contain an unintended call. Commands after a call's name undo it. Then [stop the caller](#stopping-the-caller).",
    `- Sections give the first of a CIS control's numbers: ${cisNumbers(["4.5"])}.`,
    "",
    "## Overview",
    "",
    "| severity | response | detections |",
    "|---|---|---|",
    ...SEVERITIES.map((severity) => {
      const links = ofSeverity(catalogue, severity).map(({ id, pack }) => `[${id}](#${id})${pack ? ` (${pack})` : ""}`);
      return `| ${severity} | ${URGENCY[severity]} | ${links.join(", ")} |`;
    }),
    "",
    "## Stopping the caller",
    "",
    `To stop the caller, ${STOP_CALLER} An \`ASIA…\` key belongs to a session and can't be made inactive. A policy that denies everything issued before now revokes a role's sessions.`,
    "",
    "## Shared commands",
    "",
    ...Object.entries(SHARED_COMMANDS).map(([name, command]) => `- ${capital(name)}: ${code(command)}`),
    "",
    `About every \`lookup-events\` command: ${historyNote("aws cloudtrail lookup-events").trim().slice(1, -1)}`,
    "",
    ...catalogue.flatMap(section),
  ].join("\n");
}

/** The part of README.md between its two marks. */
export function readmeCounts(catalogue: readonly Detection[]): string {
  return [
    "| severity | detections | for example |",
    "|---|---|---|",
    ...SEVERITIES.map((severity) => {
      const all = ofSeverity(catalogue, severity);
      return `| ${severity} | ${all.length} | ${all
        .slice(0, 3)
        .map(({ id }) => `\`${id}\``)
        .join(", ")} |`;
    }),
  ].join("\n");
}

function ofSeverity(catalogue: readonly Detection[], severity: Detection["severity"]): readonly Detection[] {
  return catalogue.filter((detection) => detection.severity === severity);
}

/** What is not as with most: pack, when it alerts, where it is seen. */
function differences({ pack, tier, path, route, count, fold }: Detection): readonly string[] {
  return [
    ...(pack === undefined ? [] : [`pack ${pack}`]),
    ...(tier === "digest" ? ["daily digest"] : []),
    ...(tier === "signal" ? ["counted only"] : []),
    ...(route === "topic" ? ["EventBridge to urgent topic"] : []),
    ...(count ? [`${count.threshold} events in ${count.minutes} minutes${by("per", count.by)}`] : []),
    ...(fold ? [`grouped${fold.minutes === undefined ? "" : ` for ${fold.minutes} minutes`}${by("by", fold.by)}`] : []),
    ...(path === "log" ? ["log files only"] : []),
  ];
}

function by(word: string, fields: readonly string[] | undefined): string {
  return fields === undefined ? "" : ` ${word} ${fields.map((field) => field.replace(/^.*\./, "")).join(", ")}`;
}

function section(detection: Detection): readonly string[] {
  const { id, title, severity, why, noise, runbook, attack, cis, references } = detection;
  const { check, command, contain, stopCaller } = runbook;
  const shared = Object.keys(SHARED_COMMANDS).find((name) => SHARED_COMMANDS[name] === command);
  return [
    `## ${id}`,
    "",
    `**${prose(title)}.** ${capital([severity, ...differences(detection)].join(", "))}.`,
    "",
    prose(why),
    "",
    ...(noise === undefined ? [] : [`*False positives:* ${prose(noise)}`, ""]),
    ...trigger(detection),
    "",
    `1. ${prose(check)} ${shared === undefined ? code(command) : `Look up [${shared}](#shared-commands).`}`,
    `2. ${prose(contain)}`,
    ...undone(runbook).map((line) => `   - ${code(line)}`),
    ...(stopCaller === false ? ["3. Don't stop the caller."] : []),
    "",
    [
      ...(attack ? [`[${attack.technique}](${techniquePage(attack.technique)}) ${attack.tactic}`] : []),
      ...(cis.length > 0 ? [`CIS ${cis.join(", ")}`] : []),
      ...references.filter(isGuide).map((reference) => `[${label(reference)}](${reference})`),
    ].join(", "),
    "",
  ];
}

/** The commands that undo calls; calls that the same command undoes stand before it together. */
function undone(runbook: Detection["runbook"]): readonly string[] {
  const calls = new Map<string, string[]>();
  for (const line of undoLines(runbook)) {
    const [, call = "", command = line] = /^(\w+): (.*)$/.exec(line) ?? [];
    calls.set(command, [...(calls.get(command) ?? []), ...(call === "" ? [] : [call])]);
  }
  return [...calls].map(([command, names]) => (names.length > 0 ? `${names.join("|")}: ${command}` : command));
}

/** A command as a span of code, whatever quotes it has. */
function code(command: string): string {
  return command.includes("`") ? `\`\` ${command} \`\`` : `\`${command}\``;
}

/** What it matches in short: service and calls first, then the other conditions, then alternatives. */
function trigger(detection: Detection): readonly string[] {
  const { pattern, refine = [] } = detection;
  const pinned = isNode(pattern.detail) && Array.isArray(pattern.detail.eventSource);
  const shown = Object.entries(pattern).filter(([key]) => key !== "detail-type" && !(pinned && key === "source"));
  const { alternatives, conditions } = clausesOf(Object.fromEntries(shown));
  const lines = lookedFor(detection);
  // Which rules it means, the pattern says already.
  const refinements = lines
    .slice(lines.length - refine.length)
    .map(({ text }) => text.replace(/, whose .*, opens /, " opens "));
  const all = [...conditions, ...refinements.map(withCode)];
  return [
    `*Trigger:* ${all.join("; ")}${alternatives.length > 0 ? "; one of:" : ""}`,
    ...(alternatives.length > 0 ? ["", ...alternatives.map((text) => `- ${text}`)] : []),
  ];
}

interface Clauses {
  readonly conditions: readonly string[];
  /** Of `$or`, which stands at most once beside other fields. */
  readonly alternatives: readonly string[];
}

/** The parts of a node of an event pattern; an alternative's own alternatives stand in brackets. */
function clausesOf(node: object, path = ""): Clauses {
  const parts = Object.entries(node).map(([key, value]): Clauses => {
    const field = path === "" || path === "detail" ? key : `${path}.${key}`;
    if (key === "$or")
      return { conditions: [], alternatives: (value as readonly object[]).map((each) => inOne(each, path)) };
    return Array.isArray(value) ? { conditions: [condition(field, value)], alternatives: [] } : clausesOf(value, field);
  });
  return {
    conditions: parts.flatMap(({ conditions }) => conditions),
    alternatives: parts.flatMap(({ alternatives }) => alternatives),
  };
}

function inOne(node: object, path: string): string {
  const { conditions, alternatives } = clausesOf(node, path);
  return [...conditions, ...(alternatives.length > 0 ? [`(${alternatives.join(" or ")})`] : [])].join("; ");
}

const OUTCOMES: Readonly<Record<string, string>> = {
  '[{"exists":false}]': "succeeded",
  '[{"exists":false},{"prefix":"AccessDenied"}]': "succeeded or denied",
};

/** Fields whose values need no name before them. */
const PLAIN_FIELDS: ReadonlySet<string> = new Set(["source", "eventSource", "eventName"]);

function condition(field: string, values: readonly unknown[]): string {
  const outcome = field === "errorCode" ? OUTCOMES[JSON.stringify(values)] : undefined;
  if (outcome !== undefined) return outcome;
  // What may be absent, or anything but a value, is just not that value.
  const optional = values.length === 2 && values.some(isAbsent) ? values.filter((value) => !isAbsent(value)) : [];
  const [other] = optional;
  const text =
    isNode(other) && "anything-but" in other ? `not ${excluded(other)}` : [...new Set(values.map(shortly))].join(", ");
  if (field === "source" && text === "`aws.*`") return "any service";
  return PLAIN_FIELDS.has(field) && values.every(isName) ? text : `${field}: ${text}`;
}

function isName(value: unknown): boolean {
  return typeof value === "string" || (isNode(value) && "prefix" in value);
}

function isAbsent(value: unknown): boolean {
  return isNode(value) && value.exists === false;
}

/** A condition of an event pattern: `a*` for a beginning, `*a` for an end. */
function shortly(value: unknown): string {
  if (!isNode(value)) return code(typeof value === "string" && !value.includes("*") ? value : JSON.stringify(value));
  if ("exists" in value) return value.exists === true ? "present" : "absent";
  if (typeof value.prefix === "string") return code(`${value.prefix}*`);
  if (typeof value.suffix === "string") return code(`*${value.suffix}`);
  if (typeof value.wildcard === "string") return code(value.wildcard);
  if (typeof value["equals-ignore-case"] === "string") return `${code(value["equals-ignore-case"])} (any case)`;
  if (Array.isArray(value.numeric)) return code(value.numeric.join(""));
  if ("anything-but" in value) return `present but not ${excluded(value)}`;
  return code(JSON.stringify(value));
}

function excluded({ "anything-but": values }: Node): string {
  if (isNode(values)) {
    return Object.entries(values)
      .flatMap(([kind, texts]) => [texts].flat().map((text) => shortly({ [kind]: text })))
      .join(", ");
  }
  return [values].flat().map(shortly).join(", ");
}

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** Text that Markdown shows as it is. */
function prose(text: string): string {
  return text.replace(/[*`\\]/g, "\\$&").replaceAll("<", "&lt;");
}

/** Quoted values as code, the rest as it is. */
function withCode(text: string): string {
  return text
    .split(/("(?:[^"\\`]|\\.)*")/)
    .map((part, index) => (index % 2 === 0 ? prose(part) : `\`${part.slice(1, -1)}\``))
    .join("");
}

/** Whether a page says more than the API reference of the calls, or ATT&CK's, which is linked anyway. */
function isGuide(address: string): boolean {
  return !/\/API_\w+\.html|\/\/attack\.mitre\.org\//.test(address);
}

/** What a page is called, from its address. */
function label(address: string): string {
  const { hostname, pathname, hash } = new URL(address);
  if (hostname === "attack.mitre.org") return pathname.replace(/^\/techniques\/|\/$/g, "").replace("/", ".");
  const page = pathname
    .split("/")
    .filter((part) => part !== "")
    .at(-1);
  return (page?.replace(/\.html$/, "") ?? hostname) + hash;
}

import type { Usage } from "../command/usage";

const EXIT_CODES = "0; 1 when the configuration is wrong; 2 when an argument is wrong.";

/** What can be asked about detections. */
export const USAGES = {
  list: {
    command: "trailwarden detections list",
    summary: "Lists every detection, and whether the configuration of this folder enables it.",
    operands: [],
    options: { format: { value: "FORMAT", help: "table or json [table]" } },
    exitCodes: EXIT_CODES,
    example: "trailwarden detections list --format json",
  },
  explain: {
    command: "trailwarden detections explain",
    summary: "Explains one detection: what it matches, why it matters, what to do.",
    operands: ["ID"],
    options: {},
    exitCodes: "0; 1 when there is no such detection, or the configuration is wrong; 2 when an argument is wrong.",
    example: "trailwarden detections explain trail-stopped",
  },
  coverage: {
    command: "trailwarden detections coverage",
    summary: "Shows which MITRE ATT&CK techniques and CIS controls the detections cover.",
    operands: [],
    options: {
      format: { value: "FORMAT", help: "markdown, or navigator: a layer for the ATT&CK Navigator [markdown]" },
    },
    exitCodes: EXIT_CODES,
    example: "trailwarden detections coverage --format navigator > layer.json",
  },
  forwarders: {
    command: "trailwarden detections forwarders",
    summary: "Lists the rules that forward events of other regions and accounts to the home region.",
    operands: [],
    options: { format: { value: "FORMAT", help: "text or json [text]" } },
    exitCodes: "0; 1 when the configuration is wrong, or a detection can't be forwarded; 2 when an argument is wrong.",
    example: "trailwarden detections forwarders --format json",
  },
  test: {
    command: "trailwarden detections test",
    summary: "Tests a folder of custom detections against their fixtures.",
    operands: ["FOLDER"],
    about: ["FOLDER   the detections, as detectionsFolder names it (docs/custom-detections.md)"],
    options: {},
    exitCodes: "0; 1 when a detection or a fixture is wrong; 2 when an argument is wrong.",
    example: "trailwarden detections test detections",
  },
} as const satisfies Readonly<Record<string, Usage>>;

export const USAGE = {
  command: "trailwarden detections",
  summary: "Lists, explains or tests detections, with the configuration of this folder.",
  operands: [Object.keys(USAGES).join("|")],
  about: Object.entries(USAGES).map(([name, { summary }]) => `${name.padEnd(12)}${summary}`),
  options: {},
  exitCodes: EXIT_CODES,
  example: "trailwarden detections explain --help",
} as const satisfies Usage;

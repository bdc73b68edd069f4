import { surelyMeant } from "../../config/nearest";
import { counted } from "../../detection/events/text";
import { loadOwnConfig } from "../command/own-config";
import { runCommand } from "../command/run-command";
import { UsageError } from "../command/usage-error";
import { coverageTables } from "./coverage";
import { explanation } from "./explanation";
import { forwarderList, listedForwarders } from "./forwarders";
import { listed, table } from "./listing";
import { navigatorLayer } from "./navigator-layer";
import { testFolder } from "./test-folder";
import { USAGE, USAGES } from "./usages";

type Question = keyof typeof USAGES;

/** Each takes its arguments, and answers with the exit code. */
const questions: Readonly<Record<Question, (args: readonly string[]) => Promise<number>>> = {
  list: (args) =>
    runCommand(USAGES.list, args, (given) => {
      const format = given.oneOf("format", ["table", "json"]);
      const detections = listed(loadOwnConfig());
      return print(format === "json" ? json(detections) : table(detections));
    }),
  explain: (args) =>
    runCommand(USAGES.explain, args, ({ operands: [id = ""] }) => print(explanation(id, loadOwnConfig()))),
  coverage: (args) =>
    runCommand(USAGES.coverage, args, (given) => {
      const format = given.oneOf("format", ["markdown", "navigator"]);
      const detections = listed(loadOwnConfig());
      return print(format === "navigator" ? json(navigatorLayer(detections)) : coverageTables(detections));
    }),
  forwarders: (args) =>
    runCommand(USAGES.forwarders, args, (given) => {
      const format = given.oneOf("format", ["text", "json"]);
      const forwarders = listedForwarders(loadOwnConfig());
      return print(format === "json" ? json(forwarders) : forwarderList(forwarders));
    }),
  test: (args) =>
    runCommand(USAGES.test, args, ({ operands: [folder = ""] }) => {
      const { lines, cases, failures } = testFolder(folder);
      const outcome = failures === 0 ? `All ${cases} cases as expected` : `FAILED: ${counted(failures, "problem")}`;
      print(`${[...lines, "", outcome].join("\n")}\n`);
      return failures === 0 ? 0 : 1;
    }),
};

/**
 * Lists, explains or tests detections, with the configuration of the current folder.
 *
 * @returns exit code: 0, or 1 when a tested folder has problems
 * @throws CommandError for an unknown subcommand or wrong arguments
 */
export function detections([question, ...args]: readonly string[]): Promise<number> {
  if (isQuestion(question)) return questions[question](args);
  return runCommand(USAGE, question === undefined ? [] : [question], () => {
    const given = JSON.stringify(question);
    const known = Object.keys(questions);
    const meant = surelyMeant(question ?? "", known);
    throw new UsageError(
      USAGE,
      `unknown subcommand ${given}${meant === undefined ? `; allowed: ${known.join(", ")}` : `; did you mean ${meant}?`}`,
    );
  });
}

function isQuestion(text: string | undefined): text is Question {
  return text !== undefined && Object.hasOwn(questions, text);
}

function print(text: string): 0 {
  process.stdout.write(text);
  return 0;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

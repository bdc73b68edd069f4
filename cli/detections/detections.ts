import { CommandError } from "../command/command-error";
import { loadOwnConfig } from "../command/own-config";
import { parseArguments } from "./arguments";
import { coverageTables } from "./coverage";
import { explanation } from "./explanation";
import { listed, table } from "./listing";
import { navigatorLayer } from "./navigator-layer";
import { testFolder } from "./test-folder";

type Print = (text: string) => void;

/** The commands about detections: each takes its arguments and returns the exit code. */
const questions: Readonly<Record<string, (args: readonly string[], print: Print) => number>> = {
  list: (args, print) => {
    const { format } = parseArguments("list", args, ["table", "json"]);
    const detections = listed(loadOwnConfig());
    print(format === "json" ? json(detections) : table(detections));
    return 0;
  },
  explain: (args, print) => {
    const { values } = parseArguments("explain", args, ["text"], ["ID"]);
    print(explanation(values[0] as string, loadOwnConfig()));
    return 0;
  },
  coverage: (args, print) => {
    const { format } = parseArguments("coverage", args, ["markdown", "navigator"]);
    const detections = listed(loadOwnConfig());
    print(format === "navigator" ? json(navigatorLayer(detections)) : coverageTables(detections));
    return 0;
  },
  test: (args, print) => {
    const { values } = parseArguments("test", args, ["text"], ["FOLDER"]);
    const { lines, cases, failures } = testFolder(values[0] as string);
    const outcome =
      failures === 0 ? `All ${cases} cases as expected` : `FAILED: ${failures} problem${failures === 1 ? "" : "s"}`;
    print(`${[...lines, "", outcome].join("\n")}\n`);
    return failures === 0 ? 0 : 1;
  },
};

/**
 * Lists, explains or tests detections, with the configuration of the current folder.
 *
 * @returns exit code: 0, or 1 when a tested folder has problems
 * @throws CommandError for an unknown command or wrong arguments
 */
export async function detections([question, ...args]: readonly string[]): Promise<number> {
  const answer = question !== undefined && Object.hasOwn(questions, question) ? questions[question] : undefined;
  if (!answer) {
    const given = question === undefined ? "missing command" : `unknown command ${JSON.stringify(question)}`;
    throw new CommandError(`detections: ${given}; allowed: ${Object.keys(questions).join(", ")} (see help)`);
  }
  return answer(args, (text) => process.stdout.write(text));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

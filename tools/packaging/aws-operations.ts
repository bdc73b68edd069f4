import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { runAsProgram } from "../../cli/command/run-command";
import { UserError } from "../../config/user-error";
import { everyCommand } from "./command-texts";

const TABLE = join(__dirname, "aws-operations.json");

/** Writes down what AWS's CLI takes, of the operations that our commands use. Needs `python3` with botocore (PYTHON names another). */
function main(): number {
  const operations = everyCommand().map(({ command }) => [command.service, command.operation]);
  const python = process.env.PYTHON ?? "python3";
  const { status, stdout, stderr, error } = spawnSync(python, [join(__dirname, "aws-operations.py")], {
    input: JSON.stringify(operations),
    encoding: "utf8",
  });
  if (status !== 0) {
    throw new UserError(
      `${python} with botocore is needed: pip install botocore, or set PYTHON to another interpreter`,
      {
        detail: error?.message ?? stderr,
      },
    );
  }
  const { botocore, operations: table } = JSON.parse(stdout) as { botocore: string; operations: object };
  const lines = Object.entries(table).map(
    ([name, operation]) => `    ${JSON.stringify(name)}: ${JSON.stringify(operation)}`,
  );
  writeFileSync(
    TABLE,
    `{\n  "botocore": ${JSON.stringify(botocore)},\n  "operations": {\n${lines.join(",\n")}\n  }\n}\n`,
  );
  return 0;
}

runAsProgram(
  {
    command: "npm run build:aws-operations --",
    summary: "Writes the AWS CLI's parameters of the operations in runbooks and docs, as botocore has them.",
    operands: [],
    options: {},
    exitCodes: "0; 1 when Python with botocore is missing; 2 when an argument is wrong.",
    example: "PYTHON=python3.12 npm run build:aws-operations",
  },
  main,
);

import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { everyCommand } from "./command-texts";

const TABLE = join(__dirname, "aws-operations.json");

/** Writes down what AWS's CLI takes, of the operations that our commands use. Needs `python3` with botocore (PYTHON names another). */
function main(): void {
  const operations = everyCommand().map(({ command }) => [command.service, command.operation]);
  const python = process.env.PYTHON ?? "python3";
  const { status, stdout, stderr, error } = spawnSync(python, [join(__dirname, "aws-operations.py")], {
    input: JSON.stringify(operations),
    encoding: "utf8",
  });
  if (status !== 0) {
    console.error(`${python}: ${error?.message ?? stderr}\nIt needs botocore: pip install botocore`);
    process.exitCode = 1;
    return;
  }
  const { botocore, operations: table } = JSON.parse(stdout) as { botocore: string; operations: object };
  const lines = Object.entries(table).map(
    ([name, operation]) => `    ${JSON.stringify(name)}: ${JSON.stringify(operation)}`,
  );
  writeFileSync(
    TABLE,
    `{\n  "botocore": ${JSON.stringify(botocore)},\n  "operations": {\n${lines.join(",\n")}\n  }\n}\n`,
  );
}

main();

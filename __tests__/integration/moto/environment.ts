import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../../config/user-error";

const REQUIREMENTS = join(__dirname, "requirements.txt");
const CACHE = join(__dirname, "..", ".cache");

/** Python or pip is missing, or doesn't do what it should; the message says what to do. */
export class PythonProblem extends UserError {
  override readonly name = "PythonProblem";
}

/**
 * A Python environment with moto in it, made where it is missing; another list of requirements makes another one.
 *
 * @param python the interpreter to make it with
 * @returns the environment's interpreter
 * @throws PythonProblem
 */
export function pythonWithMoto(python = "python3", cache = CACHE): string {
  const checksum = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex").slice(0, 12);
  const folder = join(cache, `moto-${checksum}`);
  const interpreter = join(folder, "bin", "python");
  // Written last: an installation that was broken off has none.
  const complete = join(folder, "complete");
  if (existsSync(complete)) return interpreter;
  checkPython(python);
  mkdirSync(cache, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  run(python, ["-m", "venv", folder], "the virtual environment can't be made (Debian: apt-get install python3-venv)");
  run(
    interpreter,
    ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement", REQUIREMENTS],
    "pip can't install moto",
  );
  writeFileSync(complete, "");
  return interpreter;
}

function checkPython(python: string): void {
  const { status, error } = spawnSync(python, [
    "-c",
    "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))",
  ]);
  if (error || status !== 0) {
    throw new PythonProblem(
      "moto needs Python 3.10 or later with its venv module, as python3 in the PATH (Debian: apt-get install python3-venv)",
    );
  }
}

function run(command: string, args: readonly string[], problem: string): void {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (error || status !== 0) throw new PythonProblem(`${problem}\n${error?.message ?? stderr.trimEnd()}`);
}

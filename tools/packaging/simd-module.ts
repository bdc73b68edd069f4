import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { runAsProgram } from "../../cli/command/run-command";

const REPOSITORY = join(__dirname, "..", "..");
const SOURCE = "detection/log-files/scan/simd/skim.ts";

/** The generated file, which holds the compiled module. */
export const SIMD_MODULE = join(REPOSITORY, "detection/log-files/scan/simd-module.ts");

/**
 * What the generated file has to hold: `docs/decisions/0017-scanner.md` has the reasons.
 *
 * @throws Error of the compiler when the source doesn't compile
 */
export async function simdModule(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "simd-module-"));
  try {
    const compiled = join(folder, "skim.wasm");
    const compiler = join(require.resolve("assemblyscript/package.json"), "../bin/asc.js");
    const options = ["-O3", "--converge", "--enable", "simd", "--runtime", "stub", "--noAssert"];
    await promisify(execFile)(process.execPath, [compiler, SOURCE, ...options, "--outFile", compiled], {
      cwd: REPOSITORY,
    });
    return sourceOf(await readFile(compiled));
  } finally {
    await rm(folder, { recursive: true });
  }
}

function sourceOf(compiled: Buffer): string {
  const lines = compiled.toString("base64").match(/.{1,110}/g) ?? [];
  return [
    "/** simd/skim.ts, compiled by `npm run build:simd`; in base64. */",
    "export const SIMD_MODULE = [",
    ...lines.map((line) => `  "${line}",`),
    '].join("");',
    "",
  ].join("\n");
}

if (require.main === module) {
  runAsProgram(
    {
      command: "npm run build:simd --",
      summary: "Compiles the scanner's WebAssembly module.",
      operands: [],
      options: {},
      exitCodes: "0; 2 when an argument is wrong; 70 when it can't be made.",
      example: "npm run build:simd",
    },
    async () => {
      await writeFile(SIMD_MODULE, await simdModule());
      return 0;
    },
  );
}

import type { Option, Usage } from "../../cli/command/usage";

const CHECK = { check: { help: "exit code 1 when a target is missed" } } as const satisfies Readonly<
  Record<string, Option>
>;
const FORMAT = { format: { value: "FORMAT", help: "text or json [text]" } } as const satisfies Readonly<
  Record<string, Option>
>;

function bench(command: string, summary: string): Pick<Usage, "command" | "summary" | "exitCodes" | "example"> {
  return {
    command: `npm run ${command} --`,
    summary,
    exitCodes: "0; 1 when a target is missed, with --check; 2 when an argument is wrong.",
    example: `npm run ${command} -- --check`,
  };
}

/** A bench that can hold its figures to targets. */
export function checkedBench(command: string, summary: string) {
  return { ...bench(command, summary), operands: [], options: CHECK } satisfies Usage;
}

/** The same, for programs to read too. */
export function formattedBench(command: string, summary: string) {
  return { ...bench(command, summary), operands: [], options: { ...CHECK, ...FORMAT } } satisfies Usage;
}

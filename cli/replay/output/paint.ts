import type { Severity } from "../../../detection/definition/detection";

/** Colors for a terminal, or none. */
export interface Paint {
  readonly severity: (severity: Severity, text: string) => string;
  readonly heading: (text: string) => string;
  readonly aside: (text: string) => string;
}

const SEVERITY_CODES: Readonly<Record<Severity, string>> = { critical: "1;31", high: "31", medium: "33", low: "36" };

function colored(code: string, text: string): string {
  return `\u001b[${code}m${text}\u001b[0m`;
}

export const COLORS: Paint = {
  severity: (severity, text) => colored(SEVERITY_CODES[severity], text),
  heading: (text) => colored("1", text),
  aside: (text) => colored("2", text),
};

export const PLAIN: Paint = { severity: (_, text) => text, heading: (text) => text, aside: (text) => text };

/** Colors only where there is a terminal that has some; `NO_COLOR` in the environment switches them off, as `TERM=dumb` does. */
export function paintFor(stream: Pick<NodeJS.WriteStream, "isTTY" | "hasColors">): Paint {
  return stream.isTTY && stream.hasColors() ? COLORS : PLAIN;
}

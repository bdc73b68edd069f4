import type { Severity } from "../../../detection/definition/detection";

/** Colours for a terminal, or none. */
export interface Paint {
  readonly severity: (severity: Severity, text: string) => string;
  readonly heading: (text: string) => string;
  readonly aside: (text: string) => string;
}

const SEVERITY_CODES: Readonly<Record<Severity, string>> = { critical: "1;31", high: "31", medium: "33", low: "36" };

function coloured(code: string, text: string): string {
  return `\u001b[${code}m${text}\u001b[0m`;
}

export const COLOURS: Paint = {
  severity: (severity, text) => coloured(SEVERITY_CODES[severity], text),
  heading: (text) => coloured("1", text),
  aside: (text) => coloured("2", text),
};

export const PLAIN: Paint = { severity: (_, text) => text, heading: (text) => text, aside: (text) => text };

/** Colours only where there is a terminal that has some; `NO_COLOR` in the environment says no, as `TERM=dumb` does. */
export function paintFor(stream: Pick<NodeJS.WriteStream, "isTTY" | "hasColors">): Paint {
  return stream.isTTY && stream.hasColors() ? COLOURS : PLAIN;
}

/** One option of a command, as `--help` lists it. */
export interface Option {
  /**
   * What its value is called, such as `FILE`.
   *
   * @default - it is a switch
   */
  readonly value?: string;
  /** One line. */
  readonly help: string;
  /**
   * Whether it may be given more than once.
   *
   * @default false
   */
  readonly multiple?: boolean;
}

/** What a command takes. Its help, and the errors for wrong arguments, are made from this. */
export interface Usage<Name extends string = string> {
  /** As typed, such as `trailwarden replay`. */
  readonly command: string;
  /** What it does, one sentence. */
  readonly summary: string;
  /** In order: `ID` is required, `[FOLDER]` optional, and of `PATH...` or `[PATH...]` there may be several. */
  readonly operands: readonly string[];
  /** What the operands are, and what else a user needs to know before the options. */
  readonly about?: readonly string[];
  readonly options: Readonly<Record<Name, Option>>;
  /** What the command's exit codes mean. */
  readonly exitCodes: string;
  readonly example: string;
  /**
   * Exit code for wrong arguments.
   *
   * @default 2
   */
  readonly usageExitCode?: number;
}

/** Options that every command has. */
const COMMON: Readonly<Record<string, Option>> = {
  help: { help: "this help" },
  version: { help: "trailwarden's version" },
};

/** Every option of a command, by name. */
export function optionsOf(usage: Usage): Readonly<Record<string, Option>> {
  return { ...usage.options, ...COMMON };
}

/** How a command is written, one line. */
export function synopsis({ command, operands, options }: Usage): string {
  return ["usage:", command, ...operands, ...(Object.keys(options).length > 0 ? ["[OPTION]..."] : [])].join(" ");
}

/** What `--help` prints. */
export function helpText(usage: Usage): string {
  const options = Object.entries(optionsOf(usage)).map(([name, option]) => [signature(name, option), option.help]);
  const width = Math.max(...options.map(([left = ""]) => left.length)) + 2;
  return [
    synopsis(usage),
    "",
    usage.summary,
    "",
    ...(usage.about === undefined ? [] : [...usage.about.map((line) => `  ${line}`), ""]),
    "Options",
    ...options.map(([left = "", help]) => `  ${left.padEnd(width)}${help}`),
    "",
    `Exit code: ${usage.exitCodes}`,
    "",
    "Example",
    `  ${usage.example}`,
    "",
  ].join("\n");
}

function signature(name: string, { value }: Option): string {
  if (name === "help") return "-h, --help";
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}

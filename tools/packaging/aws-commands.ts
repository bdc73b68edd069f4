/** A command for AWS's CLI, taken apart. */
export interface AwsCommand {
  readonly service: string;
  readonly operation: string;
  /** Names of its arguments without `--`, with their values. */
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** What stands there without a name. */
  readonly positional: readonly string[];
  /** Whether it can be run as it stands; prose names arguments, but not all. */
  readonly whole: boolean;
}

/** What one operation takes, as `tools/packaging/aws-operations.py` writes it down. */
export interface Operation {
  readonly arguments: readonly string[];
  readonly required: readonly string[];
  readonly flags: readonly string[];
  readonly values?: Readonly<Record<string, readonly string[]>>;
  readonly paginated?: boolean;
  readonly positional?: number;
}

/** Options that every command takes. Source: `aws help`. */
const GLOBAL = [
  "region",
  "profile",
  "query",
  "output",
  "endpoint-url",
  "no-cli-pager",
  "cli-binary-format",
  "no-paginate",
];
const PAGES = ["max-items", "page-size", "starting-token"];
const PLACEHOLDER = /<([A-Za-z][\w.|-]*)>/g;
/** What stands for a placeholder while a command is taken apart. */
const UNKNOWN = "PLACEHOLDER_";

/** The commands of shell text: pipes, lists and substitutions are gone through. */
export function commandsInShell(text: string): readonly AwsCommand[] {
  return commandsIn(text.replace(PLACEHOLDER, (_, name: string) => UNKNOWN + name.replace(/[^\w]/g, "_")));
}

/** The commands that prose names, up to where their arguments end. */
export function commandsInProse(text: string): readonly AwsCommand[] {
  const named = text.matchAll(/(?<![\w.@/-])aws [a-z0-9-]+ [a-z][a-z0-9-]*(?: --[a-z0-9-]+(?: (?!-)[^\s,;)`'"]+)?)*/g);
  return [...named].flatMap(([command]) =>
    commandsInShell(command.replace(/[.:]$/, "")).map((found) => ({ ...found, whole: false })),
  );
}

/** What AWS's CLI would refuse of a command; nothing, if it takes it. */
export function problemsOf(command: AwsCommand, operations: Readonly<Record<string, Operation>>): readonly string[] {
  const name = `${command.service} ${command.operation}`;
  const operation = operations[name];
  if (operation === undefined) {
    return [
      `aws ${name} is not in tools/packaging/aws-operations.json: if the CLI has it, run "npm run build:aws-operations" (needs Python and botocore)`,
    ];
  }
  const flags = operation.flags.flatMap((flag) => [flag, `no-${flag}`]);
  const known = [...operation.arguments, ...flags, ...GLOBAL, ...(operation.paginated ? PAGES : [])];
  const given = command.options.map((option) => option.name.replace(/^no-/, ""));
  const missing = command.whole ? operation.required.filter((argument) => !given.includes(argument)) : [];
  return [
    ...command.options
      .filter((option) => !known.includes(option.name))
      .map((option) => `aws ${name} has no --${option.name}`),
    ...missing.map((argument) => `aws ${name} needs --${argument}`),
    ...command.options.flatMap((option) => problemsOfValues(name, option, flags, operation.values?.[option.name])),
    ...(command.whole && command.positional.length !== (operation.positional ?? 0)
      ? [
          `aws ${name} takes ${operation.positional ?? 0} values without a name, not ${JSON.stringify(command.positional)}`,
        ]
      : []),
  ];
}

function problemsOfValues(
  name: string,
  { name: option, values }: AwsCommand["options"][number],
  flags: readonly string[],
  allowed: readonly string[] | undefined,
): readonly string[] {
  if (flags.includes(option) || option.startsWith("no-")) {
    return values.length > 0 ? [`aws ${name} --${option} is a flag and takes no value`] : [];
  }
  const literal = values.filter((value) => !value.includes(UNKNOWN) && !value.includes("$"));
  return [
    ...literal
      .filter((value) => allowed !== undefined && !allowed.includes(value))
      .map((value) => `aws ${name} --${option} is ${value}: allowed are ${allowed?.join(", ")}`),
    ...literal.filter(isBrokenJson).map((value) => `aws ${name} --${option} is not JSON: ${value}`),
  ];
}

function isBrokenJson(value: string): boolean {
  if (!value.startsWith("{")) return false;
  try {
    JSON.parse(value);
    return false;
  } catch {
    return true;
  }
}

function commandsIn(text: string): readonly AwsCommand[] {
  const nested: string[] = [];
  const commands = wordsIn(text.replace(/\\\n/g, " "), nested).flatMap((words) => {
    const at = words.indexOf("aws");
    return at < 0 ? [] : [commandOf(words.slice(at + 1), words.slice(0, at).includes("xargs"))];
  });
  return [...commands, ...nested.flatMap(commandsIn)];
}

/** @param fed whether the last argument gets its value from xargs */
function commandOf([service = "", operation = "", ...rest]: readonly string[], fed: boolean): AwsCommand {
  const options: { name: string; values: string[] }[] = [];
  const positional: string[] = [];
  for (const word of rest) {
    if (word.startsWith("--")) options.push({ name: word.slice(2), values: [] });
    else (options.at(-1)?.values ?? positional).push(word);
  }
  if (fed) options.at(-1)?.values.push(UNKNOWN);
  // A flag takes no value, and what follows the last option without a list may be the file that is written to.
  const last = options.at(-1);
  if (last !== undefined && last.values.length > 1 && /\.\w+$|^\/dev\//.test(last.values.at(-1) ?? "")) {
    positional.push(last.values.pop() as string);
  }
  return { service, operation, options, positional, whole: true };
}

/** Words of each simple command. Substitutions go to `nested`, and leave a `$` in their place. */
function wordsIn(text: string, nested: string[]): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  let word: string | undefined;
  const end = () => {
    if (word !== undefined) commands.at(-1)?.push(word);
    word = undefined;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (character === "'") {
      const close = text.indexOf("'", at + 1);
      if (close < 0) throw new Error(`a quote is not closed: ${text.slice(at, at + 200)}`);
      word = (word ?? "") + text.slice(at + 1, close);
      at = close;
    } else if (character === '"') {
      let close = at + 1;
      word ??= "";
      while (close < text.length && text[close] !== '"') {
        if (text.startsWith("$(", close)) {
          const inner = substitution(text, close);
          nested.push(inner);
          word += "$";
          close += inner.length + 3;
        } else word += text[close++];
      }
      at = close;
    } else if (text.startsWith("$(", at)) {
      const inner = substitution(text, at);
      nested.push(inner);
      word = `${word ?? ""}$`;
      at += inner.length + 2;
    } else if (/\s/.test(character) && character !== "\n") end();
    else if (/[\n;&|(){}]/.test(character)) {
      end();
      commands.push([]);
    } else if (character === ">" || character === "#") {
      end();
      const line = text.indexOf("\n", at);
      const next = character === "#" ? line : text.slice(at).search(/[\s|;&]/) + at;
      at = next < at ? text.length : next - 1;
    } else word = (word ?? "") + character;
  }
  end();
  return commands;
}

/** What is between `$(` and its `)`; quotes are gone over. */
function substitution(text: string, start: number): string {
  let depth = 0;
  let quote = "";
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at] as string;
    if (quote === "") {
      if (character === "'" || character === '"') quote = character;
      else if (character === "(") depth++;
      else if (character === ")" && --depth === 0) return text.slice(start + 2, at);
    } else if (character === quote) quote = "";
  }
  throw new Error(`a substitution is not closed: ${text.slice(start, start + 200)}`);
}

import { spellings } from "../monitoring/tokens";

/**
 * When a composite alarm fires, by the states of the alarms that it names.
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
 */
interface Rule {
  readonly alarms: ReadonlySet<string>;
  readonly fires: (states: ReadonlyMap<string, string>) => boolean;
}

const STATES = ["ALARM", "OK", "INSUFFICIENT_DATA"];
/** Beyond it there are too many states to try. */
const MAX_ALARMS = 8;
const TOKEN =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|([^"()\s][^()]*?))\s*\)|(AND|OR|NOT|TRUE|FALSE)\b|([()]))/y;

/** Whether a composite alarm stays silent where it fired before. */
export function firesLess(before: string, after: string): "yes" | "no" | "indeterminate" {
  const [was, is] = [read(before), read(after)];
  if (!was || !is) return before === after ? "no" : "indeterminate";
  const alarms = [...new Set([...was.alarms, ...is.alarms])];
  if (alarms.length > MAX_ALARMS) return "indeterminate";
  for (let number = 0; number < STATES.length ** alarms.length; number++) {
    const states = new Map(
      alarms.map((alarm, index) => [alarm, STATES[Math.floor(number / STATES.length ** index) % STATES.length] ?? ""]),
    );
    if (was.fires(states) && !is.fires(states)) return "yes";
  }
  return "no";
}

/** Undefined for what isn't such a rule, or is one that isn't read here. */
function read(text: string): Rule | undefined {
  const tokens = tokensIn(text);
  if (!tokens) return undefined;
  const alarms = new Set(tokens.flatMap(({ alarm }) => alarm ?? []));
  let at = 0;
  const next = (word: string) => {
    const found = tokens[at]?.word === word;
    if (found) at++;
    return found;
  };
  const any = (): Rule["fires"] | undefined => joined(all, "OR", (one, other) => (s) => one(s) || other(s));
  const all = (): Rule["fires"] | undefined => joined(single, "AND", (one, other) => (s) => one(s) && other(s));
  const joined = (
    part: () => Rule["fires"] | undefined,
    word: string,
    join: (one: Rule["fires"], other: Rule["fires"]) => Rule["fires"],
  ) => {
    let found = part();
    while (found && next(word)) {
      const other = part();
      found = other && join(found, other);
    }
    return found;
  };
  const single = (): Rule["fires"] | undefined => {
    if (next("NOT")) {
      const inner = single();
      return inner && ((states) => !inner(states));
    }
    if (next("(")) {
      const inner = any();
      return next(")") ? inner : undefined;
    }
    const token = tokens[at++];
    if (token?.word === "TRUE" || token?.word === "FALSE") return () => token.word === "TRUE";
    const { alarm, word } = token ?? {};
    return alarm === undefined ? undefined : (states) => states.get(alarm) === word;
  };
  const fires = any();
  return fires && at === tokens.length ? { alarms, fires } : undefined;
}

interface Token {
  readonly word: string;
  /** The alarm's name, where the word is the state that it is asked for. */
  readonly alarm?: string;
}

function tokensIn(text: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (let end = 0; text.slice(end).trim() !== ""; end = TOKEN.lastIndex) {
    const [, state, quoted, plain, word, parenthesis] = TOKEN.exec(text) ?? [];
    const name = quoted ?? plain;
    if (state !== undefined && name !== undefined) tokens.push({ word: state, alarm: spellings(name).at(-1) ?? name });
    else if (word !== undefined) tokens.push({ word });
    else if (parenthesis !== undefined) tokens.push({ word: parenthesis });
    else return undefined;
  }
  return tokens;
}

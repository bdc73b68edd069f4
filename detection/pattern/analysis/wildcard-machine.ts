import { fold } from "../ignore-case";
import type { WildcardParts } from "../wildcard";

/**
 * A beginning of some wildcards, as event-ruler keeps them: a state of its machine.
 *
 * @typeParam Step what is asked once a wildcard matches
 */
export class Beginning<Step extends object> {
  /** What a `*` leads to: it stays there whatever comes. */
  star: Beginning<Step> | undefined;
  readonly bytes = new Map<number, Beginning<Step>[]>();
  /** The conditions whose wildcards begin so. */
  readonly conditions = new Set<string>();
  /** By condition, what is asked once it holds, which it does when the text ends here. */
  readonly ends = new Map<string, Step>();

  /**
   * @param stays whether a `*` leads here
   * @param afterStar whether one stands before
   */
  constructor(
    readonly stays = false,
    readonly afterStar = stays,
  ) {}

  /** @returns what is asked when the wildcard matches: the given step, unless it has been added before */
  add(parts: WildcardParts, condition: string, step: Step): Step {
    let state: Beginning<Step> = this;
    let isNew = false;
    for (const token of tokensOf(parts)) {
      const known: Beginning<Step> | undefined = isNew ? undefined : state.#reusable(token);
      isNew ||= known === undefined;
      state = known ?? state.#extend(token);
      state.conditions.add(condition);
    }
    const end = state.ends.get(condition) ?? state.star?.ends.get(condition) ?? step;
    state.ends.set(condition, end);
    return end;
  }

  /** Behind a star, event-ruler has a letter's state once for each time that it is added. */
  #reusable({ byte, isLetter, isFirst }: Token): Beginning<Step> | undefined {
    if (byte === STAR) return this.star;
    const [known] = this.bytes.get(byte) ?? [];
    if (!known?.afterStar || !isFirst) return known;
    return isLetter || (this.star && !this.stays) ? undefined : known;
  }

  #extend({ byte }: Token): Beginning<Step> {
    if (byte === STAR) {
      this.star = new Beginning<Step>(true);
      return this.star;
    }
    const next = new Beginning<Step>(false, this.afterStar);
    const others = this.bytes.get(byte);
    if (others) others.push(next);
    else this.bytes.set(byte, [next]);
    return next;
  }
}

const STAR = -1;
const QUOTE = 0x22;
/** A byte that no wildcard names. */
const ANY_OTHER = -2;

interface Token {
  /** Of a character in UTF-8, or a star. */
  readonly byte: number;
  readonly isFirst: boolean;
  readonly isLetter: boolean;
}

/** What a wildcard is made of, with the quotation mark before it: texts are compared with theirs. */
function tokensOf(parts: WildcardParts): readonly Token[] {
  return parts.flatMap((part, index) => [
    { byte: index === 0 ? QUOTE : STAR, isFirst: true, isLetter: false },
    ...[...part].flatMap((character) =>
      [...Buffer.from(character)].map((byte, place) => ({
        byte,
        isFirst: place === 0,
        isLetter: (fold(character)[0]?.length ?? 0) > 1,
      })),
    ),
  ]);
}

/** The beginnings that a text ends at once, and the conditions, with what follows, that hold. */
interface Reached<Step extends object> {
  readonly states: ReadonlySet<Beginning<Step>>;
  readonly ends: ReadonlyMap<Step, ReadonlySet<string>>;
}

/** Looks for the text that ends most beginnings at once, until there are as many as the cap. */
export function countBeginnings<Step extends object>(start: Beginning<Step>, cap: number): number {
  const bytes = [...bytesOf(start)];
  const numbers = new Map<Beginning<Step>, number>();
  const seen = new Set<string>();
  const waiting: (readonly Beginning<Step>[])[] = [[start]];
  let most = 0;
  for (let states = waiting.pop(); states && most < cap; states = waiting.pop()) {
    for (const byte of bytes) {
      const reached = after(states, byte);
      most = Math.max(most, weigh(reached));
      const name = [...reached.states]
        .map((state) => numberOf(state, numbers))
        .sort()
        .join();
      if (seen.has(name)) continue;
      seen.add(name);
      waiting.push([...reached.states]);
    }
  }
  return most;
}

/** Every byte that the wildcards tell from others, and one that they don't. */
function bytesOf<Step extends object>(
  start: Beginning<Step>,
  bytes = new Set<number>([ANY_OTHER, QUOTE]),
): ReadonlySet<number> {
  for (const [byte, nexts] of start.bytes) for (const next of nexts) bytesOf(next, bytes.add(byte));
  if (start.star) bytesOf(start.star, bytes);
  return bytes;
}

function after<Step extends object>(states: readonly Beginning<Step>[], byte: number): Reached<Step> {
  const next = new Set<Beginning<Step>>();
  const ends = new Map<Step, Set<string>>();
  for (const state of states) {
    if (state.stays) next.add(state);
    if (state.star) next.add(state.star);
    // What follows a star also comes without anything in its place.
    for (const from of [state, state.star]) {
      for (const each of from?.bytes.get(byte) ?? []) next.add(each);
      if (byte !== QUOTE) continue;
      for (const [condition, step] of from?.ends ?? []) ends.set(step, (ends.get(step) ?? new Set()).add(condition));
    }
  }
  return { states: next, ends };
}

/** Text that matches `foo` matches `foo*` too, so that counts as well. */
function weigh<Step extends object>({ states, ends }: Reached<Step>): number {
  let weight = 0;
  for (const { conditions, star } of states) {
    weight += conditions.size + (star && !states.has(star) ? star.conditions.size : 0);
  }
  for (const conditions of ends.values()) weight += conditions.size;
  return weight;
}

function numberOf<Step extends object>(state: Beginning<Step>, numbers: Map<Beginning<Step>, number>): number {
  const number = numbers.get(state) ?? numbers.size;
  numbers.set(state, number);
  return number;
}

/** A pattern and the events to hold against it, all as JSON text. */
export interface Question {
  readonly pattern: string;
  readonly events: readonly string[];
}

/** What event-ruler says of a pattern: refused, with its words, or for each event whether it matches. */
export type Ruling = Refused | Judged;

export interface Refused {
  readonly refused: string;
  /** The same question was answered differently when asked again. */
  readonly unstable?: boolean;
}

export interface Judged {
  /** A text instead of a truth value is the exception that the event raised. */
  readonly matches: readonly (boolean | string)[];
  readonly unstable?: boolean;
  /** What `JsonRuleCompiler.check` refuses, `Machine.addRule` may accept: it falls back to an older compiler. */
  readonly compilerSays?: string;
}

/** A ruling with what event-ruler's other ways to ask it say. */
export type Comparison =
  | Refused
  | (Judged & {
      readonly matchesRule: readonly (boolean | string)[];
      /** The finder of event-ruler 1.x; a text if the pattern is refused. */
      readonly arrayConsistent: readonly (boolean | string)[] | string;
    });

export interface BenchQuestion {
  readonly patterns: readonly string[];
  readonly events: readonly string[];
  readonly seconds: number;
}

export interface BenchResult {
  /** Events judged, all rounds together. */
  readonly events: number;
  /** Pairs of pattern and event that matched, in one round. */
  readonly matches: number;
  readonly seconds: number;
  readonly eventsPerSecond: number;
}

/** Who knows what is right. */
export interface Referee {
  /**
   * @param repeats how often each question is asked, to find answers that change
   * @returns a ruling for each question, in order
   */
  judge(questions: readonly Question[], repeats?: number): Promise<readonly Ruling[]>;
}

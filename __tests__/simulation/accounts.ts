/** What an invocation was given. */
export interface Given {
  readonly messages: number;
  /** Records in all its messages, and how many of them can't be judged. */
  readonly records: number;
  readonly processingErrors: number;
  /** Records of the messages that it did not want again. */
  readonly settledRecords: number;
  /** Messages that it wanted again. */
  readonly failed: number;
}

type Numbers = Readonly<Record<string, number>>;

/** The closing line among an invocation's log lines. */
function closingLine(log: readonly string[]): Readonly<Record<string, unknown>> | undefined {
  const line = log.find((one) => one.includes('"invocation closed"'));
  return line === undefined ? undefined : (JSON.parse(line) as Readonly<Record<string, unknown>>);
}

/**
 * What does not add up in an invocation's closing line, a line each.
 *
 * @param log of an invocation that has answered
 */
export function unaccounted(log: readonly string[], given: Given): readonly string[] {
  const closing = closingLine(log);
  if (!closing) return ["the invocation answered without a closing line"];
  const problems: string[] = [];
  const group = (name: string) => (closing[name] ?? {}) as Numbers;
  const sum = (what: string, left: number | undefined, right: number) => {
    if (left !== right) problems.push(`${what}: ${left} is not ${right}`);
  };
  const [messages, records, matches] = [group("messages"), group("records"), group("matches")];
  sum("messages received", messages.received, given.messages);
  sum(
    "messages received = handled + unrecognized + failed",
    messages.received,
    of(messages, "handled") + of(messages, "unrecognized") + of(messages, "failed"),
  );
  sum(
    "records read = evaluated + processingErrors",
    records.read,
    of(records, "evaluated") + of(records, "processingErrors"),
  );
  const { made, ...outcomes } = matches;
  sum(
    "matches made = their outcomes",
    made,
    Object.values(outcomes).reduce((total, count) => total + count, 0),
  );
  if (of(records, "read") < given.settledRecords) {
    problems.push(`records read: ${records.read}, but the messages that are done with hold ${given.settledRecords}`);
  }
  if (given.failed === 0) {
    sum("records read = those of the messages", records.read, given.records);
    sum("records processingErrors = those of the messages", records.processingErrors, given.processingErrors);
  }
  return problems;
}

function of(numbers: Numbers, name: string): number {
  return numbers[name] ?? 0;
}

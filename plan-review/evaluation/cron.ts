const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
/** From, to, and the names of the numbers from there on. */
const FIELDS: readonly (readonly [first: number, last: number, names: readonly string[]])[] = [
  [0, 59, []],
  [0, 23, []],
  [1, 31, []],
  [1, 12, MONTHS],
  [0, 6, DAYS],
];

/**
 * Whether all times of a cron expression, such as `cron(0 2 * * *)`, surely are times of another one as well.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-mute-rules.html
 */
export function cronWithin(narrow: string, wide: string): boolean {
  if (narrow === wide) return true;
  const [one, other] = [fieldsOf(narrow), fieldsOf(wide)];
  if (!one || !other) return false;
  // Where both the day of the month and that of the week are given, cron means either.
  if ([one, other].some(isEither)) return false;
  return one.every((values, index) => [...values].every((value) => other[index]?.has(value)));
}

function fieldsOf(expression: string): readonly ReadonlySet<number>[] | undefined {
  const texts = /^cron\((.*)\)$/s.exec(expression.trim())?.[1]?.trim().split(/\s+/);
  if (texts?.length !== FIELDS.length) return undefined;
  const fields = texts.map((text, index) => valuesOf(text, ...(FIELDS[index] ?? FIELDS[0] ?? [0, 0, []])));
  return fields.every((field): field is ReadonlySet<number> => field !== undefined) ? fields : undefined;
}

function isEither(fields: readonly ReadonlySet<number>[]): boolean {
  return [2, 4].every((index) => {
    const [first, last] = FIELDS[index] ?? [0, 0];
    return fields[index]?.size !== last - first + 1;
  });
}

function valuesOf(
  text: string,
  first: number,
  last: number,
  names: readonly string[],
): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  const number = (each: string) => {
    const index = names.indexOf(each.toUpperCase());
    return index >= 0 ? index + first : /^\d+$/.test(each) ? Number(each) : Number.NaN;
  };
  for (const part of text.split(",")) {
    const [, from = "", to, step] = /^([^-/]+)(?:-([^-/]+))?(?:\/(\d+))?$/.exec(part) ?? [];
    const all = from === "*" || from === "?";
    const start = all ? first : number(from);
    const end = all || (to === undefined && step !== undefined) ? last : number(to ?? from);
    const by = Number(step ?? 1);
    if (!(start >= first && end <= last && start <= end && by > 0)) return undefined;
    for (let value = start; value <= end; value += by) values.add(value);
  }
  return values;
}

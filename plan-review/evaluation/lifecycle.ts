import { at, blocks, canonical, isEmpty, UNKNOWN, type Value, type Values } from "../plan/values";

/** That objects go after a time. */
export interface Expiry {
  readonly of: "objects" | "old versions";
  /** Zero where only a date is given, or a number of versions. */
  readonly days: number;
  readonly prefix: string;
  /** What else the rule is limited to, such as a tag or a size; none: empty. */
  readonly limits: string;
  /** How many old versions stay, however old. */
  readonly newer: number;
  /** Empty where there is none. */
  readonly date: string;
  readonly unknown: boolean;
}

/** That objects go to a storage class from which they must be restored before they can be read. */
export interface Freeze extends Expiry {
  readonly to: string;
}

/** Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/archived-objects.html */
const FROZEN = ["GLACIER", "DEEP_ARCHIVE"];

/** What lifecycle rules take away: those of `aws_s3_bucket_lifecycle_configuration`, or of a bucket itself. */
export function expiriesOf(
  values: Values | undefined,
  attribute: "rule" | "lifecycle_rule",
): readonly Expiry[] | undefined {
  const rules = blocks(values, attribute);
  if (rules.includes(UNKNOWN)) return undefined;
  return rules
    .filter(isOn)
    .flatMap((rule) => [
      ...blocks(rule, "expiration").flatMap((block) => expiry(rule, "objects", block, "days")),
      ...blocks(rule, "noncurrent_version_expiration").flatMap((block) =>
        expiry(rule, "old versions", block, attribute === "rule" ? "noncurrent_days" : "days"),
      ),
    ]);
}

/** What lifecycle rules put where it can't be read at once; undefined where that isn't known. */
export function freezesOf(
  values: Values | undefined,
  attribute: "rule" | "lifecycle_rule",
): readonly Freeze[] | undefined {
  const rules = blocks(values, attribute);
  if (rules.includes(UNKNOWN)) return undefined;
  return rules.filter(isOn).flatMap((rule) =>
    blocks(rule, "transition").flatMap((block): readonly Freeze[] => {
      const [days, date, to] = [at(block, "days"), at(block, "date"), at(block, "storage_class")];
      const unknown = [block, days, date, to].includes(UNKNOWN);
      if (!unknown && !FROZEN.includes(String(to))) return [];
      const where = scope(rule);
      return [
        {
          of: "objects",
          ...where,
          days: typeof days === "number" ? days : 0,
          date: isEmpty(date) || unknown ? "" : canonical(date),
          newer: 0,
          to: unknown ? "" : String(to),
          unknown: unknown || where.unknown,
        },
      ];
    }),
  );
}

function isOn(rule: Value): boolean {
  const [status, enabled] = [at(rule, "status"), at(rule, "enabled")];
  return status !== "Disabled" && enabled !== false;
}

function expiry(rule: Value, of: Expiry["of"], block: Value, daysIn: string): readonly Expiry[] {
  const [days, date, versions] = [at(block, daysIn), at(block, "date"), at(block, "newer_noncurrent_versions")];
  const where = { of, ...scope(rule) };
  const given = typeof days === "number" && days > 0;
  const newer = isEmpty(versions) ? 0 : Number(typeof versions === "symbol" ? 0 : versions) || 0;
  const rest = { newer, date: given || isEmpty(date) ? "" : canonical(date) };
  if ([block, days, date, versions].includes(UNKNOWN)) return [{ ...where, ...rest, days: 0, unknown: true }];
  if (given) return [{ ...where, ...rest, days: Number(days), unknown: where.unknown }];
  return newer === 0 && rest.date === "" ? [] : [{ ...where, ...rest, days: 0, unknown: where.unknown }];
}

/** Which objects a rule is about. */
export function scope(rule: Value): Pick<Expiry, "prefix" | "limits" | "unknown"> {
  const [filter] = blocks(rule, "filter");
  const [and] = blocks(filter, "and");
  const prefixes = [at(rule, "prefix"), at(filter, "prefix"), at(and, "prefix")];
  const limits = [
    at(filter, "tag"),
    at(and, "tags"),
    at(rule, "tags"),
    ...["object_size_greater_than", "object_size_less_than"].flatMap((name) => [at(filter, name), at(and, name)]),
  ];
  const prefix = prefixes.find((each) => typeof each === "string" && each !== "");
  return {
    prefix: typeof prefix === "string" ? prefix : "",
    limits: limits
      .filter((limit) => !isEmpty(limit) && limit !== 0)
      .map(canonical)
      .join(),
    unknown: [filter, and, ...prefixes].includes(UNKNOWN),
  };
}

/** Whether an earlier rule took away, at least as soon, all that another one does. */
export function takesAsMuch(earlier: Expiry, later: Expiry): boolean {
  return (
    earlier.of === later.of &&
    later.prefix.startsWith(earlier.prefix) &&
    (earlier.limits === "" || earlier.limits === later.limits) &&
    earlier.date === later.date &&
    earlier.newer <= later.newer &&
    earlier.days <= later.days
  );
}

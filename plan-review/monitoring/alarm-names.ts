const NAMED = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]*)"|([^"()]*))\s*\)/g;

/** The alarms that a composite alarm's rule names, by name or ARN as it has them. */
export function alarmNames(rule: string): readonly string[] {
  return [...rule.matchAll(NAMED)].map(([, quoted, plain = ""]) => quoted ?? plain.trim());
}

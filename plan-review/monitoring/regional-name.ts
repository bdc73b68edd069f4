import type { Change } from "../plan/plan";

/** Attributes that say what a resource is called, or is a part of. */
const NAMES = ["name", "rule", "alarm_name", "function_name", "queue_url", "arn", "stack_set_name"];

/** What a resource is called in every region; undefined where the plan doesn't say, or says that it is sensitive. */
export function regionalName(change: Change, region: string): string | undefined {
  for (const attribute of NAMES) {
    const name = (change.before ?? change.after)?.[attribute];
    if (typeof name !== "string" || name === "") continue;
    return change.isSensitive([attribute]) ? undefined : name.replaceAll(region, "*");
  }
  return undefined;
}

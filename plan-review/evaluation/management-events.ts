import { at, blocks, canonical, isEmpty, isValues, type Value, type Values } from "../plan/values";

/** Fields of an advanced selector that say which management events it is about, and don't narrow them. */
const PLAIN = new Set(["eventCategory", "readOnly", "eventSource"]);

/**
 * What a trail's selectors leave out of the management events that read, or that write.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
 *
 * @returns event sources and other limits, none when all are recorded; undefined when none is
 */
export function excludedEvents(values: Values, kind: "reads" | "writes"): ReadonlySet<string> | undefined {
  const [basic, advanced] = [blocks(values, "event_selector"), blocks(values, "advanced_event_selector")];
  const picked = [
    ...basic.flatMap((selector) => pickedByBasic(selector, kind)),
    ...advanced.flatMap((selector) => pickedByAdvanced(selector, kind)),
  ];
  // A trail without selectors records all management events.
  if (basic.length + advanced.length === 0) return new Set();
  const [first, ...others] = picked;
  return first && new Set(first.filter((limit) => others.every((other) => other.includes(limit))));
}

function pickedByBasic(selector: Value, kind: "reads" | "writes"): readonly (readonly string[])[] {
  const type = at(selector, "read_write_type");
  const takes = isEmpty(type) || type === "All" || type === (kind === "reads" ? "ReadOnly" : "WriteOnly");
  if (!takes || at(selector, "include_management_events") === false) return [];
  return [listed(at(selector, "exclude_management_event_sources"))];
}

function pickedByAdvanced(selector: Value, kind: "reads" | "writes"): readonly (readonly string[])[] {
  const fields = blocks(selector, "field_selector");
  const of = (name: string) => fields.filter((field) => at(field, "field") === name);
  if (!of("eventCategory").some((field) => listed(at(field, "equals")).includes("Management"))) return [];
  const wanted = kind === "reads" ? "true" : "false";
  const other = kind === "reads" ? "false" : "true";
  for (const field of of("readOnly")) {
    const [equals, not] = [listed(at(field, "equals")), listed(at(field, "not_equals"))];
    if ((equals.length > 0 && !equals.includes(wanted)) || (not.includes(wanted) && !not.includes(other))) return [];
  }
  const sources = of("eventSource");
  const narrowed = [
    ...sources.filter((field) => Object.keys(conditions(field)).some((name) => name !== "not_equals")),
    ...fields.filter((field) => !PLAIN.has(String(at(field, "field")))),
  ];
  return [
    [
      ...sources.flatMap((field) => listed(at(field, "not_equals"))),
      ...narrowed.map((field) => `${canonical(at(field, "field"))} ${canonical(conditions(field))}`),
    ],
  ];
}

/** The operators of a field selector that are used. */
function conditions(field: Value): Values {
  const used = Object.entries(isValues(field) ? field : {}).filter(
    ([name, value]) => name !== "field" && !isEmpty(value),
  );
  return Object.fromEntries(used);
}

function listed(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

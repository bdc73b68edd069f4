import { at, blocks, type Value, type Values } from "../plan/values";

/**
 * What a trail records besides management events: types of resources whose data events it has, sources of network
 * activity, kinds of insights.
 */
export function otherEvents(values: Values): ReadonlySet<string> {
  const basic = blocks(values, "event_selector").flatMap((selector) =>
    blocks(selector, "data_resource").map((resource) => `data ${String(at(resource, "type"))}`),
  );
  const advanced = blocks(values, "advanced_event_selector").flatMap((selector) => {
    const fields = blocks(selector, "field_selector");
    const equals = (name: string) =>
      fields.filter((field) => at(field, "field") === name).flatMap((field) => texts(at(field, "equals")));
    const [category] = equals("eventCategory");
    if (category === "Data") return equals("resources.type").map((type) => `data ${type}`);
    return category === "NetworkActivity" ? equals("eventSource").map((source) => `network ${source}`) : [];
  });
  const insights = blocks(values, "insight_selector").map(
    (selector) => `insight ${String(at(selector, "insight_type"))}`,
  );
  return new Set([...basic, ...advanced, ...insights]);
}

function texts(value: Value | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

import type { JsonObject } from "../../detection/events/json";
import { type Part, small, type Tone, text, unknown } from "./look";
import { objectOf, objectsIn, rowsOf, shownText } from "./payload";

/** PagerDuty's severities, and ours. */
const TONES: Readonly<Record<string, Tone>> = { critical: "critical", error: "high", warning: "medium", info: "low" };

/** What PagerDuty shows of events: https://support.pagerduty.com/main/docs/incidents */
export function pagerdutyParts(message: object): readonly Part[] {
  return objectsIn((message as JsonObject).events).flatMap(({ path, body }) =>
    path === "change/enqueue" ? change(objectOf(body)) : event(objectOf(body)),
  );
}

function event(body: JsonObject): readonly Part[] {
  const { event_action: action, dedup_key: key } = body;
  if (action === "resolve") return [tags("Resolved", "low"), small(`Alert key ${shownText(key)}`)];
  if (action !== "trigger") return [unknown(action)];
  const { summary, source, severity, timestamp, custom_details: details } = objectOf(body.payload);
  return [
    tags("Triggered", TONES[String(severity)] ?? "plain", `Severity: ${shownText(severity)}`),
    { form: "heading", text: shownText(summary), tone: "plain" },
    small(
      [shownText(source), shownText(timestamp), shownText(body.client), `alert key ${shownText(key)}`]
        .filter((part) => part !== "")
        .join(" · "),
    ),
    { form: "table", rows: rowsOf(details) },
    ...links(body),
  ];
}

function change(body: JsonObject): readonly Part[] {
  const { summary, source, custom_details: details } = objectOf(body.payload);
  return [
    tags("Change event", "plain"),
    text({ text: shownText(summary), bold: true }),
    small(shownText(source)),
    { form: "table", rows: rowsOf(details) },
    ...links(body),
  ];
}

function tags(state: string, tone: Tone, more?: string): Part {
  return {
    form: "tags",
    tags: [{ text: state, tone }, ...(more === undefined ? [] : [{ text: more, tone: "plain" } as const])],
  };
}

function links({ links: its }: JsonObject): readonly Part[] {
  const found = objectsIn(its).map(({ href, text: words }) => ({ text: shownText(words), url: shownText(href) }));
  return found.length === 0 ? [] : [{ form: "buttons", links: found }];
}

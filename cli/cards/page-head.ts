import { createHash } from "node:crypto";
import { html, type Markup, trusted } from "./markup";

/** A Content Security Policy source that allows this inline script or style and no other. */
export function hashSource(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

/**
 * The head of a page that needs nothing else: no network, no other file.
 *
 * @param policy its Content Security Policy, which allows the styles by their hash
 */
export function pageHead(title: string, policy: string, styles: string): Markup {
  return html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${trusted(styles)}</style>
</head>`;
}

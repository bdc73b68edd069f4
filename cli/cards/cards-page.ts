import { createHash } from "node:crypto";
import { cardStyles, cardsMarkup, type ShownNotification } from "./cards-html";
import { html, type Markup, trusted, visible } from "./markup";

/**
 * A page of notifications as their channels show them. It needs no network and has no script; its policy allows its own style and
 * nothing else.
 *
 * @param about a paragraph above them
 */
export function cardsPage(notifications: readonly ShownNotification[], about: string): string {
  const styles = `${PAGE}${cardStyles()}`;
  const hash = createHash("sha256").update(styles).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const sections: readonly Markup[] = cardsMarkup(notifications);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Channels – trailwarden</title>
<style>${trusted(styles)}</style>
</head>
<body>
<main>
<h1>As your channels show it</h1>
<p>${visible(about)}</p>
${sections}</main>
</body>
</html>
`.text;
}

const PAGE = `:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body {
  margin: 0 auto;
  max-width: 100rem;
  padding: 1.5rem clamp(0.75rem, 3vw, 2.5rem);
  background: light-dark(#f7f7f5, #15171a);
  color: light-dark(#1d1f23, #e7e8ea);
  font: 0.9375rem / 1.5 system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif;
  overflow-wrap: anywhere;
}
h1 { font-size: 1.75rem; margin: 0; }
`;

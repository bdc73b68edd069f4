import { cardStyles, cardsMarkup, type ShownNotification } from "./cards-html";
import { html, type Markup, visible } from "./markup";
import { hashSource, pageHead } from "./page-head";

/**
 * A page of notifications as their channels show them. It needs no network and has no script; its policy allows its own style and
 * nothing else.
 *
 * @param about a paragraph above them
 */
export function cardsPage(notifications: readonly ShownNotification[], about: string): string {
  const styles = `${PAGE}${cardStyles()}`;
  const policy = `default-src 'none'; style-src ${hashSource(styles)}; base-uri 'none'; form-action 'none'`;
  const sections: readonly Markup[] = cardsMarkup(notifications);
  return html`<!doctype html>
<html lang="en">
${pageHead("Channels – trailwarden", policy, styles)}
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

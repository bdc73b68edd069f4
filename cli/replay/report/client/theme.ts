// Dark or light: as the system has it, unless the reader chooses otherwise.

import { element, place } from "./elements";

const THEMES = ["system", "light", "dark"] as const;
const THEME_KEY = "trailwarden-theme";

/** Where a browser keeps nothing for pages opened from a file, the choice lasts as long as the page. */
function keptTheme() {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(THEME_KEY)) ?? "system";
  } catch {
    return "system";
  }
}

function keepTheme(theme: string) {
  try {
    localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Then it isn't kept.
  }
}

function wearTheme(theme: (typeof THEMES)[number]) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function renderThemeChoice() {
  const kept = keptTheme();
  wearTheme(kept);
  const radios = THEMES.map((theme) => {
    const radio = element("input", { type: "radio", name: "theme", value: theme, checked: theme === kept });
    radio.addEventListener("change", () => {
      wearTheme(theme);
      keepTheme(theme);
    });
    return element("label", {}, radio, element("span", {}, theme));
  });
  place("theme").replaceChildren(
    element("fieldset", { class: "switch" }, element("legend", { class: "unseen" }, "Colors"), ...radios),
  );
}

// Dark or light: as the system has it, unless somebody says otherwise here.

const THEMES = /** @type {const} */ (["system", "light", "dark"]);
const THEME_KEY = "trailwarden-theme";

/** Where a browser keeps nothing for pages opened from a file, the choice lasts as long as the page. */
function keptTheme() {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(THEME_KEY)) ?? "system";
  } catch {
    return "system";
  }
}

/** @param {string} theme */
function keepTheme(theme) {
  try {
    localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Then it isn't kept.
  }
}

/** @param {(typeof THEMES)[number]} theme */
function wearTheme(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function renderThemeChoice() {
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
    element("fieldset", { class: "switch" }, element("legend", { class: "unseen" }, "Colours"), ...radios),
  );
}

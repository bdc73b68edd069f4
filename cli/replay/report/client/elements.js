// Makes elements. Text goes in as text nodes alone: nothing here, or in any other part, parses HTML.

/** @typedef {Readonly<Record<string, string | number | boolean | undefined>>} Attributes */

/**
 * @param {Element} node
 * @param {Attributes} attributes those that are undefined or false are left out
 */
function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : String(value));
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 */
function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 */
function svgElement(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}

/**
 * @param {Attributes} attributes
 * @param {() => void} act
 * @param {(Node | string)[]} children
 */
function actionButton(attributes, act, ...children) {
  const node = element("button", { type: "button", ...attributes }, ...children);
  node.addEventListener("click", act);
  return node;
}

/**
 * Text from a log, apart from its surroundings.
 * @param {string} text
 */
function fromLog(text) {
  return element("bdi", {}, text);
}

/** @param {string} severity */
function severityMark(severity) {
  return element("span", { class: `severity ${severity}` }, severity);
}

/**
 * Only the shape is seen.
 * @param {string} severity
 */
function severityShape(severity) {
  return element("span", { class: `severity ${severity}` }, element("span", { class: "unseen" }, `${severity}: `));
}

/**
 * Places that the page has.
 * @param {string} id
 */
function place(id) {
  const node = document.getElementById(id);
  if (node === null) throw new Error(`the page has no #${id}`);
  return node;
}

const NUMBERS = new Intl.NumberFormat("en-US");

/**
 * `1 alert`, `2,300 alerts`
 * @param {number} count
 * @param {string} one
 */
function countedWord(count, one) {
  return `${NUMBERS.format(count)} ${one}${count === 1 ? "" : "s"}`;
}

/**
 * Up, Down, Home and End move the focus among the container's elements that match.
 * @param {HTMLElement} container
 * @param {string} selector
 */
function moveWithArrows(container, selector) {
  container.addEventListener("keydown", (event) => {
    const stops = [.../** @type {NodeListOf<HTMLElement>} */ (container.querySelectorAll(selector))];
    const at = stops.indexOf(/** @type {HTMLElement} */ (event.target));
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: stops.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    stops[to]?.focus();
  });
}

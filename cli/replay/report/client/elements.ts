// Makes elements. Text goes in as text nodes alone: nothing here, or in any other part, parses HTML.

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** @param attributes those that are undefined or false are left out */
function setAttributes(node: Element, attributes: Attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : String(value));
  }
}

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
) {
  const node = document.createElement(tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}

export function svgElement<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}

export function actionButton(attributes: Attributes, act: () => void, ...children: (Node | string)[]) {
  const node = element("button", { type: "button", ...attributes }, ...children);
  node.addEventListener("click", act);
  return node;
}

/** Text from a log, apart from its surroundings. */
export function fromLog(text: string) {
  return element("bdi", {}, text);
}

export function severityMark(severity: string) {
  return element("span", { class: `severity ${severity}` }, severity);
}

/** Only the shape is seen. */
export function severityShape(severity: string) {
  return element("span", { class: `severity ${severity}` }, element("span", { class: "unseen" }, `${severity}: `));
}

/** Places that the page has. */
export function place(id: string) {
  const node = document.getElementById(id);
  if (node === null) throw new Error(`the page has no #${id}`);
  return node;
}

export const NUMBERS = new Intl.NumberFormat("en-US");

/** `1 alert`, `2,300 alerts` */
export function countedWord(count: number, one: string) {
  return `${NUMBERS.format(count)} ${one}${count === 1 ? "" : "s"}`;
}

/** Up, Down, Home and End move the focus among the container's elements that match. */
export function moveWithArrows(container: HTMLElement, selector: string) {
  container.addEventListener("keydown", (event) => {
    const stops = [...(container.querySelectorAll(selector) as NodeListOf<HTMLElement>)];
    const at = stops.indexOf(event.target as HTMLElement);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: stops.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    stops[to]?.focus();
  });
}

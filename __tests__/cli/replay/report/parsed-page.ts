import { type DefaultTreeAdapterMap, parse } from "parse5";

type Node = DefaultTreeAdapterMap["node"];
type Element = DefaultTreeAdapterMap["element"];

/** Every element of a page as a browser parses it, in the page's order. */
export function elementsOf(page: string): readonly Element[] {
  return below(parse(page));
}

/** An element and every one in it, in the page's order. */
export function elementsWithin(element: Element | undefined): readonly Element[] {
  return element === undefined ? [] : below(element);
}

function below(node: Node): readonly Element[] {
  const children = "childNodes" in node ? node.childNodes.flatMap(below) : [];
  return "tagName" in node ? [node, ...children] : children;
}

/** What an element and those in it hold as text. */
export function textOf(node: Node): string {
  if (node.nodeName === "#text" && "value" in node) return node.value;
  return "childNodes" in node ? node.childNodes.map(textOf).join("") : "";
}

export function attribute(element: Element | undefined, name: string): string | undefined {
  return element?.attrs.find((one) => one.name === name)?.value;
}

/** The only element that the test holds of. */
export function the(page: string, test: (element: Element) => boolean): Element {
  const [element, ...others] = elementsOf(page).filter(test);
  if (element === undefined || others.length > 0) throw new Error(`${others.length + (element ? 1 : 0)} such elements`);
  return element;
}

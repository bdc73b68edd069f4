// The view as it is now, and how it changes. The page is made anew after each change.

import { type Choice, hashOf, type View, viewIn } from "./view";

let shown = (): void => {};

/** @param show makes the page anew, of {@link view} */
export function onChange(show: () => void): void {
  shown = show;
}

/** Makes the page anew, such as after a change that isn't the view's. */
export function showView(): void {
  shown();
}

/** What is looked at now. */
export let view = viewIn(location.hash);

/** @param how whether the browser's Back comes back to the view before */
export function keepView(change: Partial<View>, how: "push" | "replace") {
  view = { ...view, ...change };
  const hash = hashOf(view);
  const address = hash === "" ? location.href.replace(/#.*$/, "") : `#${hash}`;
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

/** Looks at something else, from its first page on. */
export function changeView(change: Partial<View>, how: "push" | "replace" = "push") {
  keepView({ page: 0, open: undefined, ...change }, how);
  showView();
}

/** Chooses the value, or no longer. */
export function toggleChoice(choice: Choice, value: string) {
  const values = view.chosen[choice];
  const others = values.filter((other) => other !== value);
  changeView({
    chosen: { ...view.chosen, [choice]: others.length < values.length ? others : [...values, value] },
  });
}

/** Looks at what the address says. */
export function followAddress(): void {
  view = viewIn(location.hash);
  showView();
}

/** Turns back to the last of so many pages, where fewer are left than the view's page. */
export function keepPageWithin(pages: number): void {
  if (view.page >= pages) view = { ...view, page: pages - 1 };
}

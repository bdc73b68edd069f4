// What is looked at: filters, order, page. It stands in the address, after the #, so that it can be shared.

import { isoSeconds } from "./times";

/** Filters that choose among a field's values. */
export const CHOICES = ["severity", "tier", "detection", "actor", "account", "region", "incident"] as const;
export type Choice = (typeof CHOICES)[number];

export const ORDERS = ["oldest", "newest", "severity"] as const;

/** What is looked at. */
export interface View {
  /** None chosen: all are shown. */
  readonly chosen: Readonly<Record<Choice, readonly string[]>>;
  readonly search: string;
  /** Milliseconds since 1970. */
  readonly from: number | undefined;
  /** The first that is not shown any more. */
  readonly to: number | undefined;
  readonly order: (typeof ORDERS)[number];
  /** From 0. */
  readonly page: number;
  /** The alert whose details are shown. */
  readonly open: number | undefined;
}

export function wholeView(): View {
  const chosen = { severity: [], tier: [], detection: [], actor: [], account: [], region: [], incident: [] };
  return { chosen, search: "", from: undefined, to: undefined, order: "oldest", page: 0, open: undefined };
}

function timeIn(text: string | null): number | undefined {
  return text !== null && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && Date.parse(text) >= 0
    ? Date.parse(text)
    : undefined;
}

function wholeNumberIn(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Whatever it holds that is none of ours is left aside. */
export function viewIn(hash: string): View {
  const parameters = new URLSearchParams(hash.replace(/^#/, ""));
  const chosen = CHOICES.map((choice) => [choice, [...new Set(parameters.getAll(choice))]]);
  return {
    chosen: Object.fromEntries(chosen),
    search: parameters.get("search") ?? "",
    from: timeIn(parameters.get("from")),
    to: timeIn(parameters.get("to")),
    order: ORDERS.find((order) => order === parameters.get("order")) ?? "oldest",
    page: Math.max(0, (wholeNumberIn(parameters.get("page")) ?? 1) - 1),
    open: wholeNumberIn(parameters.get("open")),
  };
}

export function hashOf(view: View) {
  const parameters = new URLSearchParams();
  for (const choice of CHOICES) for (const value of view.chosen[choice]) parameters.append(choice, value);
  if (view.search !== "") parameters.set("search", view.search);
  if (view.from !== undefined) parameters.set("from", isoSeconds(view.from));
  if (view.to !== undefined) parameters.set("to", isoSeconds(view.to));
  if (view.order !== "oldest") parameters.set("order", view.order);
  if (view.page > 0) parameters.set("page", String(view.page + 1));
  if (view.open !== undefined) parameters.set("open", String(view.open));
  return parameters.toString();
}

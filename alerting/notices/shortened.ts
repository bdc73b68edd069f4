import { cut } from "../../detection/events/text";
import { BOUNDED_BYTES, bounded } from "../notification/bounded";
import type { Notification } from "../notification/notification";

/** Lists are cut to a hundredth of what texts are cut to. */
const CHARACTERS_PER_ITEM = 100;
/** Characters that every text keeps: no id and no time is longer. */
const WHOLE = 200;

/**
 * The same notification with every text, and every list, cut; of the request and the response too what nests deep.
 *
 * @param limit characters that a text may keep; at least {@link WHOLE} stay
 */
export function shortened(notification: Notification, limit: number): Notification {
  // Channels route by all that it says of the account, which is short.
  const { account } = notification;
  if (notification.kind !== "alert") {
    return { ...(shorten(notification, limit) as Notification), account, shortened: true };
  }
  const { request, response, ...rest } = notification;
  const bytes = Math.min(BOUNDED_BYTES, limit * 4);
  return {
    ...(shorten(rest, limit) as typeof rest),
    account,
    request: bounded(request, bytes),
    response: bounded(response, bytes),
    shortened: true,
  };
}

function shorten(value: unknown, limit: number): unknown {
  if (typeof value === "string") return cut(value, Math.max(limit, WHOLE));
  if (typeof value !== "object" || value === null) return value;
  const items = Math.max(1, Math.ceil(limit / CHARACTERS_PER_ITEM));
  if (Array.isArray(value)) return value.slice(0, items).map((item) => shorten(item, limit));
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, shorten(child, limit)]));
}

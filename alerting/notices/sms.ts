import { ascii } from "../../detection/events/text";
import { SMS_BYTES } from "./notice";

/** Beginning and end fit always (they are cut at 50 and 60); what is between gets the room that is left. */
export function smsOf(beginning: string, between: string, end: string): string {
  const first = ascii(beginning).slice(0, 50);
  const last = ascii(end).slice(0, 60);
  const room = SMS_BYTES - first.length - last.length - 2;
  return `${first} ${ascii(between).slice(0, room).trimEnd()} ${last}`;
}

/** The actor without the account, which stands in a place of its own. */
export function shortActor(actor: string): string {
  return actor.replace(/ \(account .*$/, "");
}

/** A time's hour and minute, with a space before, or nothing where there is none. */
export function clockOf(time: string): string {
  const clock = /T(\d\d:\d\d)/.exec(time)?.[1];
  return clock ? ` ${clock}Z` : "";
}

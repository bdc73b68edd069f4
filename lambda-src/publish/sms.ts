import type { Alert } from "./alert";
import { SMS_BYTES } from "./notice";
import { ascii } from "./text";

/** Severity, call, account, region and time always fit; who made the call gets the room that is left. */
export function smsText({ severity, eventName, actor, account, region, eventTime, title }: Alert): string {
  const time = /T(\d\d:\d\d)/.exec(eventTime)?.[1];
  const where = ascii(`${account} ${region}${time ? ` ${time}Z` : ""}`).slice(0, 60);
  const what = ascii(`${severity.toUpperCase()} ${eventName}`).slice(0, 50);
  const room = SMS_BYTES - what.length - where.length - 2;
  const rest = ascii(`by ${actor.replace(/ \(account .*$/, "")}. ${title}.`).slice(0, room);
  return `${what} ${rest.trimEnd()} ${where}`;
}

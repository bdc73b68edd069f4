import { ascii } from "../../detection/events/text";
import type { Alert } from "./alert";
import { type Labels, NO_LABELS, shortAccount } from "./labels";
import { SMS_BYTES, SUBJECT_LENGTH } from "./notice";
import { clockOf } from "./sms";
import { whoForms } from "./who";
import { cutAtWord } from "./wrap";

/** Characters of an account's name; an id has twelve. */
const ACCOUNT_LENGTH = 20;
const SHORT_ACCOUNT_LENGTH = 12;
const REGION_LENGTH = 16;
/** Who made the call has at least so much room: the account's name makes way for it, and a very long call's. */
const WHO_LENGTH = 11;
/** Fewer characters of a title say nothing. */
const TITLE_LENGTH = 8;

/**
 * `[CRITICAL] CreateAccessKey succeeded by ann in prod: Access key created for another user`. Severity, call, outcome, who and
 * account fit always; the title gets the room that is left.
 *
 * `Details:` says that EventBridge has sent a short alert of the same event to the urgent topic, `Update 3:` that the alert is
 * the third of an incident and no more severe than those before. What opens an incident, or is more severe, has no mark.
 */
export function emailSubject(alert: Alert, labels: Labels = NO_LABELS): string {
  const mark = alert.followsUrgent ? "Details: " : isUpdate(alert) ? `Update ${alert.incident?.number}: ` : "";
  const headline = headlineOf(alert, labels, `[${alert.severity.toUpperCase()}] ${mark}`, SUBJECT_LENGTH);
  return `${headline}${ending(": ", alert.title, SUBJECT_LENGTH - headline.length)}`;
}

/** One SMS: the same, with region and time behind and what exactly was called in the room that is left. */
export function smsText(alert: Alert, labels: Labels = NO_LABELS): string {
  const mark = alert.followsUrgent ? "details " : isUpdate(alert) ? `upd ${alert.incident?.number} ` : "";
  const place = ` ${ascii(alert.region).slice(0, REGION_LENGTH)}${clockOf(alert.eventTime)}`;
  const headline = headlineOf(alert, labels, `${alert.severity.toUpperCase()} ${mark}`, SMS_BYTES - place.length);
  const room = SMS_BYTES - headline.length - place.length;
  return `${headline}${place}${ending(": ", alert.what === "" ? alert.title : alert.what, room)}`;
}

function isUpdate({ incident }: Alert): boolean {
  return incident?.role === "update";
}

function ending(before: string, text: string, room: number): string {
  const whole = ascii(text);
  const cut = cutAtWord(whole, room - before.length);
  return cut === "" || (cut !== whole && cut.length < TITLE_LENGTH) ? "" : `${before}${cut}`;
}

/** What fits always. The caller's domain or session goes first, then characters of account and caller, of the call at last. */
function headlineOf(alert: Alert, labels: Labels, beginning: string, room: number): string {
  const forms = whoForms(alert.caller, alert.account, labels).map((form) => plain(form, "unknown caller"));
  const shortest = forms.at(-1) ?? "unknown caller";
  const account = plain(shortAccount(alert.account, labels), ascii(alert.account));
  const roomOfAll = room - `${beginning} ${alert.outcomeKind} by  in `.length;
  const least = Math.min(shortest.length, WHO_LENGTH) + Math.min(account.length, SHORT_ACCOUNT_LENGTH);
  const call = shortened(plain(alert.eventName, "unknown call"), roomOfAll - least);
  const left = roomOfAll - call.length;
  const sentence = (who: string, where: string) => `${beginning}${call} ${alert.outcomeKind} by ${who} in ${where}`;
  const rooms = [ACCOUNT_LENGTH, SHORT_ACCOUNT_LENGTH].map((length) => left - Math.min(account.length, length));
  const fitting = rooms.flatMap((whoRoom) => forms.find((form) => form.length <= whoRoom) ?? []);
  const who = fitting[0] ?? shortenedWho(shortest, left - Math.min(account.length, SHORT_ACCOUNT_LENGTH));
  return sentence(who, shortened(account, Math.min(ACCOUNT_LENGTH, left - who.length)));
}

/** A name without its end, but with what vouches for it: `maximilian... (SSO)`. */
function shortenedWho(who: string, maximum: number): string {
  const [, name = who, vouched = ""] = /^(.*?)( \([^()]*\))$/.exec(who) ?? [];
  const room = maximum - vouched.length;
  return room < 4 ? shortened(who, maximum) : `${shortened(name, room)}${vouched}`;
}

/** Of a text of accents alone nothing is left in ASCII, of a role and a session of accents the `/` between them. */
function plain(text: string, otherwise: string): string {
  const line = ascii(text).trim();
  return /[^/ ]/.test(line) ? line : otherwise;
}

function shortened(text: string, maximum: number): string {
  return text.length <= maximum ? text : `${text.slice(0, maximum - 3).trimEnd()}...`;
}

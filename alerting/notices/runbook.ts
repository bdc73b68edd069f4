import type { Detection } from "../../detection/definition/detection";
import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { categoryOutsideHistory } from "../../detection/events/event-history";
import { identityOf } from "../../detection/events/identity";
import { isObject, objectAt, textAt } from "../../detection/events/json";
import { outcomeOf } from "../../detection/events/outcome";
import { searchArchive } from "./find-record";
import { NOTHING_TO_UNDO } from "./notice";
import { isOnMonitor } from "./own-parts";
import { instanceOf, partitionIn } from "./record-facts";
import { shellValue, shellValues } from "./shell-value";

/** The record's own parts that a placeholder may lead into. */
const ROOTS = ["requestParameters", "responseElements"];

/** Services without regions: outside of the commercial partition their commands need a region that leads to the right one. */
const GLOBAL = /\baws (iam|organizations|account) [a-z][a-z0-9-]*(?![^&|)]* --region )/g;

const BY_KEY = "AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>";
const BY_EVENT = "AttributeKey=EventId,AttributeValue=<eventID>";

const names: Readonly<Record<string, (record: CloudTrailRecord) => unknown>> = {
  awsRegion: (record) => textAt(record, "awsRegion"),
  eventID: (record) => textAt(record, "eventID"),
  recipientAccountId: (record) => textAt(record, "recipientAccountId"),
  partition: (record) => partitionIn(record).name,
  accessKeyId: (record) => textAt(objectAt(record, "userIdentity"), "accessKeyId"),
  userName: (record) => textAt(objectAt(record, "userIdentity"), "userName"),
  instanceId: instanceOf,
};

/** A detection's runbook for one record. */
export interface Remediation {
  readonly check: string;
  readonly command: string;
  readonly contain: string;
  /** Commands that take back what the call did, in order; none where it did nothing. */
  readonly undo: readonly string[];
}

const OWN =
  "It is the monitor's own: don't stop it or deny it anything, or no alert goes out. Restore it with terraform apply.";

/** The runbook with the record's values in the place of its placeholders. */
export function remediation(
  { runbook, deployers }: Detection,
  record: CloudTrailRecord,
  archive?: string,
  prefix?: string,
): Remediation {
  // What stops a function or a role would stop the alerts.
  const own = deployers !== "ignored" && isOnMonitor(record, prefix);
  const undone = runbook.undo !== undefined && outcomeOf(record).kind !== "succeeded";
  return {
    check: fillIn(runbook.check, record),
    command: fillIn(commandFor(runbook.command, record, archive), record),
    contain: undone ? NOTHING_TO_UNDO : own ? OWN : fillIn(runbook.contain, record),
    undo: own ? [] : undoOf(runbook.undo ?? {}, record),
  };
}

/**
 * Fills placeholders of a runbook's line in from the record: `<awsRegion>`, `<eventID>`, `<recipientAccountId>`,
 * `<partition>`, `<accessKeyId>` and `<userName>` of the caller, `<instanceId>` of an instance whose role called, and paths
 * such as `<requestParameters.bucketName>` (through lists; `<one|other>` takes the first that the record has).
 *
 * The line may be a command that is pasted into a shell, so only values of AWS's own name characters go in; otherwise the
 * placeholder stays.
 */
export function fillIn(line: string, record: CloudTrailRecord): string {
  const filled = line.replace(/<([A-Za-z][\w.|-]*)>/g, (placeholder, paths: string, offset: number) => {
    const before = line.slice(0, offset);
    for (const path of paths.split("|")) {
      const value = shellValues(valuesAt(record, path), before);
      if (value !== undefined) return value;
    }
    return placeholder;
  });
  const partition = partitionIn(record);
  return partition.name === "aws" ? filled : filled.replace(GLOBAL, `$& --region ${partition.globalRegion}`);
}

function valuesAt(record: CloudTrailRecord, path: string): readonly unknown[] {
  if (Object.hasOwn(names, path)) return [names[path]?.(record)];
  const [root = "", ...fields] = path.split(".");
  if (!ROOTS.includes(root)) return [];
  let values: readonly unknown[] = [record[root]];
  for (const field of fields) {
    values = values.flatMap((value) => (isObject(value) && Object.hasOwn(value, field) ? [value[field]].flat() : []));
  }
  return values;
}

/**
 * Looks where the record, or the caller, can be found: data events are in the archive alone, not every caller has a key, and of
 * services and other accounts event history has no name either.
 */
function commandFor(command: string, record: CloudTrailRecord, archive?: string): string {
  const byKey = command.includes(BY_KEY) && textAt(objectAt(record, "userIdentity"), "accessKeyId") === undefined;
  const findable = byKey ? command.replace(BY_KEY, byUser(record) ?? BY_EVENT) : command;
  return findable.includes(BY_EVENT) && categoryOutsideHistory(record) !== undefined
    ? searchArchive(record, archive)
    : findable;
}

/** By the name that event history has of the caller; undefined where it has none. */
function byUser({ userIdentity }: CloudTrailRecord): string | undefined {
  const { kind, name, session } = identityOf(userIdentity);
  if (kind === "service" || kind === "account") return undefined;
  const called = { root: "root", "assumed-root": "root", role: session, "federated-user": session };
  const user = shellValue(Object.hasOwn(called, kind) ? called[kind as keyof typeof called] : name, true);
  return user === undefined || user === "unknown" ? undefined : `AttributeKey=Username,AttributeValue=${user}`;
}

function undoOf(undo: NonNullable<Detection["runbook"]["undo"]>, record: CloudTrailRecord): readonly string[] {
  if (outcomeOf(record).kind !== "succeeded") return [];
  const call = calledName(record.eventName);
  const key = Object.keys(undo).find((name) => name.toLowerCase() === call.toLowerCase()) ?? "*";
  const commands = [undo[key] ?? []].flat().map((command) => fillIn(command, record));
  // Of ways that ask for different values, those that the record has no value for.
  const lacking = (command: string) => ROOTS.some((root) => command.includes(`<${root}.`));
  return commands.every(lacking) ? commands : commands.filter((command) => !lacking(command));
}

/** Lambda and others record the version of their API behind the call's name: `AddPermission20150331v2`. */
function calledName(eventName: string): string {
  return eventName.replace(/(\d{8}|\d{4}_\d\d_\d\d)(v\d+)?$/, "");
}

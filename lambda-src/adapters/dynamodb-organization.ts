import type { DirectoryPorts } from "../../alerting/accounts/account-directory";
import type { KnownAccount } from "../../alerting/accounts/known-account";
import type { RenewPorts, TagsAsked, Walk } from "../../alerting/accounts/renew-directory";
import type { KnownMember } from "../../alerting/reach/reach-state";
import { isObject, parseJson } from "../../detection/events/json";
import { type Item, keyOf } from "./alert-state-items";
import type { StateTable } from "./state-table";
import { happened } from "./table-requests";

/** Partition key of the organization's items: an item per account, by its id, and one for how far the asking has come. */
const PARTITION = "organization";
/** Sorts before every account's id. */
const WALK = "#walk";

/** Days that an account is kept after it was last listed: longer than one that has left could be called silent. */
const KEPT_DAYS = 30;
/** Days that its units and tags hold, though they are asked for every day: then they are unknown, and suppress nothing. */
const PLACE_DAYS = 7;
const DAY_MS = 24 * 3_600_000;

type Stored = Pick<DirectoryPorts, "read" | "all"> &
  Pick<RenewPorts, "readWalk" | "writeWalk" | "writeAccount" | "writeTags" | "tagsAsked"> & {
    /** Every account that is or was of late a member, so far as the last complete asking says. */
    readonly members: () => AsyncGenerator<KnownMember, void>;
  };

/**
 * The organization's accounts in the table of the alert state. What is written of one account changes no other's, so an
 * invocation that is cut off leaves a directory of old and new ones.
 *
 * @param tagKeys keys of the tags that the configuration names: where others were asked for, tags are not known
 * @param now milliseconds since 1970
 */
export function organizationItems(
  table: Pick<StateTable, "get" | "put" | "update" | "items">,
  tagKeys: readonly string[],
  now: () => number,
): Stored {
  const expiresAt = () => ({ N: String(Math.ceil(now() / 1000) + KEPT_DAYS * 24 * 3600) });
  // Items stay for some days after they have expired.
  const isCurrent = ({ expiresAt }: Item) => Number(expiresAt?.N ?? 0) * 1000 > now();
  const accounts = async function* (): AsyncGenerator<readonly [id: string, item: Item], void> {
    const items = table.items({
      KeyConditionExpression: "pk = :pk AND sk > :walk",
      ExpressionAttributeValues: { ":pk": { S: PARTITION }, ":walk": { S: WALK } },
    });
    for await (const item of items) if (isCurrent(item)) yield [item.sk?.S ?? "", item];
  };
  return {
    read: async (id) => {
      const { Item } = await table.get({ Key: keyOf(PARTITION, id) });
      return Item && isCurrent(Item) ? knownAccount(Item, tagKeys, now()) : undefined;
    },
    all: async function* () {
      for await (const [id, item] of accounts()) yield [id, knownAccount(item, tagKeys, now())];
    },
    tagsAsked: async function* () {
      for await (const [id, item] of accounts()) yield [id, tagsAsked(item)];
    },
    readWalk: async () => {
      const { Item } = await table.get({ Key: keyOf(PARTITION, WALK), ConsistentRead: true });
      return Item && walkOf(Item);
    },
    writeWalk: async (walk) => {
      await table.put({
        Item: { ...keyOf(PARTITION, WALK), walk: { S: JSON.stringify(walk) }, expiresAt: expiresAt() },
      });
    },
    members: async function* () {
      const { Item } = await table.get({ Key: keyOf(PARTITION, WALK), ConsistentRead: true });
      const walk = Item && walkOf(Item);
      const listed = [];
      for await (const [id, item] of accounts()) listed.push({ id, item, at: writtenAt(item) });
      // One that was refused, with some accounts or none, says nothing of the others.
      const isComplete = walk?.steps.length === 0 && !walk.refused && listed.some(({ at }) => at >= walk.startedAt);
      for (const { id, item, at } of listed) {
        const isMember = item.closed?.BOOL !== true && !(isComplete && at < walk.startedAt);
        const joinedAt = item.joinedAt?.N;
        yield {
          id,
          status: isMember ? "active" : "removed",
          ...(joinedAt !== undefined && { joinedAt: Number(joinedAt) }),
        };
      }
    },
    writeAccount: async (id, { name, organizationalUnits = [], joinedAt, closed = false }) => {
      await table.update({
        Key: keyOf(PARTITION, id),
        UpdateExpression: `SET units = :units, expiresAt = :expiresAt, closed = :closed${joinedAt === undefined ? "" : ", joinedAt = :joinedAt"}${name === undefined ? " REMOVE #name" : ", #name = :name"}`,
        ExpressionAttributeNames: { "#name": "name" },
        ExpressionAttributeValues: {
          ":units": { S: organizationalUnits.join("/") },
          ":expiresAt": expiresAt(),
          ":closed": { BOOL: closed },
          ...(joinedAt !== undefined && { ":joinedAt": { N: String(joinedAt) } }),
          ...(name !== undefined && { ":name": { S: name } }),
        },
      });
    },
    writeTags: async (id, tags, { at, keys }) => {
      const written = table.update({
        Key: keyOf(PARTITION, id),
        UpdateExpression: "SET tags = :tags, tagKeys = :keys, tagsAskedAt = :at",
        // Without the rest of the item it would never expire.
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: {
          ":tags": { S: JSON.stringify(tags) },
          ":keys": { S: JSON.stringify(keys) },
          ":at": { N: String(at) },
        },
      });
      await happened(written);
    },
  };
}

/** Milliseconds since 1970, rounded up to a second. */
function writtenAt({ expiresAt }: Item): number {
  return (Number(expiresAt?.N ?? 0) - KEPT_DAYS * 24 * 3600) * 1000;
}

function knownAccount(item: Item, tagKeys: readonly string[], now: number): KnownAccount {
  const holds = (since: number) => now < since + PLACE_DAYS * DAY_MS;
  const name = item.name?.S;
  const units = item.units?.S;
  const asked = tagsAsked(item);
  const tags = jsonOf(item.tags?.S);
  const areKnown =
    asked !== undefined && holds(asked.at) && tagKeys.length > 0 && tagKeys.every((key) => asked.keys.includes(key));
  return {
    ...(name && { name }),
    ...(units && holds(writtenAt(item)) && { organizationalUnits: units.split("/") }),
    ...(areKnown && isTexts(tags) && { tags: Object.fromEntries(tagKeys.flatMap((key) => entryOf(tags, key))) }),
  };
}

function entryOf(tags: Readonly<Record<string, string>>, key: string): readonly (readonly [string, string])[] {
  const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
  return value === undefined ? [] : [[key, value]];
}

function tagsAsked({ tagsAskedAt, tagKeys }: Item): TagsAsked | undefined {
  const keys = jsonOf(tagKeys?.S);
  if (tagsAskedAt?.N === undefined || !Array.isArray(keys)) return undefined;
  return { at: Number(tagsAskedAt.N), keys: keys.filter((key) => typeof key === "string") };
}

/** What an older or newer version has written, and this one can't read, begins anew. */
function walkOf(item: Item): Walk | undefined {
  const walk = jsonOf(item.walk?.S);
  const isWalk =
    isObject(walk) &&
    typeof walk.startedAt === "number" &&
    typeof walk.tags === "boolean" &&
    (walk.tagKeys === undefined || Array.isArray(walk.tagKeys)) &&
    Array.isArray(walk.steps) &&
    walk.steps.every((step) => isObject(step) && Array.isArray(step.path));
  return isWalk ? (walk as unknown as Walk) : undefined;
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isObject(value) && Object.values(value).every((each) => typeof each === "string");
}

function jsonOf(text: string | undefined): unknown {
  const parsed = parseJson(text ?? "");
  return "problem" in parsed ? undefined : parsed.value;
}

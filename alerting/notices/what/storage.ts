import { type JsonObject, objectAt } from "../../../detection/events/json";
import type { Call, Describe, Describers } from "./call";
import { inWords } from "./general";
import { principalName } from "./policy";
import { flagAt, itemsAt, itemsOf, listed, named, objectsAt, said } from "./values";

/** Buckets, snapshots and images: who else can read them, what protects them no longer. */
export const STORAGE: Describers = {
  PutBucketAcl: bucketAcl,
  CreateBucket: bucketAcl,
  PutBucketPublicAccessBlock: (call) => publicAccessBlock(call, bucketIn(call.request)),
  DeleteBucketPublicAccessBlock: ({ request }) => bucket(request, "no public access block"),
  PutAccountPublicAccessBlock: (call) => publicAccessBlock(call, `account ${call.account ?? "unknown"}`),
  DeleteAccountPublicAccessBlock: ({ account }) => `account ${account ?? "unknown"}: no public access block`,
  PutBucketVersioning: ({ request }) => {
    const status = said(objectAt(request, "VersioningConfiguration").Status);
    return bucket(request, status === undefined ? "versioning" : `versioning ${status.toLowerCase()}`);
  },
  PutBucketLifecycle: lifecycle,
  PutBucketLifecycleConfiguration: lifecycle,
  PutBucketReplication: replication,
  ...Object.fromEntries(
    [
      ...[
        "Policy",
        "Cors",
        "Lifecycle",
        "Replication",
        "Encryption",
        "OwnershipControls",
        "Website",
        "Tagging",
      ].flatMap((part) => [`DeleteBucket${part}`, `GetBucket${part}`]),
      ...[
        "Cors",
        "Encryption",
        "OwnershipControls",
        "ObjectLockConfiguration",
        "Logging",
        "Website",
        "Notification",
      ].map((part) => `PutBucket${part}`),
      ...["GetBucketAcl", "PutObjectLockConfiguration"],
    ].map((name): [string, Describe] => [name, ({ request }) => bucketPart(name, request)]),
  ),
  DeleteObject: ({ request }) => {
    const version = said(request.versionId);
    const key = said(request.key, 120);
    if (key === undefined) return undefined;
    return `object ${key}${version === undefined ? "" : `, version ${version},`} in ${bucketIn(request)}`;
  },
  DeleteObjects: ({ request }) => `objects in ${bucketIn(request)}`,
  ModifySnapshotAttribute: (call) =>
    shared("snapshot", call.request.snapshotId, objectAt(call.request, "createVolumePermission"), call),
  ModifyImageAttribute: (call) =>
    shared("image", call.request.imageId, objectAt(call.request, "launchPermission"), call),
  ModifyDBSnapshotAttribute: (call) => sharedByList("DB snapshot", call.request.dBSnapshotIdentifier, call),
  ModifyDBClusterSnapshotAttribute: (call) =>
    sharedByList("DB cluster snapshot", call.request.dBClusterSnapshotIdentifier, call),
};

function bucketIn({ bucketName }: JsonObject): string {
  return `bucket ${said(bucketName) ?? "unknown"}`;
}

function bucket(request: JsonObject, what: string): string | undefined {
  return said(request.bucketName) === undefined ? undefined : `${bucketIn(request)}: ${what}`;
}

/** `encryption of bucket payments`. */
function bucketPart(eventName: string, request: JsonObject): string | undefined {
  const part = inWords(eventName.replace(/^(Put|Delete|Get)(Bucket)?/, ""));
  return said(request.bucketName) === undefined ? undefined : `${part} of ${bucketIn(request)}`;
}

const GROUPS: Readonly<Record<string, string>> = { AllUsers: "everyone", AuthenticatedUsers: "every AWS account" };

function bucketAcl({ request, eventName }: Call): string | undefined {
  const [canned] = itemsAt(request, "x-amz-acl");
  const grants = Object.entries(request).flatMap(([header, value]) =>
    header.startsWith("x-amz-grant-") ? itemsOf(value).map((grant) => groupIn(grant, header.slice(12))) : [],
  );
  const list = objectAt(objectAt(request, "AccessControlPolicy"), "AccessControlList");
  const listedGrants = objectsAt(list, "Grant").map((grant) =>
    groupIn(objectAt(grant, "Grantee").URI, String(grant.Permission).toLowerCase().replaceAll("_", "-")),
  );
  const open = listed([...grants, ...listedGrants]);
  const acl = said(canned);
  const what = acl ?? (open === undefined ? undefined : `grants ${open}`);
  if (what === undefined) return eventName === "PutBucketAcl" ? bucket(request, "ACL") : undefined;
  return bucket(request, `ACL ${what}`);
}

/** Of a grant to one of AWS's groups: `read to everyone`. */
function groupIn(grant: unknown, permission: string): string | undefined {
  const group = typeof grant === "string" ? /groups\/global\/(\w+)/.exec(grant)?.[1] : undefined;
  const whom = group !== undefined && Object.hasOwn(GROUPS, group) ? GROUPS[group] : undefined;
  return whom === undefined ? undefined : `${said(permission) ?? "access"} to ${whom}`;
}

function publicAccessBlock({ request }: Call, what: string): string {
  const settings = objectAt(request, "PublicAccessBlockConfiguration");
  const all = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];
  const off = all.filter((setting) => flagAt(settings, setting) !== true);
  // Without the settings in the record, all are unknown rather than off.
  if (Object.keys(settings).length === 0) return `${what}: public access block`;
  return `${what}: public access block ${off.length === 0 ? "fully on" : `without ${off.join(", ")}`}`;
}

function lifecycle({ request }: Call): string | undefined {
  const rules = objectsAt(objectAt(request, "LifecycleConfiguration"), "Rule");
  const expiry = rules.flatMap((rule) => said(objectAt(rule, "Expiration").Days) ?? []);
  const days = expiry[0];
  return days === undefined
    ? bucketPart("PutBucketLifecycle", request)
    : bucket(request, `objects expire after ${days} ${days === "1" ? "day" : "days"}`);
}

function replication({ request }: Call): string | undefined {
  const rules = objectsAt(objectAt(request, "ReplicationConfiguration"), "Rule");
  const targets = rules.map((rule) => {
    const { Bucket, Account } = objectAt(rule, "Destination");
    const to = named(Bucket);
    const account = said(Account);
    return to === undefined ? undefined : `bucket ${to}${account === undefined ? "" : ` of account ${account}`}`;
  });
  const to = listed(targets, 2);
  return to === undefined ? bucketPart("PutBucketReplication", request) : bucket(request, `replication to ${to}`);
}

/** Snapshots and images of EC2: `snapshot snap-1 shared with account 444455556666`. */
function shared(kind: string, id: unknown, permission: JsonObject, { account }: Call): string | undefined {
  const name = said(id);
  if (name === undefined) return undefined;
  const whom = (list: string) =>
    listed(
      objectsAt(permission, list).map(({ userId, group, organizationArn, organizationalUnitArn }) => {
        if (group === "all") return "everyone";
        if (userId !== undefined) return principalName(String(userId), account);
        const organization = named(organizationArn);
        if (organization !== undefined) return `organization ${organization}`;
        const unit = named(organizationalUnitArn);
        return unit === undefined ? undefined : `organizational unit ${unit}`;
      }),
    );
  return sharing(`${kind} ${name}`, whom("add"), whom("remove"));
}

function sharedByList(kind: string, id: unknown, { request, account }: Call): string | undefined {
  const name = named(id);
  if (name === undefined) return undefined;
  const whom = (list: string) =>
    listed(itemsAt(request, list).map((value) => (value === "all" ? "everyone" : principalName(value, account))));
  return sharing(`${kind} ${name}`, whom("valuesToAdd"), whom("valuesToRemove"));
}

function sharing(thing: string, added: string | undefined, removed: string | undefined): string {
  if (added !== undefined) return `${thing} shared with ${added}`;
  return removed === undefined ? thing : `${thing} no longer shared with ${removed}`;
}

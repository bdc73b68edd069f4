import { z } from "zod";

/**
 * Which of the resources that most accounts have already is created, used as it is, or taken over.
 *
 * Ids are the provider's: what `terraform import` takes (a trail's is its ARN, a key's its key id).
 */

/** A string that the pattern matches; `allowed` is what the error says. */
function id(allowed: string, pattern: RegExp) {
  return z.custom<string>((value) => typeof value === "string" && pattern.test(value), { error: `takes ${allowed}` });
}

const keyArn = id(
  "a KMS key's ARN such as arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/(mrk-)?[0-9a-f-]{32,36}$/,
);
const keyId = id(
  "a KMS key's id such as 1234abcd-12ab-34cd-56ef-1234567890ab, not its ARN",
  /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/,
);
const bucketName = id("a bucket's name such as my-cloudtrail-logs, not its ARN", /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/);
const trailArn = id(
  "a trail's ARN such as arn:aws:cloudtrail:us-east-1:111122223333:trail/management-events",
  /^arn:aws[a-z-]*:cloudtrail:[a-z0-9-]+:\d{12}:trail\/[A-Za-z0-9][\w.-]{1,126}[A-Za-z0-9]$/,
);
const logGroupName = id("a log group's name such as /aws/cloudtrail/trail, not its ARN", /^[\w./#-]{1,512}$/);
const topicArn = id(
  "a standard topic's ARN such as arn:aws:sns:us-east-1:111122223333:cloudtrail",
  /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
);

/** A statement of the owner's policy, in IAM's JSON, kept beside ours. */
const ownerStatement = z.looseObject(
  {
    Sid: id("letters and digits, without ${", /^[A-Za-z0-9]*$/).optional(),
    Effect: z.enum(["Allow", "Deny"], { error: "takes Allow or Deny" }),
  },
  {
    error:
      'takes a policy statement such as {"Sid": "…", "Effect": "Allow", "Principal": …, "Action": …, "Resource": …}',
  },
);
/** Asked for even where it is empty: a policy is a whole document, and what is not listed here would be lost. */
const ownerStatements = z.array(ownerStatement, {
  error: "takes the list of statements in the resource's policy today, which stay beside ours; [] when none is to stay",
});

/** What of a bucket may not be there yet, and is then created rather than imported. */
export const BUCKET_PARTS = [
  "policy",
  "lifecycle",
  "versioning",
  "encryption",
  "publicAccessBlock",
  "ownership",
] as const;

function choice<T extends readonly [z.ZodObject, ...z.ZodObject[]]>(modes: T) {
  return z
    .discriminatedUnion("mode", modes, {
      error: ({ input }) =>
        typeof input === "object" && input !== null && !Array.isArray(input)
          ? "takes one of: create, existing, adopt"
          : 'takes an object such as {"mode": "adopt", "id": "…"}',
    })
    .default({ mode: "create" } as never);
}

const create = z.strictObject({ mode: z.literal("create") });
const existing = <T extends z.ZodType>(id: T) => z.strictObject({ mode: z.literal("existing"), id });
const adopted = <T extends z.ZodType>(id: T) => z.strictObject({ mode: z.literal("adopt"), id });
const adoptedWithPolicy = <T extends z.ZodType>(id: T) =>
  z.strictObject({ mode: z.literal("adopt"), id, ownerStatements });
const topic = choice([
  create,
  z.strictObject({
    mode: z.literal("existing"),
    id: topicArn,
    /** The key that the topic is encrypted with. */
    keyArn: keyArn.optional(),
  }),
  z.strictObject({
    mode: z.literal("adopt"),
    id: topicArn,
    ownerStatements,
    absent: z.array(z.enum(["policy"], { error: "takes policy" }), { error: "takes a list" }).default([]),
  }),
]);

export const resourcesSchema = z.strictObject(
  {
    archiveKey: choice([create, existing(keyArn), adoptedWithPolicy(keyId)]),
    bucket: choice([
      create,
      existing(bucketName),
      z.strictObject({
        mode: z.literal("adopt"),
        id: bucketName,
        ownerStatements,
        absent: z
          .array(z.enum(BUCKET_PARTS, { error: `takes parts of a bucket: ${BUCKET_PARTS.join(", ")}` }), {
            error: "takes a list of the bucket's parts that are not there yet",
          })
          .default([]),
      }),
    ]),
    trail: choice([create, existing(trailArn), adopted(trailArn)]),
    logGroup: choice([create, existing(logGroupName), adopted(logGroupName)]),
    deliveriesTopic: topic,
    alertsTopic: topic,
    urgentTopic: topic,
  },
  { error: 'takes an object such as {"trail": {"mode": "adopt", "id": "arn:aws:cloudtrail:…"}}' },
);

export type Resources = z.output<typeof resourcesSchema>;
export type ResourceName = keyof Resources;

export const RESOURCE_NAMES = Object.keys(resourcesSchema.shape) as readonly ResourceName[];

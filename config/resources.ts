import * as v from "valibot";
import { closedObject, oneOfKinds } from "./objects";
import { ownerStatements } from "./owner-statements";

/**
 * Which of the resources that most accounts have already is created, used as it is, or taken over.
 *
 * Ids are the provider's: what `terraform import` takes (a trail's is its ARN, a key's its key id).
 */

/** A string that the pattern matches; `allowed` is what the error says. */
function id(allowed: string, pattern: RegExp) {
  return v.custom<string>((value) => typeof value === "string" && pattern.test(value), `must be ${allowed}`);
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
/** At most what CloudTrail takes, and nothing that a policy or a pattern would read as a wildcard. */
const keyPrefix = id(
  "what stands before AWSLogs/ in the log files' keys, such as o-a1b2c3d4e5: letters, digits and !-_.'()=/, without / at either end",
  /^(?=.{1,200}$)[\w!.'()=-]+(\/[\w!.'()=-]+)*$/,
);
const logGroupName = id("a log group's name such as /aws/cloudtrail/trail, not its ARN", /^[\w./#-]{1,512}$/);
const topicArn = id(
  "a standard topic's ARN such as arn:aws:sns:us-east-1:111122223333:cloudtrail",
  /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]{1,256}$/,
);

/** What of a bucket may not be there yet, and is then created rather than imported. */
export const BUCKET_PARTS = [
  "policy",
  "lifecycle",
  "versioning",
  "encryption",
  "publicAccessBlock",
  "ownership",
] as const;

type Modes = Readonly<Record<string, v.GenericSchema>>;

/** `create` unless said otherwise. */
function choice<const T extends Modes>(modes: T) {
  const resource = oneOfKinds("mode", { create, ...modes }, 'an object such as {"mode": "adopt", "id": "…"}');
  return v.optional(resource, { mode: "create" });
}

const create = closedObject({ mode: v.literal("create") });
const existing = <T extends v.GenericSchema>(id: T) => closedObject({ mode: v.literal("existing"), id });
const adopted = <T extends v.GenericSchema>(id: T) => closedObject({ mode: v.literal("adopt"), id });
const adoptedWithPolicy = <T extends v.GenericSchema>(id: T) =>
  closedObject({ mode: v.literal("adopt"), id, ownerStatements });

/** SNS's own key, by id or ARN: only an alias names it. */
const SNS_KEY = /(^|:)alias\/aws\//;

/** @param awsKey what follows from a topic that is encrypted with SNS's own key */
function topic(awsKey: string) {
  const customerKeyArn = v.pipe(
    v.custom<string>((value) => typeof value !== "string" || !SNS_KEY.test(value), `is AWS's own key: ${awsKey}`),
    keyArn,
  );
  return choice({
    existing: closedObject({
      mode: v.literal("existing"),
      id: topicArn,
      /** The key that the topic is encrypted with. */
      keyArn: v.optional(customerKeyArn),
    }),
    adopt: closedObject({
      mode: v.literal("adopt"),
      id: topicArn,
      ownerStatements,
      absent: v.optional(v.array(v.picklist(["policy"], "must be policy"), "must be a list"), []),
    }),
  });
}

const ENCRYPT_ANEW = "have its owner encrypt it with a customer key and name that here, or adopt the topic";

const RESOURCES = {
  archiveKey: choice({ existing: existing(keyArn), adopt: adoptedWithPolicy(keyId) }),
  bucket: choice({
    existing: existing(bucketName),
    adopt: closedObject({
      mode: v.literal("adopt"),
      id: bucketName,
      ownerStatements,
      absent: v.optional(
        v.array(
          v.picklist(BUCKET_PARTS, `must be parts of a bucket: ${BUCKET_PARTS.join(", ")}`),
          "must be a list of the bucket's parts that are not there yet",
        ),
        [],
      ),
    }),
  }),
  trail: choice({
    existing: closedObject({
      mode: v.literal("existing"),
      id: trailArn,
      /** The trail's key prefix. Control Tower's is the organization's id. */
      keyPrefix: v.optional(keyPrefix),
    }),
    adopt: adopted(trailArn),
  }),
  logGroup: choice({ existing: existing(logGroupName), adopt: adopted(logGroupName) }),
  deliveriesTopic: topic(`CloudTrail can't publish to a topic that is encrypted with it; ${ENCRYPT_ANEW}`),
  alertsTopic: topic("the function may publish with it as it is; leave keyArn out"),
  urgentTopic: topic(
    `neither EventBridge nor alarms can publish to a topic that is encrypted with it, so nothing urgent would arrive; ${ENCRYPT_ANEW}`,
  ),
};

export const resourcesSchema = closedObject(
  RESOURCES,
  'an object such as {"trail": {"mode": "adopt", "id": "arn:aws:cloudtrail:…"}}',
);

export type Resources = v.InferOutput<typeof resourcesSchema>;
export type ResourceName = keyof Resources;

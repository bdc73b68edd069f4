import type { Conjunction } from "../../../detection/pattern/conjunctions";
import { asked, textsOf } from "./asked";
import type { PatternProblem } from "./problem";

/**
 * Calls that CloudTrail takes for data events, by service: a trail records them only where its selectors ask for them.
 *
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/logging-data-events-with-cloudtrail.html and the services'
 * own pages that it links to. Not all of them; none that is a management event.
 */
const DATA_EVENTS: Readonly<Record<string, readonly string[]>> = {
  s3: [
    ...["AbortMultipartUpload", "CompleteMultipartUpload", "CopyObject", "CreateMultipartUpload", "DeleteObject"],
    ...[
      "DeleteObjects",
      "DeleteObjectTagging",
      "GetObject",
      "GetObjectAcl",
      "GetObjectAttributes",
      "GetObjectLegalHold",
    ],
    ...["GetObjectRetention", "GetObjectTagging", "GetObjectTorrent", "HeadObject", "ListObjects", "ListObjectsV2"],
    ...["ListObjectVersions", "ListMultipartUploads", "ListParts", "PutObject", "PutObjectAcl", "PutObjectLegalHold"],
    ...[
      "PutObjectRetention",
      "PutObjectTagging",
      "RestoreObject",
      "SelectObjectContent",
      "UploadPart",
      "UploadPartCopy",
    ],
  ],
  lambda: ["Invoke", "InvokeAsync", "InvokeWithResponseStream"],
  dynamodb: [
    ...[
      "BatchExecuteStatement",
      "BatchGetItem",
      "BatchWriteItem",
      "DeleteItem",
      "ExecuteStatement",
      "ExecuteTransaction",
    ],
    ...[
      "GetItem",
      "GetRecords",
      "GetShardIterator",
      "PutItem",
      "Query",
      "Scan",
      "TransactGetItems",
      "TransactWriteItems",
    ],
    "UpdateItem",
  ],
  sns: ["Publish", "PublishBatch"],
  sqs: [
    ...["ChangeMessageVisibility", "ChangeMessageVisibilityBatch", "DeleteMessage", "DeleteMessageBatch"],
    ...["ReceiveMessage", "SendMessage", "SendMessageBatch"],
  ],
  kinesis: ["GetRecords", "GetShardIterator", "PutRecord", "PutRecords", "SubscribeToShard"],
  ebs: ["GetSnapshotBlock", "ListChangedBlocks", "ListSnapshotBlocks", "PutSnapshotBlock"],
  "cognito-identity": ["GetCredentialsForIdentity", "GetId", "GetOpenIdToken", "GetOpenIdTokenForDeveloperIdentity"],
  rdsdata: [
    "BatchExecuteStatement",
    "BeginTransaction",
    "CommitTransaction",
    "ExecuteStatement",
    "RollbackTransaction",
  ],
  ssmmessages: ["OpenControlChannel", "OpenDataChannel"],
  monitoring: ["GetMetricData", "PutMetricData"],
  bedrock: ["InvokeAgent", "InvokeFlow", "InvokeInlineAgent", "Retrieve", "RetrieveAndGenerate"],
};

/** What the trail records of S3's objects: deletions in the log archive, see `constructs/recording/trail.ts`. */
const ARCHIVE = ["DeleteObject", "DeleteObjects", "DeleteObjectTagging"];

/** A pattern of nothing but data events. */
export function dataEventProblems(conjunctions: readonly Conjunction[]): readonly PatternProblem[] {
  return conjunctions.flatMap((conjunction) => {
    const names = textsOf(asked(conjunction, "detail.eventName") ?? []);
    const services = servicesOf(conjunction);
    const data = names.filter(
      (name) =>
        services.length > 0 &&
        services.every((service) => DATA_EVENTS[service]?.includes(name)) &&
        !(services.includes("s3") && ARCHIVE.includes(name) && namesArchive(conjunction)),
    );
    if (data.length === 0) return [];
    const [verb, them] = data.length === 1 ? ["is a data event", "it"] : ["are data events", "them"];
    return [
      {
        field: "detail.eventName",
        severity: "warning",
        message: `asks for detail.eventName ${data.map((name) => JSON.stringify(name)).join(", ")} of ${services.join(" and ")}, which ${verb}: the trail records management events and, of data events, deletions in the log archive alone, so the log files never have ${them}; EventBridge has ${them} only where another trail records ${them}`,
      },
    ];
  });
}

function servicesOf(conjunction: Conjunction): readonly string[] {
  const hosts = textsOf(asked(conjunction, "detail.eventSource") ?? []).map((host) =>
    host.replace(/\.amazonaws\.com.*$/, ""),
  );
  if (hosts.length > 0) return hosts;
  return textsOf(asked(conjunction, "source") ?? []).map((source) => source.replace(/^aws\./, ""));
}

function namesArchive(conjunction: Conjunction): boolean {
  return JSON.stringify(conjunction).includes("{{bucket}}");
}

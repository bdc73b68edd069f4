import type { Detection } from "../detections/detection";
import type { CloudTrailRecord } from "../read/cloudtrail-record";
import { objectAt, textAt } from "../read/json";
import { oneLine } from "./text";

/**
 * How not to be told again, should it have been somebody who is there to deploy the monitor. Undefined where deployers are
 * told of like anybody else, and of those who can't be declared: the root user, services.
 */
export function declareDeployer({ deployers }: Detection, record: CloudTrailRecord): string | undefined {
  if (deployers !== "ignored") return undefined;
  const identity = objectAt(record, "userIdentity");
  const issuer = objectAt(objectAt(identity, "sessionContext"), "sessionIssuer");
  const arn = textAt(issuer, "arn") ?? textAt(identity, "arn") ?? "";
  if (!/^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/.test(arn)) return undefined;
  return `If it was a deployment of the monitor, declare who deploys it, and it is not told again: add "${oneLine(arn, 640)}" to deployers in the configuration, and deploy.`;
}

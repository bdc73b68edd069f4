import type { TerraformResource } from "cdktf";
import type { PolicyStatement } from "./policy-document";
import { policyDocument } from "./policy-document";
import { SynthError } from "./synth-error";
import { literal } from "./terraform-text";

/**
 * Where a resource comes from: we create it, use it as it is, or take it over. Its construct ids are the same in all
 * three, so that a deployment can go from one to another.
 */
export type Origin =
  | { readonly mode: "create" }
  | { readonly mode: "existing"; readonly id: string }
  | {
      readonly mode: "adopt";
      /** What `terraform import` takes. */
      readonly id: string;
      /** Statements of its policy today, which stay beside ours. */
      readonly ownerStatements?: readonly object[];
      /** Parts that are not there yet: they are created rather than imported. */
      readonly absent?: readonly string[];
    };

/**
 * Takes a resource over: Terraform imports it, refuses every plan that would destroy it, and keeps its tags.
 *
 * @param keeps what else of it is its owner's, by Terraform's names: what the configuration has no word for would be removed
 */
export function adopt(origin: Origin, resource: TerraformResource, keeps: readonly string[] = []): void {
  if (origin.mode !== "adopt") return;
  resource.importFrom(origin.id);
  resource.lifecycle = { preventDestroy: true, ignoreChanges: ["tags", "tags_all", ...keeps] };
}

/** How SNS delivers and logs deliveries: its owner's, where a topic is taken over. */
export const TOPIC_KEEPS: readonly string[] = [
  "delivery_policy",
  ...["application", "firehose", "http", "lambda", "sqs"].flatMap((protocol) => [
    `${protocol}_failure_feedback_role_arn`,
    `${protocol}_success_feedback_role_arn`,
    `${protocol}_success_feedback_sample_rate`,
  ]),
];

/**
 * Takes over a part that AWS keeps with the resource and Terraform apart from it, such as its policy.
 *
 * @param part its name in the configuration's `absent`
 */
export function adoptPart(origin: Origin, part: string, resource: TerraformResource): void {
  if (origin.mode === "adopt" && !origin.absent?.includes(part)) resource.importFrom(origin.id);
}

/**
 * The resource's whole policy: the owner's statements as they are, then ours.
 *
 * @throws SynthError when two statements have one Sid: AWS would refuse the policy
 */
export function mergedPolicy(origin: Origin, resource: string, ...ours: readonly PolicyStatement[]): string {
  const theirs = origin.mode === "adopt" ? (origin.ownerStatements ?? []) : [];
  return policyBeside(theirs, `resources.${resource}.ownerStatements`, ...ours);
}

/**
 * A policy of the owner's statements as they are, then ours.
 *
 * @param key where the owner's stand in the configuration
 * @throws SynthError when two statements have one Sid: AWS would refuse the policy
 */
export function policyBeside(theirs: readonly object[], key: string, ...ours: readonly PolicyStatement[]): string {
  const own = new Set(ours.map(({ Sid }) => Sid));
  for (const { Sid } of theirs as readonly { readonly Sid?: string }[]) {
    if (Sid !== undefined && own.has(Sid)) {
      throw new SynthError(
        `${key} has a statement with the Sid "${Sid}", which trailwarden adds itself: leave the statement out if it is the same, else rename it`,
      );
    }
  }
  const kept = theirs.map((statement) => JSON.parse(literal(JSON.stringify(statement))) as PolicyStatement);
  return policyDocument(...kept, ...ours);
}

/** What the owner of a resource that is used as it is has to add to its policy. */
export interface StatementsToAdd {
  /** The resource in the configuration: `bucket`. */
  readonly resource: string;
  readonly id: string;
  readonly statements: readonly PolicyStatement[];
}

/** Only what is needed: that the owner also refuses what comes without TLS is the owner's affair. */
export function statementsToAdd(
  origin: Origin,
  resource: string,
  ...statements: readonly PolicyStatement[]
): readonly StatementsToAdd[] {
  const needed = statements.filter(({ Effect }) => Effect === "Allow");
  return origin.mode === "existing" && needed.length > 0 ? [{ resource, id: origin.id, statements: needed }] : [];
}

// Compares the clone's stack with the sample's, made with the package: compare-package.ts CLONE SAMPLE
import { compareFolders, type Difference } from "./compare-stacks";

/** What `samples/typescript-consumer/main.ts` adds to the stack. */
const OWN = [
  "resource.aws_sns_topic_subscription.TicketsSubscription",
  "resource.aws_sqs_queue.Tickets",
  "resource.aws_sqs_queue_policy.TicketsPolicy",
].map((address) => `trailwarden/cdk.tf.json ${address}`);

/** Of the stack, not of the construct: comments, outputs, backend and provider version are the user's affair. */
const OF_THE_STACK = /^trailwarden\/cdk\.tf\.json (\/\/|output|terraform)(\.|$)/;

function isOwn({ place, ours }: Difference): boolean {
  return ours === undefined && OWN.includes(place);
}

/** What is wrong, a line each: every difference of what the construct makes, and each of the sample's own resources that is missing. */
export function problemsOf(found: readonly Difference[]): readonly string[] {
  const added = found.filter(isOwn).map(({ place }) => place);
  return [
    ...OWN.filter((place) => !added.includes(place)).map((place) => `MISSING ${place}`),
    ...found
      .filter((difference) => !isOwn(difference) && !OF_THE_STACK.test(difference.place))
      .map(
        ({ place, ours, theirs }) =>
          `DIFFERENT ${place}\n  clone   ${JSON.stringify(ours)}\n  package ${JSON.stringify(theirs)}`,
      ),
  ];
}

function main(clone: string, sample: string): void {
  const problems = problemsOf(compareFolders(clone, sample));
  for (const problem of problems) console.error(problem);
  if (problems.length === 0)
    console.log(`package: the clone's resources and zip, and ${OWN.length} resources of the sample's`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

if (require.main === module) main(String(process.argv[2]), String(process.argv[3]));

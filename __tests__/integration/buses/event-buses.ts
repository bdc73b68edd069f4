import { EventBus } from "../../../cli/demo/event-bus";
import type { Rule } from "../../../cli/demo/synthesized-stack";
import type { EventEnvelope } from "../../../detection/events/envelope";
import { isAllowed, type Policy, type Request, verdict } from "../../constructs/organization/evaluate-policy";

/** A rule as it is deployed, with what EventBridge needs to follow its targets. */
export interface DeployedRule extends Omit<Rule, "targets"> {
  readonly targets: readonly (Rule["targets"][number] & {
    readonly roleArn?: string;
    readonly deadLetterArn?: string;
  })[];
}

/** The rules of one account's default bus in one region. */
export interface DeployedBus {
  readonly account: string;
  readonly region: string;
  readonly rules: readonly DeployedRule[];
  /** Who may put events there, besides its own account; absent: nobody. */
  readonly policy?: Policy;
}

/** A role's trust and what it may do. */
export interface DeployedRole {
  readonly trust: Policy;
  readonly policy: Policy;
}

export interface Surroundings {
  readonly buses: readonly DeployedBus[];
  readonly roles: ReadonlyMap<string, DeployedRole>;
  /** Of queues that take dead letters, by ARN. */
  readonly queuePolicies: ReadonlyMap<string, Policy>;
  /** Which accounts belong to an organization. */
  readonly organizationOf: (account: string) => string | undefined;
}

/** What becomes of an event. */
export interface Course {
  /** What targets other than buses get. */
  readonly deliveries: readonly { readonly targetArn: string; readonly body: string }[];
  /** How often a rule passed it to another bus, which took it. */
  readonly forwarded: number;
  /** What was not taken: it lies in these queues. */
  readonly deadLetters: readonly { readonly queueArn: string; readonly body: string; readonly reason: string }[];
  /** Third buses that a rule would have passed it to: EventBridge never does. */
  readonly thirdBusHops: number;
}

/**
 * EventBridge of several accounts and regions. An event that comes from another bus goes to no third one; who may put it there is
 * decided by the target's role and the bus's policy; what is refused goes to the rule's dead letters.
 *
 * Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-region.html,
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html and
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export class EventBuses {
  readonly #buses: ReadonlyMap<string, { readonly deployed: DeployedBus; readonly matching: EventBus }>;

  constructor(private readonly around: Surroundings) {
    this.#buses = new Map(
      around.buses.map((deployed) => [
        busArn(deployed),
        { deployed, matching: new EventBus(deployed.rules, [deployed.region]) },
      ]),
    );
  }

  /** CloudTrail hands an event to the bus of its account and region. */
  happen(event: EventEnvelope): Course {
    const own = this.#buses.get(busArn(event));
    return own?.matching.carries(event) ? this.#put(event, own.deployed, own.matching, false) : NOTHING;
  }

  #put(event: EventEnvelope, bus: DeployedBus, matching: EventBus, isForwarded: boolean): Course {
    const courses = matching.put(event).map(({ rule: name, targetArn, body }): Course => {
      const target = this.#busAt(targetArn);
      if (!target && !targetArn.includes(":event-bus/")) return { ...NOTHING, deliveries: [{ targetArn, body }] };
      if (isForwarded) return { ...NOTHING, thirdBusHops: 1 };
      const rule = { name, arn: `arn:aws:events:${bus.region}:${bus.account}:rule/${name}` };
      const { roleArn, deadLetterArn } =
        bus.rules.find((each) => each.name === name)?.targets.find(({ arn }) => arn === targetArn) ?? {};
      const refusal = target ? this.#refusal(event, bus, rule.arn, target.deployed, roleArn) : "there is no such bus";
      if (target && refusal === undefined) {
        const course = this.#put(event, target.deployed, target.matching, true);
        return { ...course, forwarded: course.forwarded + 1 };
      }
      return this.#undelivered(bus, rule.arn, deadLetterArn, body, refusal ?? "");
    });
    return {
      deliveries: courses.flatMap(({ deliveries }) => deliveries),
      forwarded: sum(courses.map(({ forwarded }) => forwarded)),
      deadLetters: courses.flatMap(({ deadLetters }) => deadLetters),
      thirdBusHops: sum(courses.map(({ thirdBusHops }) => thirdBusHops)),
    };
  }

  #busAt(arn: string) {
    return this.#buses.get(arn);
  }

  /** Why the bus doesn't take the event; undefined: it does. */
  #refusal(
    event: EventEnvelope,
    { account }: DeployedBus,
    ruleArn: string,
    target: DeployedBus,
    roleArn: string | undefined,
  ): string | undefined {
    const role = roleArn === undefined ? undefined : this.around.roles.get(roleArn);
    if (roleArn === undefined || !role) return `the target has no role: ${roleArn}`;
    const assume: Request = {
      principal: { account, arn: "", service: "events.amazonaws.com" },
      action: "sts:AssumeRole",
      resource: roleArn,
      owner: account,
      context: { "aws:SourceArn": ruleArn, "aws:SourceAccount": account },
    };
    if (verdict(assume, role.trust, true) !== "Allow") return `${ruleArn} may not assume ${roleArn}`;
    const organization = this.around.organizationOf(account);
    const put: Request = {
      principal: { account, arn: roleArn },
      action: "events:PutEvents",
      resource: busArn(target),
      owner: target.account,
      context: {
        "aws:PrincipalArn": roleArn,
        ...(organization !== undefined && { "aws:PrincipalOrgID": organization }),
        "events:eventBusInvocation": "true",
        "events:source": [event.source],
        "events:detail-type": [event["detail-type"]],
      },
    };
    return isAllowed(put, role.policy, target.policy) ? undefined : `${roleArn} may not put events`;
  }

  /** @throws Error when it is lost */
  #undelivered(bus: DeployedBus, ruleArn: string, queueArn: string | undefined, body: string, reason: string): Course {
    const lost = (why: string) => new Error(`${ruleArn} loses an event (${reason}): ${why}`);
    if (queueArn === undefined) throw lost("it has no dead letters");
    const [, , , region, account = ""] = queueArn.split(":");
    if (region !== bus.region) throw lost(`its dead letters lie in ${region}`);
    const send: Request = {
      principal: { account: bus.account, arn: "", service: "events.amazonaws.com" },
      action: "sqs:SendMessage",
      resource: queueArn,
      owner: account,
      context: { "aws:SourceArn": ruleArn, "aws:SecureTransport": "true" },
    };
    if (verdict(send, this.around.queuePolicies.get(queueArn), true) !== "Allow") throw lost("the queue refuses it");
    return { ...NOTHING, deadLetters: [{ queueArn, body, reason }] };
  }
}

const NOTHING: Course = { deliveries: [], forwarded: 0, deadLetters: [], thirdBusHops: 0 };

function busArn({ account, region }: { readonly account: string; readonly region: string }): string {
  return `arn:aws:events:${region}:${account}:event-bus/default`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

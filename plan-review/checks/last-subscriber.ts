import type { Check } from "../evaluation/check";
import type { Change } from "../plan/plan";
import { at, isEmpty, UNKNOWN } from "../plan/values";

const SUBSCRIPTION = "aws_sns_topic_subscription";

export const lastSubscriber: Check = {
  id: "last-subscriber",
  title: "Topic loses its last subscriber",
  why: "A topic without subscribers accepts every alert and delivers none. Publishing to it causes no error.",
  remediation: "Add and confirm another subscription first. Then remove the old one.",
  looksAt: { [SUBSCRIPTION]: ["topic_arn"] },
  limits: "Indeterminate: a new subscription whose topic is not known yet, because it counts for every topic.",
  evaluate: (change, { monitoring, changes, subscriptions }) => {
    const topic = change.before?.topic_arn;
    if (change.action !== "delete" || isEmpty(topic)) return [];
    const topics = monitoring.referred(change.address, "aws_sns_topic");
    if (topics.length > 0 && topics.every((address) => changes.get(address)?.action === "delete")) return [];
    if (subscriptions.some((other) => stays(other, topic))) return [];
    const created = subscriptions.filter(({ after }) => after !== undefined && at(after, "topic_arn") === UNKNOWN);
    const subscribed = created.filter(({ address }) =>
      topics.some((topic) => monitoring.referred(address, "aws_sns_topic").includes(topic)),
    );
    if (subscribed.length > 0) return [];
    const unresolved = created.some(({ address }) => monitoring.referred(address, "aws_sns_topic").length === 0);
    return unresolved
      ? [
          {
            weakens: false,
            what: "The topic loses its last subscriber, unless a new subscription, whose topic is known only after apply, is for it",
          },
        ]
      : [{ weakens: true, what: "The topic loses its last subscriber, so its alerts reach no one" }];
  },
};

function stays({ action, before, after }: Change, topic: unknown): boolean {
  return action === "no-op" ? before?.topic_arn === topic : after?.topic_arn === topic;
}

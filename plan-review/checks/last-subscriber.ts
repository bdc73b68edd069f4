import type { Change } from "../plan/plan";
import { at, isEmpty, UNKNOWN } from "../plan/values";
import type { Check } from "./check";

const SUBSCRIPTION = "aws_sns_topic_subscription";

export const lastSubscriber: Check = {
  id: "last-subscriber",
  title: "A topic whose last subscriber goes",
  why: "A topic without subscribers takes every alert and tells nobody; publishing to it is no error.",
  mend: "Subscribe somebody else first, confirm it, and then take the old subscription away.",
  looksAt: { [SUBSCRIPTION]: ["topic_arn"] },
  unknown: "a new subscription whose topic can't be told counts for every topic: then it says that it cannot tell",
  judge: (change, { monitoring, changes, subscriptions }) => {
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
    const untold = created.some(({ address }) => monitoring.referred(address, "aws_sns_topic").length === 0);
    return untold
      ? [
          {
            weakens: false,
            what: "The topic's last subscriber goes, unless a new subscription, of which the plan does not know the topic yet, is for it",
          },
        ]
      : [{ weakens: true, what: "The topic's last subscriber goes: from now on it tells nobody" }];
  },
};

function stays({ action, before, after }: Change, topic: unknown): boolean {
  return action === "no-op" ? before?.topic_arn === topic : after?.topic_arn === topic;
}

import { about, indeterminate, pair } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import type { PlanContext } from "../evaluation/context";
import { hasUnknown, isEmpty, UNKNOWN } from "../plan/values";

const TOPICS = "sns_topic_arns";
/** Which channel it is. */
const CHANNELS: Readonly<Record<string, readonly string[]>> = {
  aws_chatbot_slack_channel_configuration: ["slack_team_id", "slack_channel_id"],
  aws_chatbot_teams_channel_configuration: ["tenant_id", "team_id", "channel_id"],
};

export const chatChannel: Check = {
  id: "chat-channel",
  title: "Chat channel receives no more alerts",
  why: "People who read alerts in a chat do not look elsewhere, and an empty channel looks normal.",
  remediation: "Keep the topic in `sns_topic_arns`. To move to another channel, send to both for a while.",
  looksAt: Object.fromEntries(Object.entries(CHANNELS).map(([type, names]) => [type, [TOPICS, ...names]])),
  evaluate: (change, { arns, gone }: PlanContext) => {
    const sides = pair(change);
    if (!sides) return [];
    const [was, is] = [sides.before[TOPICS], sides.after[TOPICS]];
    const watched = arns.get("aws_sns_topic") ?? [];
    const sent = Array.isArray(was) ? was.filter((arn) => watched.includes(String(arn)) && !gone.has(String(arn))) : [];
    const left: readonly unknown[] = Array.isArray(is) ? is : [];
    const lost = sent.some((arn) => !left.includes(arn));
    const moved = (CHANNELS[change.type] ?? []).filter(
      (name) => !isEmpty(sides.before[name]) && sides.before[name] !== sides.after[name],
    );
    return [
      ...(lost && hasUnknown(is) ? [indeterminate(change, [TOPICS])] : []),
      ...(lost && !hasUnknown(is) ? [about(change, [TOPICS], true, "The channel no longer receives alerts")] : []),
      ...moved.map((name) =>
        sides.after[name] === UNKNOWN
          ? indeterminate(change, [name])
          : about(change, [name], true, "Alerts go to another channel"),
      ),
    ];
  },
};

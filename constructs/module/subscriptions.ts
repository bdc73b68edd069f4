import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import type { Construct } from "constructs";
import {
  attribute,
  binary,
  call,
  conditional,
  type Expression,
  forEach,
  literal,
  literals,
  name,
  text,
} from "../../config/hcl/expression";
import { jsonExpression } from "../../config/hcl/print";
import { SEVERITIES } from "../../detection/definition/detection";
import type { SubscribersProps } from "../messaging/subscribers";
import { variableOf } from "./variables";

const MIN_SEVERITY = '(try(each.value.min_severity, null) == null ? "medium" : each.value.min_severity)';
const ACCOUNTS = "try(each.value.accounts, null)";
/** Of severities those from the minimum upwards, or none for the lowest; of accounts those that are given. */
const FIELDS = `{ severity = ${MIN_SEVERITY} == "low" ? null : slice(${JSON.stringify(SEVERITIES)}, 0, index(${JSON.stringify(SEVERITIES)}, ${MIN_SEVERITY}) + 1), account = ${ACCOUNTS} }`;
const UNFILTERED = `${MIN_SEVERITY} == "low" && ${ACCOUNTS} == null`;
const FILTER = `\${${UNFILTERED} ? null : jsonencode({ for field, values in ${FIELDS} : field => values if values != null })}`;

/** Subscribes the entries of the variable `subscribers` to both topics. */
export function subscribe(scope: Construct, props: Omit<SubscribersProps, "subscribers">): void {
  const common = {
    protocol: "${each.value.protocol}",
    endpoint: "${each.value.endpoint}",
    redrivePolicy: JSON.stringify({ deadLetterTargetArn: props.deadLetterArn }),
  };
  const alerts = new SnsTopicSubscription(scope, "SubscribersAlerts", { ...common, topicArn: props.alertsTopicArn });
  alerts.addOverride("filter_policy", FILTER);
  alerts.addOverride("filter_policy_scope", `\${${UNFILTERED} ? null : "MessageAttributes"}`);
  const urgent = new SnsTopicSubscription(scope, "SubscribersUrgent", { ...common, topicArn: props.urgentTopicArn });
  for (const subscription of [alerts, urgent]) {
    subscription.addOverride("for_each", jsonExpression(subscribersByKey(variableOf("subscribers"))));
  }
}

/**
 * The entries by the keys of their subscriptions, which Terraform must know when it plans: a map's own keys; in a list
 * `email:ADDRESS` and `sms:NUMBER`, which are known and mustn't move, or people had to confirm again; of the others, whose
 * address may still be to be made, their place among those of their protocol: `sqs:0`.
 */
export function subscribersByKey(subscribers: Expression): Expression {
  const entry = name("entry");
  const place = name("place");
  const protocol = attribute(entry, "protocol");
  const before = forEach({
    key: "other",
    value: "earlier",
    among: subscribers,
    give: name("other"),
    where: binary(
      binary(attribute(name("earlier"), "protocol"), "==", protocol),
      "&&",
      binary(name("other"), "<", place),
    ),
  });
  const isMapKey = call("startswith", call("jsonencode", place), literal('"'));
  const key = conditional(
    isMapKey,
    place,
    conditional(
      call("contains", literals(["email", "sms"]), protocol),
      text(protocol, ":", attribute(entry, "endpoint")),
      text(protocol, ":", call("length", before)),
    ),
  );
  return forEach({ key: "place", value: "entry", among: subscribers, under: key, give: entry });
}

import type { Construct } from "constructs";
import { namesOf } from "../../config/names";
import type { Config } from "../../config/schema";
import type { Deployment } from "../deployment/deployment";
import { type StatementsToAdd, statementsToAdd } from "../deployment/origin";
import type { PolicyStatement } from "../deployment/policy-document";
import { undeliveredName } from "../watching/alarms";
import { AlertsKey, urgentPublishers } from "./alerts-key";
import { PeopleTopic } from "./people-topic";

export interface AlertTopics {
  /** Topic of the alerts that the function publishes. */
  readonly alerts: PeopleTopic;
  /** Topic of the alerts that EventBridge and CloudWatch publish. */
  readonly urgent: PeopleTopic;
  readonly key: AlertsKey;
  readonly statementsToAdd: readonly StatementsToAdd[];
}

/** The two topics that people subscribe to, and their key. */
export function addAlertTopics(scope: Construct, deployment: Deployment, config: Config): AlertTopics {
  const names = namesOf(config);
  const { alertsTopic, urgentTopic } = config.resources;
  const key = new AlertsKey(scope, "AlertsKey", { deployment });
  const alerts = new PeopleTopic(scope, "AlertsTopic", {
    role: "alertsTopic",
    origin: alertsTopic,
    topicName: names.alertsTopicName,
    displayName: "trailwarden",
    keyArn: key.arn,
    publishers: [
      {
        sid: "AlarmPublishes",
        service: "cloudwatch.amazonaws.com",
        condition: {
          ArnEquals: {
            "aws:SourceArn": deployment.arn("cloudwatch", `alarm:${undeliveredName("urgent", deployment)}`),
          },
        },
      },
    ],
  });
  const urgent = new PeopleTopic(scope, "UrgentTopic", {
    role: "urgentTopic",
    origin: urgentTopic,
    topicName: names.urgentTopicName,
    displayName: "trailwarden",
    keyArn: key.arn,
    publishers: [
      { sid: "EventBridgePublishes", service: "events.amazonaws.com" },
      {
        sid: "AlarmsPublish",
        service: "cloudwatch.amazonaws.com",
        condition: { ArnLike: { "aws:SourceArn": deployment.arn("cloudwatch", `alarm:${deployment.name("*")}`) } },
      },
    ],
  });
  const publishers = urgentPublishers(deployment);
  const alarms = publishers.filter(({ Sid }) => Sid === "AlarmsPublish");
  return {
    alerts,
    urgent,
    key,
    statementsToAdd: [
      ...alerts.statementsToAdd,
      ...urgent.statementsToAdd,
      ...keyStatements("alertsTopic", alertsTopic, alarms),
      ...keyStatements("urgentTopic", urgentTopic, publishers),
    ],
  };
}

/** What the owner of a topic that is used as it is has to add to the policy of that topic's key. */
function keyStatements(
  role: "alertsTopic" | "urgentTopic",
  topic: Config["resources"]["alertsTopic"],
  publishers: readonly PolicyStatement[],
): readonly StatementsToAdd[] {
  if (topic.mode !== "existing" || topic.keyArn === undefined) return [];
  return statementsToAdd({ mode: "existing", id: topic.keyArn }, `${role}.keyArn`, ...publishers);
}

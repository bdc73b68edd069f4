import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import { Construct } from "constructs";
import type { Deployment } from "../deployment/deployment";
import { assumeRolePolicy, policyDocument } from "../deployment/policy-document";

/** The most tries that Scheduler makes; the age that a message may reach ends them first. */
const MAX_TRIES = 185;

/** What is sent when: a message that could not be sent is tried again until the next one is due. */
const SCHEDULES = {
  CloseWindows: {
    name: "close-windows",
    description: "Triggers the summaries of grouped events",
    expression: "rate(5 minutes)",
    secondsToTheNext: 300,
  },
  SendDigest: {
    name: "send-digest",
    description: "Triggers the daily digest",
    expression: "cron(0 7 * * ? *)",
    secondsToTheNext: 86_400,
  },
} as const;

/** What is sent to the notifier, where there is one. */
const POLL_CHANNELS = {
  name: "poll-channels",
  description: "Triggers what channels are asked for: acknowledgements and escalations",
  expression: "rate(5 minutes)",
  secondsToTheNext: 300,
} as const;

interface Schedule {
  readonly name: string;
  readonly description: string;
  readonly expression: string;
  readonly secondsToTheNext: number;
  readonly queueArn: string;
}

export interface SchedulesProps {
  readonly deployment: Deployment;
  /** ARN of the queue that the messages go to. */
  readonly queueArn: string;
  /** ARN of the notifier's queue; undefined where there is none. */
  readonly channelQueueArn: string | undefined;
  /** ARN of the queue that takes what could not be sent. */
  readonly deadLetterArn: string;
  /** ARN of the key that encrypts the messages until they are sent. */
  readonly keyArn: string;
}

/**
 * Sends to the function on schedule, through the queue that it reads anyway: `{"trailwarden":"close-windows"}` every five
 * minutes, `{"trailwarden":"send-digest"}` at 07:00 UTC. Where there is a notifier, `{"trailwarden":"poll-channels"}` goes to its
 * queue every five minutes.
 *
 * The group is there for the role's trust policy: of what Scheduler sends as the source, a group is the narrowest that
 * may stand there.
 *
 * Source: https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html,
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/configuring-schedule-dlq.html,
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/encryption-rest.html
 */
export class Schedules extends Construct {
  readonly groupName: string;

  constructor(scope: Construct, id: string, props: SchedulesProps) {
    super(scope, id);
    const { deployment, queueArn, channelQueueArn, deadLetterArn, keyArn } = props;
    const schedules: readonly (readonly [id: string, schedule: Schedule])[] = [
      ...Object.entries(SCHEDULES).map(([id, schedule]) => [id, { ...schedule, queueArn }] as const),
      ...(channelQueueArn === undefined
        ? []
        : [["PollChannels", { ...POLL_CHANNELS, queueArn: channelQueueArn }] as const]),
    ];
    const groupName = deployment.name("schedules");
    const group = new SchedulerScheduleGroup(this, "Group", { name: groupName });
    this.groupName = group.name;
    const role = new IamRole(this, "Role", {
      // IAM is global: with the region, deployments in two regions don't collide.
      name: `${groupName}-${deployment.region}`,
      description: "EventBridge Scheduler sends messages to the events queue",
      assumeRolePolicy: assumeRolePolicy("scheduler.amazonaws.com", {
        StringEquals: {
          "aws:SourceAccount": deployment.account,
          "aws:SourceArn": deployment.arn("scheduler", `schedule-group/${groupName}`),
        },
      }),
      ...deployment.roles,
    });
    const permissions = new IamRolePolicy(this, "RolePolicy", {
      name: "send-to-events-queue",
      role: role.name,
      policy: policyDocument(
        {
          Sid: "SendMessages",
          Effect: "Allow",
          Action: "sqs:SendMessage",
          Resource: channelQueueArn === undefined ? queueArn : [queueArn, channelQueueArn],
        },
        { Sid: "KeepUnsentMessages", Effect: "Allow", Action: "sqs:SendMessage", Resource: deadLetterArn },
        {
          Sid: "DecryptMessages",
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: keyArn,
          Condition: {
            StringEquals: {
              "kms:EncryptionContext:aws:scheduler:schedule:arn": schedules.map(([, { name }]) =>
                deployment.arn("scheduler", `schedule/${groupName}/${deployment.name(name)}`),
              ),
            },
          },
        },
      ),
    });
    for (const [scheduleId, { name, description, expression, secondsToTheNext, queueArn }] of schedules) {
      new SchedulerSchedule(this, scheduleId, {
        name: deployment.name(name),
        description,
        groupName: group.name,
        scheduleExpression: expression,
        scheduleExpressionTimezone: "UTC",
        flexibleTimeWindow: { mode: "OFF" },
        kmsKeyArn: keyArn,
        target: {
          arn: queueArn,
          roleArn: role.arn,
          input: JSON.stringify({ trailwarden: name }),
          retryPolicy: { maximumEventAgeInSeconds: secondsToTheNext, maximumRetryAttempts: MAX_TRIES },
          deadLetterConfig: { arn: deadLetterArn },
        },
        dependsOn: [permissions],
      });
    }
  }
}

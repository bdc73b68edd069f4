import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { statements } from "../../../assertions/policy-statements";
import { theResource } from "../../../assertions/resources";
import { NOTIFIER_ENTRY_POINTS } from "../../../tools/packaging/bundle";
import { sourcesOf } from "../../lambda-src/sources-of";
import { REPOSITORY } from "../../repository";
import { CHANNELS, synthesizeStack } from "../synthesize-stack";

/** What the calls of the notifier's code need. */
const ACTION_OF: Readonly<Record<string, string>> = {
  BatchImportFindingsCommand: "securityhub:BatchImportFindings",
  ChangeMessageVisibilityCommand: "sqs:ChangeMessageVisibility",
  GetItemCommand: "dynamodb:GetItem",
  GetParameterCommand: "ssm:GetParameter",
  GetSecretValueCommand: "secretsmanager:GetSecretValue",
  PublishCommand: "sns:Publish",
  PutItemCommand: "dynamodb:PutItem",
  QueryCommand: "dynamodb:Query",
  SendMessageCommand: "sqs:SendMessage",
  UpdateItemCommand: "dynamodb:UpdateItem",
};

/** What Lambda does with the role, and what keys need. */
const BESIDES = [
  ...["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
  ...["logs:CreateLogStream", "logs:PutLogEvents"],
  ...["kms:Decrypt", "kms:GenerateDataKey"],
];

const commands = sourcesOf(Object.values(NOTIFIER_ENTRY_POINTS)).flatMap((file) =>
  [...readFileSync(join(REPOSITORY, file), "utf8").matchAll(/\bnew (\w+Command)\(/g)].map(([, name]) => String(name)),
);

test("the notifier's calls have an action each in the table, which has no other", () => {
  expect([...new Set(commands)].sort()).toEqual(Object.keys(ACTION_OF));
});

test("its role may do what its code and Lambda do with it: nothing is missing, nothing is spare", () => {
  const stack = synthesizeStack({}, { unchecked: { channels: CHANNELS } });
  const policy = theResource(stack, "aws_iam_role_policy", "Notifier_RolePolicy");
  const allowed = new Set(statements(policy).flatMap(({ actions }) => actions));

  expect([...allowed].sort()).toEqual([...Object.values(ACTION_OF), ...BESIDES].sort());
});

import { ACCOUNT_ID } from "../../../detection/events/account-id";
import type { Condition } from "../../../detection/pattern/condition";
import { REGION } from "../../regions";
import { textsOf } from "./asked";

/** Texts that the field never has, whatever the event. */
export function formProblems(field: string, conditions: readonly Condition[]): readonly string[] {
  const form = FORMS[field];
  if (!form) return [];
  // A placeholder stands for something sound.
  const wrong = textsOf(conditions).filter((text) => !text.includes("{{") && !form.pattern.test(text));
  return wrong.map((text) => form.instead(text));
}

interface Form {
  readonly pattern: RegExp;
  /** What to write instead of a text that is not of the form. */
  readonly instead: (text: string) => string;
}

const ACCOUNT: Form = { pattern: ACCOUNT_ID, instead: () => "an account id has 12 digits" };

const FORMS: Readonly<Record<string, Form>> = {
  account: ACCOUNT,
  region: { pattern: REGION, instead: () => "it is a region such as us-east-1" },
  "detail.recipientAccountId": ACCOUNT,
  // Of sources that are not AWS's, the check of what a pattern pins speaks.
  source: {
    pattern: /^(?!aws\.)|^aws\.(?!.*\.amazonaws\.com)[a-z0-9.-]+$/,
    instead: (text) =>
      `it is "aws." and the service's name in lower case; write ${JSON.stringify(
        `aws.${text
          .trim()
          .toLowerCase()
          .replace(/^aws\./, "")
          .replace(/\.amazonaws.*$/, "")}`,
      )}`,
  },
  "detail.eventSource": {
    pattern: /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/,
    instead: (text) =>
      `CloudTrail writes the service's host name there; write ${JSON.stringify(
        `${text
          .trim()
          .toLowerCase()
          .replace(/^aws\./, "")
          .replace(/\.amazonaws.*$/, "")}.amazonaws.com`,
      )}`,
  },
  "detail.eventName": {
    pattern: /^(?![a-z0-9-]+:)\S(.*\S)?$/,
    instead: (text) =>
      `CloudTrail writes the call's name alone there; write ${JSON.stringify(text.replace(/^[^:]*:/, "").trim())}`,
  },
};

/** Names of calls that begin with a small letter, as SDKs write them; too few do in CloudTrail to be certain. */
export function smallNameProblems(field: string, conditions: readonly Condition[]): readonly string[] {
  if (field !== "detail.eventName") return [];
  return textsOf(conditions)
    .filter((text) => /^[a-z]+([A-Z]\w*)?$/.test(text))
    .map((text) => {
      const inEachWord = /[A-Z]/.test(text)
        ? `; write ${JSON.stringify(`${text[0]?.toUpperCase()}${text.slice(1)}`)}`
        : "";
      return `names of calls begin each word with a capital letter, and no other spelling matches${inEachWord}`;
    });
}

/** What services are called elsewhere, and what CloudTrail calls them. */
const ALIASES: Readonly<Record<string, string>> = {
  apigatewayv2: "apigateway",
  certificatemanager: "acm",
  cloudwatch: "monitoring",
  cloudwatchlogs: "logs",
  cognito: "cognito-idp",
  directoryservice: "ds",
  efs: "elasticfilesystem",
  elb: "elasticloadbalancing",
  elbv2: "elasticloadbalancing",
  emr: "elasticmapreduce",
  eventbridge: "events",
  identitycenter: "sso",
  msk: "kafka",
  opensearch: "es",
  s3control: "s3",
  "sso-admin": "sso",
  stepfunctions: "states",
  systemsmanager: "ssm",
  vpc: "ec2",
};

/** What stands before and after a service's name. */
const SPELLINGS: Readonly<Record<string, readonly [before: string, after: string]>> = {
  source: ["aws.", ""],
  "detail.eventSource": ["", ".amazonaws.com"],
};

/** Names that a service has elsewhere. */
export function aliasProblems(field: string, conditions: readonly Condition[]): readonly string[] {
  const [before, after] = SPELLINGS[field] ?? [];
  if (before === undefined || after === undefined) return [];
  return Object.entries(ALIASES).flatMap(([alias, name]) =>
    textsOf(conditions).includes(`${before}${alias}${after}`)
      ? [`CloudTrail's records of this service have another name; write ${JSON.stringify(`${before}${name}${after}`)}`]
      : [],
  );
}

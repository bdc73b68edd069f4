import * as v from "valibot";
import { SEVERITIES } from "../detection/definition/detection";
import { accounts as accountIds } from "./account-scope";
import { UNDELIVERABLE } from "./https-endpoint";
import { closedObject, oneOfKinds } from "./objects";
import { ARN_PARTITION, ARN_REGION } from "./regions";
import { type ListRule, ruled, ruleOf } from "./rule";
import { matching, oneOf } from "./values";

const PORT = "(6553[0-5]|655[0-2]\\d|65[0-4]\\d\\d|6[0-4]\\d{3}|[1-5]\\d{4}|\\d{1,4})";
const OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const LABEL = "\\w([\\w-]*\\w)?";
const HOST = `((${LABEL}\\.)*[A-Za-z_]([\\w-]*\\w)?|${OCTET}(\\.${OCTET}){3})`;
/** Of printable ASCII, without quotes and backslashes. */
const HTTPS_URL = [/^[!#-[\]-~]*$/, new RegExp(`^https://([^/?#@]*@)?${HOST}(:${PORT})?([/?#]|$)`)];
/** Terraform's interpolation. */
const INTERPOLATION = /[$%]\{/;

const minSeverity = v.optional(oneOf(SEVERITIES, "the minimum severity on the alerts topic"), "medium");

/** Accounts that fit into a filter policy of SNS beside three severities: it takes 150 combinations. Source: SNS's quotas. */
const MOST_ACCOUNTS = 50;

const accounts = v.optional(
  ruled(
    v.pipe(accountIds, v.maxLength(MOST_ACCOUNTS, `must be at most ${MOST_ACCOUNTS} account ids`)),
    ruleOf(accountIds) as ListRule,
  ),
);

/** Where alerts are sent to. */
export const subscriber = oneOfKinds(
  "protocol",
  {
    email: closedObject({
      protocol: v.literal("email"),
      // valibot's own pattern refuses o'brien@example.com.
      endpoint: matching("an email address such as oncall@example.com", [
        /^[\w'+.@-]{1,254}$/,
        /^([\w'+-]+\.)*[\w'+-]*[\w+-]@([A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/,
      ]),
      minSeverity,
      accounts,
    }),
    sms: closedObject({
      protocol: v.literal("sms"),
      endpoint: matching("a phone number in E.164 form such as +15555550100", /^\+[1-9]\d{6,14}$/),
      minSeverity,
      accounts,
    }),
    https: closedObject({
      protocol: v.literal("https"),
      endpoint: matching(
        "an https:// address such as https://siem.example.com/alerts",
        HTTPS_URL,
        [INTERPOLATION, ...UNDELIVERABLE],
        // Knows which internationalized names there can be.
        { beyond: (url) => URL.canParse(url) },
      ),
      minSeverity,
      accounts,
    }),
    sqs: closedObject({
      protocol: v.literal("sqs"),
      endpoint: matching(
        "a queue's ARN such as arn:aws:sqs:us-east-1:111122223333:alerts",
        new RegExp(`^arn:${ARN_PARTITION}:sqs:${ARN_REGION}:\\d{12}:[\\w-]{1,80}(\\.fifo)?$`),
        [{ pattern: /\.fifo$/, problem: "must be a standard queue: a standard topic can't send to a FIFO queue" }],
      ),
      minSeverity,
      accounts,
    }),
  },
  'an object such as {"protocol": "email", "endpoint": "oncall@example.com", "minSeverity": "high"}',
);

// Over 250 lines: one table of wrong values, key by key.
import { describe, expect, test } from "@jest/globals";
import { loadDeployable } from "../../constructs/deployable/load-deployable";
import { LEAST, withFolder } from "./custom-detections/folder";
import { problemsOf } from "./problem-lines";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const answerable = { owner: "ops@example.com", reason: "known", expires: "2026-12-31" };
const suppression = {
  id: "known-scan",
  detections: ["unauthorized-calls"],
  pattern: { detail: { eventName: ["DescribeInstances"] } },
  ...answerable,
};

/** What is wrong with a context, beside which a folder of detections may lie. */
function problems(context: object, detections: Readonly<Record<string, unknown>> = {}): readonly string[] {
  return withFolder(detections, (folder) => {
    const given = Object.keys(detections).length > 0 ? { ...context, detectionsFolder: folder } : context;
    return problemsOf(() => loadDeployable({ CDKTF_CONTEXT_JSON: JSON.stringify(given) }, NOW)).map((line) =>
      line.replaceAll(`${folder}/`, "").replaceAll(" (from the context)", ""),
    );
  });
}

type Case = readonly [what: string, context: object, ...lines: readonly RegExp[]];

const topic = (name: string, account = "111122223333") => `arn:aws:sns:us-east-1:${account}:${name}`;
const queue = (account: string, region = "us-east-1") => `arn:aws:sqs:${region}:${account}:alerts`;
const https = (endpoint: string) => ({ subscribers: [{ protocol: "https", endpoint }] });

describe("regions", () => {
  const UNSUPPORTED = (name: string) =>
    new RegExp(`^region is "[a-z0-9-]+": lies in .*\\(${name}\\), which isn't supported yet; .*aws-us-gov`);

  test.each<Case>([
    ["China's", { region: "cn-north-1" }, /China's partition \(aws-cn\), which isn't supported yet/],
    ["China's other", { region: "cn-northwest-1" }, UNSUPPORTED("aws-cn")],
    ["of the European Sovereign Cloud", { region: "eusc-de-east-1" }, UNSUPPORTED("aws-eusc")],
    ["isolated", { region: "us-iso-east-1" }, UNSUPPORTED("aws-iso")],
    ["isolated, secret", { region: "us-isob-east-1" }, UNSUPPORTED("aws-iso-b")],
    ["isolated, in Europe", { region: "eu-isoe-west-1" }, UNSUPPORTED("aws-iso-e")],
    [
      "of the state",
      { stateBucket: "state", stateRegion: "cn-north-1" },
      /^stateRegion is "cn-north-1": lies in China's/,
    ],
    ["of nowhere", { region: "mars" }, /^region is "mars": must be an AWS region such as us-east-1$/],
  ])("%s are refused by name", (_, context, ...lines) => {
    expect(problems(context)).toEqual(lines.map((line) => expect.stringMatching(line)));
  });

  test.each(["us-gov-west-1", "us-gov-east-1", "il-central-1", "mx-central-1", "ap-southeast-7", "eu-west-9"])(
    "%s is taken",
    (region) => {
      expect(problems({ region })).toEqual([]);
    },
  );
});

describe("https subscribers that can't confirm are refused, with what to use instead", () => {
  test.each([
    ["https://hooks.slack.com/services/T000/B000/XXXX", "Slack", "type slack (key channels"],
    ["https://HOOKS.Slack.com:443/services/T000/B000/XXXX", "Slack", "type slack (key channels"],
    ["https://hooks.slack-gov.com/services/T000/B000/XXXX", "Slack", "type slack (key channels"],
    ["https://acme.webhook.office.com/webhookb2/x", "Microsoft Teams", "type microsoft-teams (key channels"],
    [
      "https://prod-01.westeurope.logic.azure.com:443/workflows/x/triggers/manual",
      "Microsoft Teams",
      "type microsoft-teams (key channels",
    ],
    [
      "https://x.0a.environment.api.powerplatform.com/powerautomate/x",
      "Microsoft Teams",
      "type microsoft-teams (key channels",
    ],
    ["https://events.pagerduty.com/v2/enqueue", "PagerDuty", "an email integration (protocol email)"],
    ["https://events.eu.pagerduty.com/v2/enqueue", "PagerDuty", "a Custom Event Transformer"],
    ["https://alert.victorops.com/integrations/generic/20131114/alert/KEY/routing", "Splunk On-Call", "Email Generic"],
    ["https://api.opsgenie.com/v2/alerts", "Opsgenie", "amazonsns"],
    ["https://discord.com/api/webhooks/1/x", "Discord", "(protocol sqs)"],
    ["https://chat.googleapis.com/v1/spaces/x/messages?key=k", "Google Chat", "(protocol sqs)"],
    ["https://webexapis.com/v1/webhooks/incoming/x", "Webex", "(protocol sqs)"],
    ["https://api.telegram.org/bot1:x/sendMessage", "Telegram", "(protocol sqs)"],
  ])("%s", (endpoint, service, instead) => {
    const [line, ...others] = problems(https(endpoint));

    expect(others).toEqual([]);
    const [, , host] = endpoint.split("/");
    expect(line).toContain(
      `subscribers[0].endpoint is "https://${host}/…": ${service} doesn't confirm SNS's subscriptions`,
    );
    expect(line).toContain(instead);
  });

  test.each([
    [https("https://ann:pass@hooks.slack.com/services/T0/B0/XXXX?k=XXXX#XXXX")],
    [https("https://hooks.slack.com?k=XXXX")],
    [https("https://ann:XXXX@hooks.slack.com")],
    [{ subscribers: [{ protocol: "email", endpoint: "https://hooks.slack.com/XXXX" }] }],
    [{ subscribers: [{ protocol: "https", endpoint: ["https://hooks.slack.com/XXXX"] }] }],
    [{ subscribers: ["https://hooks.slack.com/XXXX"] }],
    [
      {
        subscribers: Array.from({ length: 2 }, () => ({
          protocol: "https",
          endpoint: "https://api.opsgenie.com/v1/json/amazonsns?apiKey=XXXX",
        })),
      },
    ],
  ])("%j is quoted without what is secret in it", (given) => {
    const lines = problems(given);

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/https:\/\/(…@)?(hooks\.slack|api\.opsgenie)\.com/);
    expect(lines[0]).not.toMatch(/XXXX|pass/);
  });

  test("Splunk On-Call's integration of CloudWatch confirms, but accepts no alert", () => {
    const [line, ...others] = problems(
      https("https://alert.victorops.com/integrations/cloudwatch/20131130/alert/KEY/r"),
    );

    expect(others).toEqual([]);
    expect(line).toContain("Splunk On-Call accepts only CloudWatch alarms there, so no alert would arrive");
    expect(line).toContain("Email Generic");
  });

  test.each([
    "https://events.pagerduty.com/integration/0123456789abcdef/enqueue",
    "https://events.eu.pagerduty.com/integration/0123456789abcdef/enqueue",
    "https://api.opsgenie.com/v1/json/amazonsns?apiKey=k",
    "https://api.eu.opsgenie.com/v1/json/amazonsns?apiKey=k",
    "https://siem.example.com/alerts",
    "https://notslack.com/x",
    "https://slack.com.example.com/x",
    "https://a1b2c3.execute-api.us-east-1.amazonaws.com/prod/alerts",
  ])("%s may confirm", (endpoint) => {
    expect(problems(https(endpoint))).toEqual([]);
  });

  test.each([
    ["https://10.0.0.5/alerts", "a host name"],
    ["https://203.0.113.7/alerts", "a host name"],
    ["https://0x7f.1/alerts", "an https:// address"],
    ["https://hooks.slack.com./services/x", "an https:// address"],
    ["https://[::1]/alerts", "an https:// address"],
    ["https://localhost/alerts", "not public"],
    ["https://siem/alerts", "not public"],
    ["https://siem.corp.internal/alerts", "not public"],
    ["https://siem.local/alerts", "not public"],
    ["http://siem.example.com/alerts", "an https:// address"],
  ])("%s can't be reached", (endpoint, reason) => {
    expect(problems(https(endpoint))).toEqual([expect.stringContaining(reason)]);
  });
});

describe("accounts, regions and partitions that contradict each other", () => {
  const deployers = ["arn:aws:iam::111122223333:role/deployer"];
  const trail = (account: string, mode = "existing") => ({
    trail: { mode, id: `arn:aws:cloudtrail:us-east-1:${account}:trail/org` },
    bucket: { mode: "existing", id: "org-logs" },
    deliveriesTopic: { mode: "existing", id: topic("org-deliveries") },
  });
  const ORGANIZATION =
    /^resources\.trail\.id is "arn:[^"]*": belongs to another account than .*a trail of another account is an organization's; set organization to monitor its accounts, take a trail of/;

  test.each<Case>([
    ["an organization's trail beside deployers", { deployers, resources: trail("999988887777") }, ORGANIZATION],
    [
      "an organization's trail beside a topic",
      { resources: { ...trail("999988887777"), alertsTopic: { mode: "existing", id: topic("alerts") } } },
      /^resources\.(deliveriesTopic|alertsTopic)\.id is /,
      /^resources\.(deliveriesTopic|alertsTopic)\.id is /,
    ],
    ["an organization's trail to adopt", { deployers, resources: trail("999988887777", "adopt") }, ORGANIZATION],
    [
      "trail and topic of another account",
      {
        deployers,
        resources: { ...trail("999988887777"), deliveriesTopic: { mode: "existing", id: topic("d", "999988887777") } },
      },
      ORGANIZATION,
      /^resources\.deliveriesTopic\.id is .*: belongs to another account than deployers\[0\]/,
    ],
    [
      "a queue of another account than the deployers'",
      { deployers, subscribers: [{ protocol: "sqs", endpoint: queue("444455556666") }] },
      /^subscribers\[0\]\.endpoint is .*another account than deployers\[0\].*only the queue's owner could confirm.*take a queue of the account/,
    ],
    [
      "a queue of another account than the resources'",
      {
        resources: { alertsTopic: { mode: "existing", id: topic("alerts") } },
        subscribers: [{ protocol: "sqs", endpoint: queue("444455556666") }],
      },
      /^subscribers\[0\]\.endpoint is .*another account than resources\.alertsTopic\.id/,
    ],
    [
      "two queues of two accounts",
      {
        subscribers: [
          { protocol: "sqs", endpoint: queue("111122223333") },
          { protocol: "sqs", endpoint: queue("444455556666") },
        ],
      },
      /^subscribers\[1\]\.endpoint is .*another account than subscribers\[0\]\.endpoint/,
    ],
    [
      "ARNs of another partition",
      { region: "us-gov-west-1", deployers },
      /^deployers\[0\] is .*: lies in partition aws, but region is "us-gov-west-1", which lies in aws-us-gov/,
    ],
    [
      "a queue in no region",
      { subscribers: [{ protocol: "sqs", endpoint: queue("111122223333", "moon") }] },
      /^subscribers\[0\]\.endpoint is .*: must be a queue's ARN such as arn:aws:sqs:us-east-1:/,
    ],
    [
      "a boundary of another partition",
      { region: "us-gov-west-1", permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess" },
      /^permissionsBoundary is "arn:aws:iam::aws:policy\/PowerUserAccess".*: lies in partition aws, but region is "us-gov-west-1"/,
    ],
    [
      "a boundary of another account",
      { deployers, permissionsBoundary: "arn:aws:iam::444455556666:policy/boundary" },
      /^permissionsBoundary is .*: belongs to another account than deployers\[0\].*: IAM accepts only a policy of the role's own account/,
    ],
    [
      "the state's key in another region than its bucket",
      {
        stateBucket: "state",
        stateRegion: "eu-west-1",
        stateKmsKeyArn: "arn:aws:kms:us-east-1:111122223333:alias/state",
      },
      /^stateKmsKeyArn is .*: lies in us-east-1, but stateRegion is "eu-west-1"/,
    ],
  ])("%s are refused", (_, context, ...lines) => {
    expect(problems(context)).toEqual(lines.map((line) => expect.stringMatching(line)));
  });

  test.each([
    ["us-east-1", "arn:aws:iam::111122223333:role/d", "arn:aws:iam::111122223333:policy/security/boundary"],
    ["us-east-1", "arn:aws:iam::111122223333:role/d", "arn:aws:iam::aws:policy/PowerUserAccess"],
    ["us-gov-east-1", "arn:aws-us-gov:iam::111122223333:role/d", "arn:aws-us-gov:iam::aws:policy/PowerUserAccess"],
  ])("none: in %s, beside %s, the boundary %s", (region, deployer, permissionsBoundary) => {
    expect(problems({ region, deployers: [deployer], permissionsBoundary })).toEqual([]);
    expect(problems({ region, permissionsBoundary })).toEqual([]);
  });

  test("none: one of the deployers is enough", () => {
    const both = [...deployers, "arn:aws:iam::444455556666:role/pipeline"];

    expect(problems({ deployers: both, resources: trail("111122223333") })).toEqual([]);
    expect(
      problems({ deployers: both, subscribers: [{ protocol: "sqs", endpoint: queue("111122223333", "eu-west-1") }] }),
    ).toEqual([]);
  });
});

describe("AWS's own key", () => {
  const KEY = "arn:aws:kms:us-east-1:111122223333:alias/aws/sns";

  test.each([
    ["urgentTopic", KEY, "neither EventBridge nor alarms can publish"],
    ["urgentTopic", "alias/aws/sns", "neither EventBridge nor alarms can publish"],
    ["deliveriesTopic", KEY, "CloudTrail can't publish"],
    ["alertsTopic", KEY, "leave keyArn out"],
  ])("on %s, %s, is refused with why", (name, keyArn, why) => {
    const [line, ...others] = problems({ resources: { [name]: { mode: "existing", id: topic("t"), keyArn } } });

    expect(others).toEqual([]);
    expect(line).toContain(`resources.${name}.keyArn is "${keyArn}": is AWS's own key: `);
    expect(line).toContain(why);
  });
});

describe("a detection that no forwarder can bring", () => {
  // What alerts directly must match one forwarder alone. A call may match both, and there is no room for both in one.
  const agents = (id: string) =>
    Array.from({ length: 30 }, (_, index) => ({ prefix: `${id}${index}${"x".repeat(35)}` }));
  const tooLong = Object.fromEntries(
    ["one", "two"].map((id) => [
      `${id}.json`,
      {
        ...LEAST,
        id,
        title: `Made up ${id}`,
        route: "topic",
        pattern: { source: ["aws.sts"], detail: { userAgent: agents(id) } },
      },
    ]),
  );

  test("is named beside what else is wrong, where regions are forwarded", () => {
    const line = expect.stringMatching(
      /^detection "(one|two)" can't be forwarded from other regions and accounts: with route "topic"/,
    );

    expect(problems({ regions: "default" }, tooLong)).toEqual([line]);
    expect(problems({ regions: ["us-west-2"], maxAlertsPerHour: 0 }, tooLong)).toEqual([
      expect.stringMatching(/^maxAlertsPerHour is 0/),
      line,
    ]);
  });

  test("is taken at home", () => {
    expect(problems({}, tooLong)).toEqual([]);
    expect(problems({ regions: ["us-east-1"] }, tooLong)).toEqual([]);
  });
});

describe("rules that a region has no room for", () => {
  test.each(["af-south-1", "eu-south-1"])("%s has 100", (region) => {
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`d${index}.json`, { ...LEAST, id: `made-up-${index}` }]),
    );

    expect(problems({ region, packs: ["strict"] }, many)).toEqual([
      expect.stringMatching(
        new RegExp(
          `^there would be 1\\d\\d EventBridge rules, ruleBudget is 100, which is what AWS grants a bus in ${region}: `,
        ),
      ),
    ]);
    expect(problems({ region, packs: ["strict"], ruleBudget: 300 }, many)).toEqual([]);
    expect(problems({ packs: ["strict"] }, many)).toEqual([]);
  });
});

describe("everything that is wrong comes in one round", () => {
  test("one fault of each kind", () => {
    const context = {
      region: "cn-north-1",
      speed: 9,
      trailName: "a b",
      archiveTransitionDays: 500,
      disabledDetections: [7, "trail-stoped"],
      subscribers: [
        { protocol: "fax", endpoint: "1" },
        { protocol: "email", endpoint: "a@example.com" },
        { protocol: "email", endpoint: "a@example.com" },
        { protocol: "https", endpoint: "https://hooks.slack.com/services/x" },
      ],
      deployers: ["me", "arn:aws-us-gov:iam::111122223333:role/x"],
      suppressions: [
        { ...suppression, owner: "" },
        { ...suppression, expires: "2026-11-19", detections: ["unauthorised-calls"] },
        { ...suppression, id: "other", pattern: { detailType: ["x"], detail: { eventName: [{ regex: "x" }] } } },
        { ...suppression, id: "vain", pattern: { detail: { eventname: ["x"] } } },
      ],
      tags: { team: "#fff", "aws:x": "y" },
      stateBucket: "A",
      resources: {
        vault: {},
        alertsTopic: { mode: "existing", id: "alerts" },
        trail: { mode: "existing", id: "arn:aws:cloudtrail:us-east-1:111122223333:trail/main" },
      },
    };
    const own = {
      "a.json": { ...LEAST, severity: "loud", pattern: { source: ["aws.s3"], detailType: ["x"] } },
      "b.json": {
        ...LEAST,
        id: "b",
        pattern: { source: ["aws.s3"], detail: { requestParameters: { k: ["x".repeat(2_048)] } } },
      },
    };
    const lines = problems(context, own);

    for (const part of [
      /^region is "cn-north-1": lies in China's/,
      /^speed is 9: unknown key/,
      /^trailName is "a b"/,
      /^archiveRetentionDays is 400: must be more than archiveTransitionDays/,
      /^disabledDetections\[0\] is 7/,
      /^disabledDetections\[1\] is "trail-stoped": unknown detection; did you mean trail-stopped/,
      /^subscribers\[0\]\.protocol is "fax"/,
      /^subscribers\[2\] is email a@example\.com: duplicate/,
      /^subscribers\[3\]\.endpoint is .*Slack doesn't confirm/,
      /^deployers\[0\] is "me"/,
      /^suppressions\[0\]\.owner is ""/,
      /^suppressions\[1\]\.detections\[0\]: unknown detection "unauthorised-calls"; did you mean unauthorized-calls/,
      /^suppressions\[1\]\.expires is "2026-11-19": .*has expired/,
      /^suppressions\[2\]\.pattern\.detail\.eventName\[0\]/,
      /^suppressions\[3\]\.pattern asks for detail\.eventname: .*write detail\.eventName/,
      /^tags\.team is "#fff"/,
      /^tags has the key "aws:x"/,
      /^stateBucket is "A"/,
      /^stateRegion is missing/,
      /^resources\.vault is \{\}/,
      /^resources\.alertsTopic\.id is "alerts"/,
      /^resources\.bucket is not given/,
      /^resources\.deliveriesTopic is not given/,
      /^a\.json: severity is "loud"/,
      /^a\.json: pattern is .*asks for detailType: .*write detail-type/,
      /^pattern of detection "b" has 2\d\d\d characters, EventBridge takes at most 2048/,
    ]) {
      expect(lines).toContainEqual(expect.stringMatching(part));
    }
    for (const line of lines) expect(line).not.toContain("\n");
    expect(new Set(lines).size).toBe(lines.length);
    // The region is in doubt, and with it what lies in which partition.
    expect(lines.filter((line) => /partition aws/.test(line) && !/^region/.test(line))).toEqual([]);
  });

  test("a suppression's fields do not hide each other", () => {
    const faulty = { owner: "", reason: null, expires: "2026-02-30" };
    const lines = problems({
      suppressions: [
        { ...suppression, ...faulty, detections: ["trail-stoped"], pattern: { detail: { eventname: ["x"] } } },
        { ...suppression, id: "late", owner: 7, expires: "2026-01-01" },
      ],
    });

    expect(lines.map((line) => line.replace(/( is |:).*/, ""))).toEqual([
      "suppressions[0].owner",
      "suppressions[0].reason",
      "suppressions[0].expires",
      "suppressions[1].owner",
      "suppressions[0].detections[0]",
      "suppressions[1].expires",
      "suppressions[0].pattern asks for detail.eventname",
    ]);
  });

  test("a detection that is faulty is not said to be missing where others name it", () => {
    const lines = problems(
      { disabledDetections: ["bastion-stopped"], suppressions: [{ ...suppression, detections: ["bastion-stopped"] }] },
      { "a.json": { ...LEAST, severity: "loud" } },
    );

    expect(lines).toEqual([expect.stringMatching(/^a\.json: severity is "loud"/)]);
  });

  test("nothing is wrong with nothing", () => {
    expect(problems({})).toEqual([]);
  });
});

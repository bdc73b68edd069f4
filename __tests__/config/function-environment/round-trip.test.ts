import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { readEnvironment } from "../../../config/function-environment/read";
import type { Limits } from "../../../config/function-environment/variable";
import { ALERTS_PER_HOUR, INCIDENT_MINUTES, VARIABLES } from "../../../config/function-environment/variables";
import { settingsOf, TerraformText, writeEnvironment } from "../../../config/function-environment/write";
import { settingExpressions } from "../../../constructs/module/parameters";
import { suppressionsVariable } from "../../../constructs/module/suppressions";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { namesFrom } from "../../../detection/definition/names";
import { PACKS } from "../../../detection/definition/switched-on";
import { evaluate } from "../hcl/evaluate";

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,19}$/);
const account = fc.stringMatching(/^\d{12}$/);
const within = ({ minimum, maximum }: Pick<Limits, "minimum" | "maximum">) =>
  fc.integer({ min: minimum, max: maximum });
const record = { noNullPrototype: true };

const settings = {
  packs: fc.subarray([...PACKS]),
  disabledDetections: fc.array(word),
  // JSON has no -0.
  suppressions: fc.array(fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown)),
  accountNames: fc.dictionary(account, text, record),
  organization: fc.option(fc.record({ id: text, managementAccount: account }, record), { nil: undefined }),
  timeZone: fc.constantFrom(undefined, "Asia/Tokyo", "UTC", "America/Argentina/Ushuaia"),
  maxAlertsPerHour: within(ALERTS_PER_HOUR),
  incidentMinutes: within(INCIDENT_MINUTES),
};
const names = {
  ...{ prefix: word, bucket: word, trail: text, logGroup: text, deliveriesTopic: word, urgentTopic: word },
  ...{ archiveKeyId: text, alertsKeyId: text },
};
const values = fc.record(
  {
    ...settings,
    partition: fc.constantFrom("aws", "aws-us-gov"),
    region: fc.constantFrom("us-east-1", "us-gov-west-1"),
    account,
    alertsTopic: word,
    seenTable: text,
    accountTags: fc.array(text),
    deadLetterQueues: fc.dictionary(text, text, record),
    maxReceives: within({ minimum: 1, maximum: 1_000 }),
    metricsNamespace: text,
    regions: fc.array(word),
    names: fc.record({ ...names, rolePath: text }, { ...record, requiredKeys: Object.keys(names) as never }),
  },
  record,
);

test("whatever is written is read back", () => {
  fc.assert(
    fc.property(values, ({ partition, region, account, alertsTopic, ...given }) => {
      const topicArn = `arn:${partition}:sns:${region}:${account}:${alertsTopic}`;
      const own = given.names as Parameters<typeof namesFrom>[0];
      const { accountNames, timeZone, names: _, organization, ...others } = given;

      expect(readEnvironment(writeEnvironment({ ...given, topicArn, names: own }))).toEqual({
        ...others,
        organization,
        topicArn,
        labels: { accountNames, ...(timeZone !== undefined && { timeZone }) },
        names: namesFrom({ ...own, partition, region, account, alertsTopic }),
      });
    }),
    { numRuns: 300 },
  );
});

test("every variable has a name of its own, and is written", () => {
  const [sample] = fc.sample(values, { numRuns: 1, seed: 1 }) as [
    typeof values extends fc.Arbitrary<infer T> ? T : never,
  ];
  const filled = {
    ...sample,
    topicArn: "arn:aws:sns:us-east-1:111122223333:alerts",
    names: sample.names as never,
    disabledDetections: ["trail-stopped"],
    suppressions: [{}],
    accountNames: { "111122223333": "prod" },
    organization: { id: "o-a1b2c3d4e5", managementAccount: "111122223333" },
    accountTags: ["env"],
    timeZone: "UTC",
    regions: ["us-east-1", "eu-west-1"],
  };

  expect(Object.keys(writeEnvironment(filled))).toEqual(Object.values(VARIABLES).map(({ name }) => name));
});

test("what a module's variables come to is read as the configuration's values are", () => {
  const needed = { SNS_TOPIC_ARN: "arn:aws:sns:us-east-1:111122223333:alerts", SEEN_TABLE: "seen" };
  fc.assert(
    fc.property(fc.record(settings, record), ({ timeZone, suppressions: _, ...config }) => {
      const local = evaluate(suppressionsVariable(catalogue), { "var.deployers": [], "var.suppressions": [] });
      const scope = {
        ...{ "var.packs": config.packs, "var.disabled_detections": config.disabledDetections },
        ...{ "var.account_names": config.accountNames, "var.time_zone": timeZone ?? "", "local.suppressions": local },
      };
      const made = Object.fromEntries(
        Object.entries(settingExpressions()).map(([key, expression]) => [
          key,
          new TerraformText(String(evaluate(expression, scope))),
        ]),
      );
      const read = (settings: object) => {
        const values = { ...settingsOf({ ...config, timeZone }), ...settings } as Parameters<
          typeof writeEnvironment
        >[0];
        const others = { topicArn: needed.SNS_TOPIC_ARN, seenTable: needed.SEEN_TABLE, deadLetterQueues: {} };
        const rest = {
          maxReceives: 5,
          metricsNamespace: "m",
          accountTags: [],
          regions: [],
          names: new TerraformText(""),
        };
        return readEnvironment(writeEnvironment({ ...values, ...others, ...rest }));
      };
      const wanted = read({});

      expect(read(made)).toEqual({ ...wanted, disabledDetections: [...wanted.disabledDetections].sort() });
    }),
    { numRuns: 100 },
  );
});

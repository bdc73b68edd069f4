import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { markdown } from "../../plan-review/markdown";
import { code, prose } from "../../plan-review/plan/escape";
import { anyCharacter } from "../any-character";
import { changed, entry, planWith, review, valuesOf } from "./plans";

const TRAIL = "module.audit.aws_cloudtrail.main";
const off = changed(TRAIL, { is_multi_region_trail: false });
const ID = `${TRAIL}#trail-multi-region`;

function rendered(plan: unknown, accepting?: ReadonlyMap<string, string>): string {
  return markdown(review(plan, accepting));
}

describe("the verdict stands first", () => {
  test("refused, with the ids by which violations are accepted", () => {
    const text = rendered(planWith([off]));

    expect(text).toMatch(/^## Refused: this plan weakens the monitoring \(1 violation\)\n\n### Violations\n/);
    expect(text).toContain("  * `is_multi_region_trail`: `true` → `false`\n");
    expect(text).toContain(`--accept\` \`${ID}\` \`--reason "…"\`\n`);
  });

  test("accepted, with the reason, and no longer refused", () => {
    const text = rendered(planWith([off]), new Map([[ID, "moved to the organization's trail, see #12"]]));

    expect(text).toMatch(/^## Passed: no other violations; 1 accepted\n/);
    expect(text).toContain(`Accepted: \`${ID}\`. Reason: moved to the organization's trail, see \\#12\n`);
  });

  test("passed, and that is all where nothing changes", () => {
    expect(rendered(planWith([]))).toMatch(
      /^## Passed: no violations\n\n### Monitoring resources\n\n\* Unchanged: (\d+) of \1\n\n### Other resources\n\n\* No changes\n$/,
    );
  });
});

describe("what changes is reported", () => {
  test("of the monitoring one by one, what is created in numbers", () => {
    const values = valuesOf("aws_sqs_queue.dead");
    const text = rendered(
      planWith([
        changed(TRAIL, { tags: { a: "b" } }),
        { ...entry("aws_sqs_queue.dead", ["no-op"], values, values), ...{ previous_address: "aws_sqs_queue.old" } },
        {
          ...entry("aws_kms_key.audit", ["no-op"], valuesOf("aws_kms_key.audit"), valuesOf("aws_kms_key.audit"), {
            importing: { id: "1111" },
          }),
        },
        entry("aws_sns_topic_subscription.a", ["create"], null, { topic_arn: valuesOf("aws_sns_topic.alerts").arn }),
        entry("aws_sns_topic_subscription.b", ["create"], null, { topic_arn: valuesOf("aws_sns_topic.alerts").arn }),
      ]),
    );

    expect(text).toContain(`\n* The trail \`${TRAIL}\` is updated: \`tags\`\n`);
    expect(text).toContain("\n* The queue `aws_sqs_queue.dead` is moved from `aws_sqs_queue.old`\n");
    expect(text).toContain("\n* The key `aws_kms_key.audit` is imported\n");
    expect(text).toContain("\n* Created: 2 × subscription\n");
  });

  test("of everything else in numbers alone", () => {
    const site = { bucket: "site" };
    const text = rendered(
      planWith([
        entry("aws_s3_bucket.a", ["delete"], site, null),
        entry("aws_s3_bucket.b", ["no-op"], site, site),
        entry("aws_instance.c", ["delete", "create"], {}, {}),
      ]),
    );

    expect(text).toContain("\n### Other resources\n\n* 1 destroyed, 1 replaced; 1 unchanged\n");
    expect(text).not.toContain("aws_s3_bucket.a");
  });
});

describe("notes", () => {
  test.each([
    ["ids that nothing has", {}, new Map([["x#y", "no"]]), 'Unused \\-\\-accept: no violation has the id "x\\#y"'],
    ["a plan of a part", { complete: false }, undefined, "This plan is incomplete"],
    [
      "what is put off",
      { deferred_changes: [{ reason: "x", resource_change: off }] },
      undefined,
      "defers 1 change, which",
    ],
  ])("mention %s", (_, more, accepting, expected) => {
    expect(rendered(planWith([], more), accepting)).toContain(expected);
  });

  test("mention a plan that has nothing to do with it: the review may read the wrong one", () => {
    expect(
      rendered({ format_version: "1.2", resource_changes: [entry("aws_instance.a", ["create"], null, {})] }),
    ).toContain("* Nothing in this plan belongs to the monitoring");
  });
});

describe("sensitive values", () => {
  test("are compared and not shown", () => {
    const policy = changed("aws_sns_topic_subscription.oncall", { filter_policy: '{"secret":["s3cr3t"]}' });
    const text = rendered(
      planWith([{ ...policy, change: { ...policy.change, after_sensitive: { filter_policy: true } } }]),
    );

    expect(text).toContain("`filter_policy`: `(not set)` → `(sensitive)`");
    expect(text).not.toContain("s3cr3t");
  });

  test("are not shown in what is made of them", () => {
    const marked = (address: string, attribute: string, value: unknown) => {
      const each = changed(address, { [attribute]: value });
      const sensitive = { before_sensitive: { [attribute]: true }, after_sensitive: { [attribute]: true } };
      return { ...each, change: { ...each.change, ...sensitive } };
    };
    const lifecycle = "aws_s3_bucket_lifecycle_configuration.audit";
    const [rule] = valuesOf(lifecycle).rule as readonly object[];
    const text = rendered(
      planWith([
        marked('aws_cloudwatch_event_rule.users["iam"]', "event_pattern", '{"source":["aws.none"]}'),
        marked("aws_s3_bucket_policy.audit", "policy", '{"Statement":[]}'),
        marked("aws_iam_role_policy.to_logs", "policy", '{"Statement":[]}'),
        marked(lifecycle, "rule", [{ ...rule, expiration: [{ days: 33 }] }]),
      ]),
    );

    for (const secret of ["CreateUser", "s3:PutObject", "logs:PutLogEvents", "33 days", "400 days"]) {
      expect(text).not.toContain(secret);
    }
  });

  test("are not shown where only a part of a value is marked", () => {
    const lock = changed("aws_s3_bucket_object_lock_configuration.audit", { rule: [] });
    const text = rendered(
      planWith([
        { ...lock, change: { ...lock.change, before_sensitive: { rule: [{ default_retention: [{ days: true }] }] } } },
      ]),
    );

    expect(text).toContain("`rule`: `(sensitive)` → `[]`");
  });
});

test("nothing in a plan becomes markup, a mention or a line of its own", () => {
  const nasty = 'x["`\n\n## Fine\n<img src=x> @everybody | ](https://example.com)"]';
  const values = valuesOf(TRAIL);
  const text = rendered(
    planWith([entry(`aws_cloudtrail.${nasty}`, ["update"], values, { ...values, kms_key_id: null })]),
  );

  expect(text).not.toMatch(/^## Fine/m);
  expect(withoutCode(text)).not.toMatch(/<img|@everybody|\]\(/);
});

test("code spans can't be left from within, and are one line", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: anyCharacter }), fc.stringMatching(/^[`\n a]{0,12}$/)), (text) => {
      const span = code(text);
      const [fence = ""] = /^`+/.exec(span) ?? [];

      expect(span.endsWith(fence)).toBe(true);
      expect(span).not.toMatch(/[\r\n\u2028]/);
      const runs = [...span.slice(fence.length, -fence.length).matchAll(/`+/g)].map(([run]) => run);
      expect(runs).not.toContain(fence);
    }),
  );
});

test("an id is shown whole: it is there to be copied", () => {
  const address = `aws_cloudtrail.main["${"x".repeat(400)}"]`;
  const text = rendered({
    format_version: "1.2",
    resource_changes: [entry(address, ["delete"], valuesOf(TRAIL), null)],
  });

  expect(text).toContain(`\`--accept\` \`${address}#destroyed\``);
});

test("a reason is shown as it was written", () => {
  expect(prose("see *this* <b> & @team, https://example.com [x](y) `z`\n## no")).toBe(
    "see \\*this\\* &lt;b\\> &amp; @<!-- -->team, https:<!-- -->//example.com \\[x\\]\\(y\\) \\`z\\` \\#\\# no",
  );
});

function withoutCode(text: string): string {
  return text.replace(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "");
}

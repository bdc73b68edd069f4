import { describe, expect, test } from "@jest/globals";
import { changed, type Entry, entry, ids, planWith, review, valuesOf } from "./plans";

const TRAIL = "module.audit.aws_cloudtrail.main";
const VERSIONING = "aws_s3_bucket_versioning.audit";
const BUCKET = "aws_s3_bucket.audit";

/** As the refresh finds it: someone turned it off. */
const stopped = changed(TRAIL, { enable_logging: false });
const found = { ...valuesOf(TRAIL), enable_logging: false };

function driftOf(drift: readonly Entry[], changes: readonly Entry[]) {
  return review(planWith(changes, { resource_drift: drift }));
}

describe("what someone weakened outside Terraform", () => {
  test("is reported, and that the plan puts it right; the plan is not refused", () => {
    const { drift, refused } = driftOf([stopped], [entry(TRAIL, ["update"], found, valuesOf(TRAIL))]);

    expect(drift).toMatchObject([{ id: `${TRAIL}#trail-logging`, repaired: true }]);
    expect(refused).toEqual([]);
  });

  test("is reported where the plan leaves it, as with ignore_changes; the plan is not to blame", () => {
    const { drift, refused } = driftOf([stopped], [entry(TRAIL, ["no-op"], found, found)]);

    expect(drift).toMatchObject([{ repaired: false }]);
    expect(refused).toEqual([]);
  });

  test("is reported apart from what the plan weakens besides", () => {
    const after = { ...valuesOf(TRAIL), is_multi_region_trail: false };
    const { drift, refused } = driftOf([stopped], [entry(TRAIL, ["update"], found, after)]);

    expect(drift).toMatchObject([{ id: `${TRAIL}#trail-logging`, repaired: true }]);
    expect(ids(refused)).toEqual([`${TRAIL}#trail-multi-region`]);
  });

  test("is not put right by a value that only the apply will know", () => {
    const planned = entry(
      TRAIL,
      ["update"],
      found,
      { ...found, enable_logging: null },
      { after_unknown: { enable_logging: true } },
    );

    expect(driftOf([stopped], [planned]).drift).toMatchObject([{ repaired: false }]);
  });

  test("may be gone altogether: made again, or not", () => {
    const gone = entry(TRAIL, ["delete"], valuesOf(TRAIL), null);

    expect(driftOf([gone], [entry(TRAIL, ["create"], null, valuesOf(TRAIL))]).drift).toMatchObject([
      { id: `${TRAIL}#destroyed`, repaired: true },
    ]);
    const others = planWith([], { resource_drift: [gone] });
    const left = {
      ...others,
      resource_changes: (others.resource_changes as Entry[]).filter(({ address }) => address !== TRAIL),
    };
    expect(review(left).drift).toMatchObject([{ id: `${TRAIL}#destroyed`, repaired: false }]);
  });
});

describe("harmless drift is not reported", () => {
  test.each([
    ["empty values that the provider writes otherwise", changed(TRAIL, { tags: {} }, { tags: null })],
    ["a bucket's copy of a setting of its own", changed(BUCKET, { versioning: [{ enabled: false }] })],
    [
      "a bucket's copy of its lifecycle",
      changed(BUCKET, { lifecycle_rule: [{ id: "x", enabled: true, expiration: [{ days: 400 }] }] }),
    ],
    ["a bucket's copy of its policy", changed(BUCKET, { policy: valuesOf("aws_s3_bucket_policy.audit").policy })],
    [
      "a topic's copy of its policy",
      changed("aws_sns_topic.alerts", { policy: "{}" }, { policy: valuesOf("aws_sns_topic_policy.alerts").policy }),
    ],
    [
      "a role's copy of its policy",
      changed(
        "aws_iam_role.to_logs",
        { inline_policy: [] },
        { inline_policy: [{ name: "write", policy: valuesOf("aws_iam_role_policy.to_logs").policy }] },
      ),
    ],
    [
      "what is stronger than before",
      changed(
        VERSIONING,
        { versioning_configuration: [{ status: "Enabled" }] },
        { versioning_configuration: [{ status: "Suspended" }] },
      ),
    ],
  ])("%s", (_, drifted) => {
    expect(driftOf([drifted], []).drift).toEqual([]);
  });

  test("but a bucket's own setting is, where no other resource has it", () => {
    const suspended = changed(BUCKET, { versioning: [{ enabled: false }] });
    const plan = planWith([], { resource_drift: [suspended] });
    const own = {
      ...plan,
      resource_changes: (plan.resource_changes as Entry[]).filter(({ address }) => address !== VERSIONING),
    };

    expect(ids(review(own).drift)).toEqual([`${BUCKET}#versioning`]);
  });
});

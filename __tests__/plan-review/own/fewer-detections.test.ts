import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { SynthesizedStack } from "../../../assertions/synthesized-stack";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { hasRule } from "../../../detection/definition/detection";
import { synthesizeStack } from "../../constructs/synthesize-stack";
import { propertyRuns } from "../../property-runs";
import { type Entry, entry, ids, review } from "../plans";
import { planBetween } from "./between";
import { put } from "./put";
import { ORGANIZATION } from "./reach";

const REGIONS = ["eu-west-1", "us-west-2"];
/** Where the events of global services are forwarded from, the home region isn't the global one. */
const HOME = "eu-central-1";
const RULED = catalogue.filter(hasRule).map(({ id }) => id);

/** With all of the catalogue but some of its detections that have rules. */
function stackWithout(gone: ReadonlySet<string>, region = "us-east-1"): SynthesizedStack {
  const regions = region === HOME ? [...REGIONS, "us-east-1"] : REGIONS;
  return synthesizeStack(
    { region, regions, packs: ["strict"], organization: ORGANIZATION },
    { catalogue: catalogue.filter(({ id }) => !gone.has(id)) },
  );
}

function outcome(entries: readonly Entry[]) {
  const { refused, indeterminate } = review({ format_version: "1.2", resource_changes: entries });
  return { refused: ids(refused), indeterminate: ids(indeterminate) };
}

/** Of home rules that go, with their targets and whatever else they have. */
function isOfHomeRule(id: string): boolean {
  return /\.DetectionRules_/.test(id);
}

/** Detections that are left out, and some more of them. */
const CHANGES = fc
  .tuple(fc.subarray(RULED, { maxLength: 40 }), fc.subarray(RULED, { minLength: 1, maxLength: 4 }))
  .map(([some, more]) => ({
    fewer: new Set([...some, ...more]),
    more: new Set(some.filter((id) => !more.includes(id))),
  }));

describe.each(["us-east-1", HOME])("a catalogue that changes, at home in %s", (region) => {
  test("detections that are added are never refused", () => {
    fc.assert(
      fc.property(CHANGES, ({ fewer, more }) => {
        const entries = planBetween(stackWithout(fewer, region), stackWithout(more, region), region);

        expect(outcome(entries)).toEqual({ refused: [], indeterminate: [] });
      }),
      { numRuns: Math.ceil(propertyRuns(500) / 25) },
    );
  }, 60_000);

  test("of a detection that goes, its own rule is reported and no forwarder", () => {
    fc.assert(
      fc.property(CHANGES, ({ fewer, more }) => {
        const entries = planBetween(stackWithout(more, region), stackWithout(fewer, region), region);
        const { refused, indeterminate } = outcome(entries);

        expect([...refused, ...indeterminate].filter((id) => !isOfHomeRule(id))).toEqual([]);
        expect(refused.filter((id) => /event_rule.*#destroyed$/.test(id))).toHaveLength(
          [...fewer].filter((id) => !more.has(id)).length,
        );
      }),
      { numRuns: Math.ceil(propertyRuns(500) / 25) },
    );
  }, 60_000);
});

describe("a forwarder that is weakened by hand, while the catalogue changes as well", () => {
  const entries = planBetween(stackWithout(new Set()), stackWithout(new Set(["waf-removed"])));
  const named = (name: string) =>
    entries.find(
      ({ address, change }) =>
        address.startsWith("aws_cloudwatch_event_rule.Forwarding_eu-west-1_") &&
        JSON.stringify(change.after ?? null).includes(`\\"${name}\\"`),
    ) as Entry;
  const withAfter = (address: string, after: object) =>
    entries.map((each) => (each.address === address ? entry(address, ["update"], each.change.before, after) : each));
  const refusedOf = (changed: readonly Entry[]) =>
    review({ format_version: "1.2", resource_changes: changed }).refused.filter(({ id }) => !isOfHomeRule(id));

  test("nothing else of the plan is refused", () => {
    expect(refusedOf(entries)).toEqual([]);
  });

  test.each(["StopConfigurationRecorder", "DeleteBucketPolicy", "GetPasswordData"])(
    "by dropping %s, which a rule needs: in its own region",
    (name) => {
      const { address, change } = named(name);
      const after = change.after as { event_pattern: string };
      const weaker = withAfter(address, { ...after, event_pattern: cut(name, after.event_pattern) });
      const [found, ...others] = refusedOf(weaker);

      expect(others).toEqual([]);
      expect(found).toMatchObject({ id: `${address}#rule-pattern`, region: "eu-west-1" });
      expect(found?.findings[0]?.what).toMatch(/for example, .*Fewer events arrive within seconds from: `eu-west-1`$/);
      expect(found?.findings[0]?.what).toContain(name);
    },
  );

  test("by dropping a name that no rule needs any more: passes", () => {
    const { address, change } = named("StopConfigurationRecorder");
    const after = change.after as { event_pattern: string };
    const before = put(change.before, ["event_pattern"], after.event_pattern.replace("[", '["aws.unheard-of",'));
    const changed = entries.map((each) =>
      each.address === address ? entry(address, ["update"], before, after) : each,
    );

    expect(refusedOf(changed)).toEqual([]);
  });

  test("by being disabled", () => {
    const { address, change } = named("StopConfigurationRecorder");
    const found = refusedOf(withAfter(address, put(change.after, ["state"], "DISABLED") as object));

    expect(found).toMatchObject([{ id: `${address}#rule-disabled`, region: "eu-west-1" }]);
  });

  test("by losing read-only calls that a rule needs", () => {
    const { address, change } = named("GetPasswordData");
    const found = refusedOf(withAfter(address, put(change.after, ["state"], "ENABLED") as object));

    expect(found).toMatchObject([{ id: `${address}#rule-read-only`, region: "eu-west-1" }]);
  });

  test("is judged by another comparison when the rules it sends to are forgotten by Terraform, or unknown", () => {
    const { address, change } = named("StopConfigurationRecorder");
    const after = change.after as { event_pattern: string };
    const weaker = withAfter(address, {
      ...after,
      event_pattern: cut("StopConfigurationRecorder", after.event_pattern),
    }).map((each) => {
      if (!/event_rule\.DetectionRules_ConfigDisabled/.test(each.address)) return each;
      return entry(each.address, ["forget"], each.change.before, null);
    });

    expect(refusedOf(weaker).map(({ id }) => id)).toEqual([`${address}#rule-pattern`]);
  });

  describe("in the template of the stack set", () => {
    const set = entries.find(({ type }) => type === "aws_cloudformation_stack_set") as Entry;
    const body = (set.change.after as { template_body: string }).template_body;
    const template = JSON.parse(body);
    const idOf = (name: string) =>
      Object.keys(template.Resources).find((id) =>
        JSON.stringify(template.Resources[id].Properties ?? {}).includes(`"${name}"`),
      ) as string;
    const found = (edited: object) =>
      refusedOf(withAfter(set.address, put(set.change.after, ["template_body"], JSON.stringify(edited)) as object));

    test.each([
      ["StopConfigurationRecorder", ""],
      ["CreateAccessKey", " (in `us-east-1`)"],
    ])("by dropping %s", (name, where) => {
      const path = ["Resources", idOf(name), "Properties", "EventPattern"];
      const pattern = JSON.stringify(template.Resources[idOf(name)].Properties.EventPattern);
      const [refused, ...others] = found(put(template, path, JSON.parse(cut(name, pattern))) as object);

      expect(others).toEqual([]);
      expect(refused?.id).toBe(`${set.address}#stack-template`);
      expect(refused?.findings.map(({ attribute }) => attribute)).toContain(
        `template_body.Resources.${idOf(name)}.event_pattern`,
      );
      const whats = refused?.findings.map(({ what }) => what).join("\n") ?? "";
      expect(whats).toContain(name);
      expect(whats.endsWith(where)).toBe(true);
    });

    test("by being disabled", () => {
      const path = ["Resources", idOf("StopConfigurationRecorder"), "Properties", "State"];

      expect(found(put(template, path, "DISABLED") as object).map(({ id }) => id)).toEqual([
        `${set.address}#stack-template`,
      ]);
    });

    test("by going", () => {
      const { [idOf("StopConfigurationRecorder")]: _, ...rest } = template.Resources;

      expect(found({ ...template, Resources: rest }).map(({ id }) => id)).toEqual([`${set.address}#stack-template`]);
    });
  });
});

/** A pattern's text without a name. */
function cut(name: string, text: string): string {
  return text.replaceAll(`"${name}",`, "").replaceAll(`,"${name}"`, "").replaceAll(`["${name}"]`, '["Another"]');
}

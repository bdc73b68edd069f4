import { expect, test } from "@jest/globals";
import { App, TerraformStack } from "cdktf";
import { CHANNELS, SUBSCRIBERS, synthesizeStack } from "../../constructs/synthesize-stack";
import { type Entry, entry, ids, review } from "../plans";
import { EVALUATED, type Worse } from "./evaluated";
import { harmlessBecause, harmlessOf } from "./harmless";
import { planOfStack } from "./plan";
import { put, valueAt } from "./put";
import { ORGANIZATION, REGIONS } from "./reach";

type ResourceClass = new (scope: TerraformStack, id: string, config: object) => { synthesizeAttributes(): object };

const WHOLE = planOfStack(
  synthesizeStack(
    {
      subscribers: SUBSCRIBERS,
      disabledDetections: ["config-changed"],
      regions: REGIONS,
      organization: ORGANIZATION,
    },
    { unchecked: { channels: CHANNELS } },
  ),
);
/** With two of its rules. */
const STACK = WHOLE.filter(
  ({ address }) =>
    !address.includes("DetectionRules_") || /_(AccessKeyForOtherUser|\w*GetCallerIdentity)/.test(address),
);
const TYPES = [...new Set(STACK.map(({ type }) => type))].sort();

/** The arguments that the provider has for a type. */
function argumentsOf(type: string): readonly string[] {
  const folder = type.replace(/^aws_/, "").replaceAll("_", "-");
  const module: Readonly<Record<string, unknown>> = require(`@cdktf/provider-aws/lib/${folder}`);
  const resource = Object.values(module).find((each) => (each as { tfResourceType?: string }).tfResourceType === type);
  const stack = new TerraformStack(new App({ skipValidation: true }), "arguments");
  return Object.keys(new (resource as ResourceClass)(stack, "of", {}).synthesizeAttributes());
}

/** Paths of a resource's values down to what is no block, without places in lists. */
function paths(value: unknown, path: string): readonly string[] {
  const blocks = Array.isArray(value) ? value.filter((each) => typeof each === "object") : [];
  if (blocks.length > 0) return blocks.flatMap((block) => fieldsOf(block, path));
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value) && path !== "tags";
  return isMap ? fieldsOf(value, path) : [path];
}

function fieldsOf(block: object, path: string): readonly string[] {
  return Object.entries(block).flatMap(([name, value]) => paths(value, path === "" ? name : `${path}.${name}`));
}

function plain(path: string): string {
  return path.replace(/\.\d+/g, "");
}

function isListed(type: string, path: string): boolean {
  const evaluated = Object.keys(EVALUATED[type] ?? {}).map(plain);
  const up = path.split(".").map((_, index, steps) => steps.slice(0, index + 1).join("."));
  const down = path.includes(".")
    ? []
    : [...evaluated, ...harmlessOf(type)].filter((each) => each.startsWith(`${path}.`));
  return down.length > 0 || up.some((each) => evaluated.includes(each) || harmlessBecause(type, each) !== undefined);
}

/** A resource of the type, such as has the attribute where there is one. */
function having(type: string, path: string, { where: { of = "" } = {}, from }: Partial<Worse> = {}): Entry {
  const those = STACK.filter((each) => each.type === type && each.address.includes(of));
  const found =
    those.find(({ change }) => from !== undefined || valueAt(change.before, path) !== undefined) ?? those[0];
  if (!found) throw new Error(`the stack has no ${type} ${of}`);
  return found;
}

/** What is said of a resource whose attribute changes, and of nothing else. */
function rendered(one: Entry, path: string, { from, to, where: { without, besides } = {} }: Omit<Worse, "check">) {
  const steps = path.split(".");
  const values = { ...(one.change.before as object), ...besides };
  const before = from === undefined ? values : put(values, steps, from);
  const changed = entry(one.address, ["update"], before, put(before, steps, to));
  const resource_changes = STACK.filter(({ type }) => type !== without).map((each) => (each === one ? changed : each));
  const { refused, indeterminate } = review({ format_version: "1.2", resource_changes });
  return [...ids(refused), ...ids(indeterminate)].map((id) => id.split("#").at(-1));
}

/** Anything else of the same kind. */
function another(value: unknown): unknown {
  if (typeof value === "boolean") return !value;
  return typeof value === "number" ? value + 1 : "another";
}

test.each(TYPES)("%s: every argument is evaluated, or listed as harmless with a reason", (type) => {
  const inStack = STACK.filter((each) => each.type === type).flatMap(({ change }) =>
    fieldsOf(change.before as object, ""),
  );
  const all = new Set([...argumentsOf(type), ...inStack]);
  const made = ["arn", "url", "key_id"];

  expect([...all].filter((path) => !made.includes(path) && !isListed(type, path))).toEqual([]);
});

test.each(TYPES)("%s: nothing is listed that it doesn't have", (type) => {
  const known = argumentsOf(type);
  const listed = [...Object.keys(EVALUATED[type] ?? {}), ...harmlessOf(type)];

  expect(listed.filter((path) => !known.includes(path.split(".")[0] as string))).toEqual([]);
});

test.each(
  Object.entries(EVALUATED).flatMap(([type, attributes]) =>
    Object.entries(attributes).map(([path, worse]): [string, string, Worse] => [type, path, worse]),
  ),
)("%s: %s that becomes worse is reported", (type, path, worse) => {
  expect(rendered(having(type, path, worse), path, worse)).toContain(worse.check);
});

test.each(
  TYPES.flatMap((type) =>
    harmlessOf(type)
      .filter((path) => !path.includes("."))
      .map((path): [string, string] => [type, path]),
  ),
)("%s: %s that changes is not reported", (type, path) => {
  const one = having(type, path);

  expect(rendered(one, path, { to: another(valueAt(one.change.before, path)) })).toEqual([]);
});

test("all of the stack belongs to the monitoring, but the aliases, by which nothing names a key", () => {
  const { watched } = review({ format_version: "1.2", resource_changes: WHOLE });

  expect(watched).toBe(WHOLE.filter(({ type }) => type !== "aws_kms_alias").length);
});

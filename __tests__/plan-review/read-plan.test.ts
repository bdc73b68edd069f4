import { describe, expect, test } from "@jest/globals";
import { PlanError } from "../../plan-review/plan/not-a-plan";
import { readPlan } from "../../plan-review/plan/read-plan";
import { entry, planWith } from "./plans";

function problem(given: string | Buffer): string {
  try {
    readPlan(Buffer.from(given));
    return "none";
  } catch (error) {
    if (error instanceof PlanError) return error.message;
    throw error;
  }
}

const PLAN = JSON.stringify(planWith([]));
const least = { format_version: "1.2", planned_values: {} };

describe("what isn't a plan is recognized by its content, and the error says what to run", () => {
  test.each([
    ["nothing", "", /^is empty: run terraform plan -out=tfplan && terraform show -json tfplan/],
    ["blanks", " \n", /^is blank: run/],
    [
      "a plan as it is saved",
      "PK\x03\x04\x14\x00\x08\x00",
      /^is a binary plan \(terraform plan -out\), not JSON: run terraform show -json FILE/,
    ],
    [
      "a plan for people",
      "\nTerraform will perform the following actions:\n",
      /^is the text output of terraform plan, not JSON/,
    ],
    [
      "OpenTofu's plan for people",
      "OpenTofu used the selected providers",
      /^is the text output of terraform plan, not JSON/,
    ],
    [
      "a plan for people without changes",
      "No changes. Your infrastructure matches",
      /^is the text output of terraform plan, not JSON/,
    ],
    [
      "the log of plan -json",
      '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}\n',
      /^is the log of terraform plan -json/,
    ],
    ["one line of that", '{"@level":"info","@message":"Terraform 1.11.4"}', /^is the log of terraform plan -json/],
    ["a truncated plan", PLAN.slice(0, 5_000), /^is truncated JSON \(5000 characters\)/],
    ["something else", "resource aws_s3_bucket x {}", /^is not JSON/],
    ["gzip", "\x1f\x8b\x08\x00", /^/],
    ["a number", "12", /^is not a plan, but JSON of type number/],
    ["a list", "[]", /^is not a plan, but JSON of type array/],
    ["null", "null", /^is not a plan, but JSON of type null/],
    ["a state file", '{"version":4,"serial":7,"lineage":"a","resources":[]}', /^is a state file, not a plan/],
    [
      "a state as it is shown",
      '{"format_version":"1.0","values":{"root_module":{}}}',
      /^is a state \(terraform show -json without a plan's file\)/,
    ],
    ["an empty state as it is shown", '{"format_version":"1.0"}', /^is /],
    [
      "the providers' schemas",
      '{"format_version":"1.0","provider_schemas":{}}',
      /^is the output of terraform providers schema, not a plan/,
    ],
    ["a configuration", '{"terraform":{},"resource":{}}', /^is a configuration, not a plan/],
    ["some object", "{}", /^is not a plan, but JSON without format_version/],
  ])("%s", (_, given, expected) => {
    expect(problem(given)).toMatch(expected);
    expect(problem(given)).not.toContain("\n");
  });

  test.each([
    ["little-endian", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(PLAN, "utf16le")])],
    ["big-endian", Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(PLAN, "utf16le").swap16()])],
    ["without a mark", Buffer.from(PLAN, "utf16le")],
  ])("UTF-16, %s", (_, given) => {
    expect(problem(given)).toMatch(/^is UTF-16, as Windows PowerShell writes with >: run cmd/);
  });

  test("gzip", () => {
    expect(problem(Buffer.from([0x1f, 0x8b, 8, 0]))).toMatch(/^is compressed with gzip/);
  });

  test("UTF-8 with a mark at its beginning is read all the same", () => {
    expect(problem(`\uFEFF${PLAN}`)).toBe("none");
  });
});

describe("a plan of another format", () => {
  test.each(["0.2", "2.0", "10.1", 1.2, null])("is refused: %p", (format_version) => {
    expect(problem(JSON.stringify({ ...least, format_version }))).toMatch(/^has format_version .*; allowed: 1\.x/);
  });

  test.each(["1.0", "1.2", "1.99", "1"])("is read where only more was added: %s", (format_version) => {
    expect(problem(JSON.stringify({ ...least, format_version, newer: {} }))).toBe("none");
  });
});

test.each([
  [{ resource_changes: {} }, "is not a plan: resource_changes must be an array"],
  [{ resource_changes: [1] }, "is not a plan: resource_changes[0] must be an object"],
  [{ resource_changes: [{ type: "x" }] }, "is not a plan: resource_changes[0] must have an address and a type"],
  [{ resource_changes: [{ address: "x.y", type: "x" }] }, "is not a plan: resource_changes[0] must have a change"],
  [
    { resource_drift: [{ address: "x.y", type: "x", change: { actions: ["melt"] } }] },
    'is not a plan: resource_drift[0] has unknown actions ["melt"]',
  ],
  [
    { resource_changes: [{ address: "x.y", type: "x", change: { actions: ["update"], before: {}, after: null } }] },
    "is not a plan: resource_changes[0] is an update, so it must have before and after",
  ],
  [{ errored: true }, "is a plan that ended with an error"],
])("a plan of another shape is refused, never read in part: %j", (more, expected) => {
  expect(problem(JSON.stringify({ ...least, ...more }))).toContain(expected);
});

test("data sources and leftovers of earlier replacements are no changes", () => {
  const bucket = entry("aws_s3_bucket.x", ["delete"], { bucket: "x" }, null);
  const plan = readPlan(
    Buffer.from(
      JSON.stringify({
        ...least,
        resource_changes: [
          { ...bucket, mode: "data" },
          { ...bucket, deposed: "abc" },
        ],
      }),
    ),
  );

  expect(plan).toMatchObject({ changes: [], deposed: 1 });
});

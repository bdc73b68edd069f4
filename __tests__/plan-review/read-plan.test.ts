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

describe("what isn't a plan is told from its content, with what to run instead", () => {
  test.each([
    ["nothing", "", /^is empty: run terraform plan -out=tfplan && terraform show -json tfplan/],
    ["blanks", " \n", /^holds nothing but blanks: run/],
    [
      "a plan as it is saved",
      "PK\x03\x04\x14\x00\x08\x00",
      /^is a plan as terraform plan -out saves it, not JSON: run terraform show -json FILE/,
    ],
    ["a plan for people", "\nTerraform will perform the following actions:\n", /^is a plan for people, not JSON/],
    ["OpenTofu's plan for people", "OpenTofu used the selected providers", /^is a plan for people, not JSON/],
    ["a plan for people without changes", "No changes. Your infrastructure matches", /^is a plan for people, not JSON/],
    [
      "the log of plan -json",
      '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}\n',
      /^is the log of terraform plan -json/,
    ],
    ["one line of that", '{"@level":"info","@message":"Terraform 1.11.4"}', /^is the log of terraform plan -json/],
    ["a truncated plan", PLAN.slice(0, 5_000), /^is JSON that ends before its end, after 5000 characters/],
    ["something else", "resource aws_s3_bucket x {}", /^is not JSON/],
    ["gzip", "\x1f\x8b\x08\x00", /^/],
    ["a number", "12", /^is JSON, but a number, not a plan/],
    ["a list", "[]", /^is JSON, but a list, not a plan/],
    ["null", "null", /^is JSON, but null, not a plan/],
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
      /^is the providers' schemas, not a plan/,
    ],
    ["a configuration", '{"terraform":{},"resource":{}}', /^is a configuration, not a plan/],
    ["some object", "{}", /^is JSON, but has no format_version/],
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
    expect(problem(JSON.stringify({ ...least, format_version }))).toMatch(
      /^has format_version .*, and only 1\.x can be read/,
    );
  });

  test.each(["1.0", "1.2", "1.99", "1"])("is read where only more was added: %s", (format_version) => {
    expect(problem(JSON.stringify({ ...least, format_version, newer: {} }))).toBe("none");
  });
});

test.each([
  [{ resource_changes: {} }, "has a resource_changes that is no list"],
  [{ resource_changes: [1] }, "has a resource_changes[0] that is no object"],
  [{ resource_changes: [{ type: "x" }] }, "has a resource_changes[0] without address or type"],
  [{ resource_changes: [{ address: "x.y", type: "x" }] }, "has a resource_changes[0] without change"],
  [
    { resource_drift: [{ address: "x.y", type: "x", change: { actions: ["melt"] } }] },
    'has a resource_drift[0] with actions ["melt"], which this does not know',
  ],
  [
    { resource_changes: [{ address: "x.y", type: "x", change: { actions: ["update"], before: {}, after: null } }] },
    "has a resource_changes[0] that is updated, without what it was or will be",
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

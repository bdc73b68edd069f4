import { describe, expect, test } from "@jest/globals";
import {
  allOf,
  attribute,
  binary,
  call,
  conditional,
  forEach,
  fromJson,
  list,
  literal,
  literals,
  name,
  not,
  text,
} from "../../../config/hcl/expression";
import { jsonExpression, jsonTemplate, printExpression } from "../../../config/hcl/print";

const entry = name("entry");

describe("an expression is written", () => {
  test.each([
    ["text", literal("a"), '"a"'],
    ["quotes and backslashes", literal('\\d"\n'), '"\\\\d\\"\\n"'],
    ["control characters that HCL has no letter for", literal("\b\f\\b"), '"\\u0008\\u000c\\\\b"'],
    ["what looks like an interpolation", literal("${a} %{b} $ {"), '"$${a} %%{b} $ {"'],
    ["number, boolean, null", list(literal(1.5), literal(true), literal(null)), "[1.5, true, null]"],
    ["attribute", attribute(entry, "protocol"), "entry.protocol"],
    ["call", call("can", call("regex", literal("^a$"), entry)), 'can(regex("^a$", entry))'],
    ["operators, in brackets", allOf(binary(entry, ">", literal(1)), not(entry)), "((entry > 1) && !entry)"],
    ["no condition at all", allOf(), "true"],
    ["choice", conditional(entry, literal(1), literal(2)), "(entry ? 1 : 2)"],
    ["object", fromJson({ $or: [{ a: "${x}" }] }), '{ "$or" = [{ "a" = "$${x}" }] }'],
    [
      "object with something in its place",
      fromJson({ a: 1, b: [2] }, (value) => (value === 1 ? entry : undefined)),
      '{ "a" = entry, "b" = [2] }',
    ],
    ["loop", forEach({ value: "entry", among: literals(["a"]), give: entry }), '[for entry in ["a"] : entry]'],
    [
      "loop with key and condition",
      forEach({ key: "place", value: "entry", among: name("var.x"), give: name("place"), where: entry }),
      "[for place, entry in var.x : place if entry]",
    ],
    [
      "map",
      forEach({ value: "entry", among: name("var.x"), under: entry, give: literal(1) }),
      "{for entry in var.x : entry => 1}",
    ],
    ["text with expressions", text('a "', entry, '" ${b}'), '"a \\"${entry}\\" $${b}"'],
  ])("%s", (_, expression, written) => {
    expect(printExpression(expression)).toBe(written);
  });
});

test("in Terraform's JSON an expression is an interpolation, and text a template as it stands", () => {
  expect(jsonExpression(entry)).toBe("${entry}");
  expect(jsonTemplate(text('must be ${x} and "y": ', call("jsonencode", entry)))).toBe(
    'must be $${x} and "y": ${jsonencode(entry)}',
  );
});

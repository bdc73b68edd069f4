import {
  attribute,
  binary,
  call,
  conditional,
  type Expression,
  forEach,
  fromJson,
  list,
  literal,
  name,
  text,
} from "../../config/hcl/expression";
import { snakeCase } from "../../config/hcl/snake-case";
import type { Detection } from "../../detection/definition/detection";
import { alwaysOn } from "../../detection/suppressions/always-on";
import { READY_MADE, readyMade } from "../../detection/suppressions/ready-made";
import { variableOf } from "./variables";

/** Stands where Terraform is to put a list of ARNs. */
const ARNS = "\u0000arns";
const ENTRY = name("entry");

/**
 * Expression of what deployers and suppressions come to for the function: the JSON that the zip would have, packed, because
 * Lambda takes 4 KB of environment. Empty where there is nothing.
 */
export function suppressionsVariable(catalogue: readonly Detection[]): Expression {
  const count = (key: "deployers" | "suppressions") => call("length", variableOf(key));
  const all = call(
    "concat",
    ofDeployers(catalogue),
    forEach({ value: "entry", among: variableOf("suppressions"), give: jsonOfEntry() }),
  );
  return conditional(
    binary(binary(count("deployers"), "+", count("suppressions")), "==", literal(0)),
    literal(""),
    call("base64gzip", text("[", call("join", literal(","), all), "]")),
  );
}

function ofDeployers(catalogue: readonly Detection[]): Expression {
  const deployers = alwaysOn(catalogue, [ARNS]).find(({ id }) => id === "deployers");
  if (!deployers) return list();
  const none = binary(call("length", variableOf("deployers")), "==", literal(0));
  return conditional(none, list(), list(jsonWith(deployers, variableOf("deployers"))));
}

/** Branches as JSON: Terraform wants both of one type. */
function jsonOfEntry(): Expression {
  const said = (field: string) => call("tostring", attribute(ENTRY, field));
  const answerable = { owner: said("owner"), reason: said("reason"), expires: said("expires") };
  const own = call(
    "jsonencode",
    call(
      "merge",
      {
        kind: "object",
        fields: {
          id: said("id"),
          detections: attribute(ENTRY, "detections"),
          pattern: attribute(ENTRY, "pattern"),
          ...answerable,
        },
      },
      ofAccounts(),
    ),
  );
  return READY_MADE.reduceRight<Expression>((otherwise, use) => {
    const { owner, reason, expires, ...contents } = readyMade({
      use,
      roles: [ARNS],
      owner: "",
      reason: "",
      expires: "",
    });
    const json = call(
      "jsonencode",
      call("merge", withArns(contents, attribute(ENTRY, "roles")), { kind: "object", fields: answerable }),
    );
    return conditional(binary(call("try", attribute(ENTRY, "use"), literal("")), "==", literal(use)), json, otherwise);
  }, own);
}

/** Which accounts it is for, as far as the entry says it. */
function ofAccounts(): Expression {
  const given = (field: string) => call("try", attribute(ENTRY, snakeCase(field)), literal(null));
  const fields = ["accounts", "organizationalUnits", "accountTags"];
  return forEach({
    key: "field",
    value: "given",
    among: { kind: "object", fields: Object.fromEntries(fields.map((field) => [field, given(field)])) },
    under: name("field"),
    give: name("given"),
    where: binary(name("given"), "!=", literal(null)),
  });
}

function jsonWith(suppression: object, arns: Expression): Expression {
  return call("jsonencode", withArns(suppression, arns));
}

function withArns(value: object, arns: Expression): Expression {
  return fromJson(value, (part) => (Array.isArray(part) && part[0] === ARNS ? arns : undefined));
}

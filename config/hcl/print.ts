import type { Expression, ForEach, Text } from "./expression";

/** An expression as a value of Terraform's JSON syntax: `${…}`. */
export function jsonExpression(expression: Expression): string {
  return `\${${printExpression(expression)}}`;
}

/** Text with expressions in it as a value of Terraform's JSON syntax, where it is a template as it stands. */
export function jsonTemplate({ parts }: Text): string {
  return parts.map((part) => (typeof part === "string" ? withoutInterpolation(part) : jsonExpression(part))).join("");
}

/** An expression in Terraform's native syntax. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case "literal":
      return typeof expression.value === "string" ? quoted(expression.value) : String(expression.value);
    case "name":
      return expression.name;
    case "attribute":
      return `${printExpression(expression.of)}.${expression.name}`;
    case "call":
      return `${expression.name}(${expression.args.map(printExpression).join(", ")})`;
    case "binary":
      return `(${printExpression(expression.left)} ${expression.operator} ${printExpression(expression.right)})`;
    case "not":
      return `!${printExpression(expression.of)}`;
    case "conditional":
      return `(${[expression.test, expression.then].map(printExpression).join(" ? ")} : ${printExpression(expression.otherwise)})`;
    case "list":
      return `[${expression.items.map(printExpression).join(", ")}]`;
    case "object":
      return `{ ${Object.entries(expression.fields)
        .map(([key, field]) => `${quoted(key)} = ${printExpression(field)}`)
        .join(", ")} }`;
    case "for":
      return printFor(expression);
    case "text":
      return `"${expression.parts
        .map((part) => (typeof part === "string" ? escaped(part) : jsonExpression(part)))
        .join("")}"`;
  }
}

function printFor({ key, value, among, under, give, where }: ForEach): string {
  const names = key === undefined ? value : `${key}, ${value}`;
  const gives = under === undefined ? printExpression(give) : `${printExpression(under)} => ${printExpression(give)}`;
  const condition = where === undefined ? "" : ` if ${printExpression(where)}`;
  const [open, close] = under === undefined ? "[]" : "{}";
  return `${open}for ${names} in ${printExpression(among)} : ${gives}${condition}${close}`;
}

function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

/** As it stands between quotes: HCL knows JSON's escapes but `\b` and `\f`. */
function escaped(text: string): string {
  const inJson = JSON.stringify(text).slice(1, -1);
  return withoutInterpolation(
    inJson.replace(/\\(.)/g, (json, character) =>
      character === "b" ? "\\u0008" : character === "f" ? "\\u000c" : json,
    ),
  );
}

function withoutInterpolation(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

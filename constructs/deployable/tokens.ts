import { Token } from "cdktf";
import { isObject } from "../../detection/events/json";

/**
 * Properties whose value only Terraform knows, such as a variable's or the ARN of another resource. The values are checked and packed
 * into the function at synth, which would keep the token's text. Only statements of a policy may hold tokens: they stay in
 * Terraform's JSON.
 *
 * @returns a line for each
 */
export function tokenProblems(props: object): readonly string[] {
  return [...tokenPaths(props, "", new Set())].map(
    (path) =>
      `${path} is a token, which only Terraform can resolve: must be known at synth; write the value out${
        path.startsWith("subscribers") ? ", or add an SnsTopicSubscription to alertsTopic" : ""
      }`,
  );
}

function* tokenPaths(value: unknown, path: string, seen: Set<object>): Generator<string> {
  if (/^resources\.\w+\.ownerStatements$/.test(path)) return;
  if (Token.isUnresolved(value)) {
    yield path;
  } else if (typeof value === "object" && value !== null && !seen.has(value)) {
    seen.add(value);
    const children: readonly (readonly [string, unknown])[] = isObject(value)
      ? Object.entries(value).map(([key, child]) => [path === "" ? key : `${path}.${key}`, child])
      : [...(value as readonly unknown[])].map((child, index) => [`${path}[${index}]`, child]);
    for (const [childPath, child] of children) yield* tokenPaths(child, childPath, seen);
  }
}

import { expect, test } from "@jest/globals";
import { resources } from "../../assertions/resources";
import { strings } from "../../assertions/strings";
import type { Attributes } from "../../assertions/synthesized-stack";
import { CHANNELS, SUBSCRIBERS, synthesizeStack } from "./synthesize-stack";

const organization = {
  id: "o-a1b2c3d4e5",
  managementAccount: "444455556666",
  deliveries: "eventbridge",
  stackSet: { organizationalUnits: ["r-ab12"] },
};

// With everything that a configuration may bring.
const stack = synthesizeStack(
  { subscribers: SUBSCRIBERS, regions: ["eu-west-1"], organization },
  { unchecked: { channels: CHANNELS } },
);

const known = new Set([
  ...resources(stack).map(({ address }) => address),
  ...Object.entries(stack.data).flatMap(([type, byId]) => Object.keys(byId).map((id) => `data.${type}.${id}`)),
]);

/** Addresses that a text refers to between `${` and `}`; `$${` is not a reference. */
function referencesIn(text: string): readonly string[] {
  return [...text.matchAll(/(?<!\$)\$\{([^}]*)\}/g)].flatMap(([, expression]) =>
    [...String(expression).matchAll(/\b(?:data\.)?aws_\w+\.[\w-]+/g)].map(([address]) => address),
  );
}

/** What must exist before a resource with these attributes. */
function dependencies(attributes: Attributes): readonly string[] {
  return [...strings(attributes).flatMap(referencesIn), ...strings(attributes.depends_on)];
}

const graph = new Map(resources(stack).map(({ address, attributes }) => [address, dependencies(attributes)]));

/** The way back to where it began, or nothing when there is none. */
function findCycle(): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (address: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(address)) return [...path, address];
    if (done.has(address)) return undefined;
    for (const next of graph.get(address) ?? []) {
      const cycle = visit(next, [...path, address]);
      if (cycle !== undefined) return cycle;
    }
    done.add(address);
    return undefined;
  };
  for (const address of graph.keys()) {
    const cycle = visit(address, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

test("every reference and every depends_on names something that exists", () => {
  const referred = [...graph.values()].flat();
  const inOutputs = strings(stack.output).flatMap(referencesIn);

  expect(referred.length).toBeGreaterThan(100);
  expect(inOutputs).toHaveLength(6);
  expect([...referred, ...inOutputs].filter((address) => !known.has(address))).toEqual([]);
});

test("every expression refers to something: none is a leftover", () => {
  const expressions = strings(stack).flatMap((text) => text.match(/(?<!\$)\$\{[^}]*\}/g) ?? []);

  expect(expressions.filter((expression) => referencesIn(expression).length !== 1)).toEqual([]);
  expect(strings(stack).filter((text) => text.includes("TfToken"))).toEqual([]);
});

test("nothing waits for itself, however many steps round", () => {
  expect(findCycle()).toBeUndefined();
});

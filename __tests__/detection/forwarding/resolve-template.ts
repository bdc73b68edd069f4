/** Where a template is deployed, and with which parameters. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly partition?: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export interface ResolvedResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

interface Template {
  readonly Parameters: Readonly<Record<string, { readonly Default?: string }>>;
  readonly Conditions: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, ResolvedResource & { readonly Condition?: string }>>;
}

/**
 * The resources that CloudFormation would make of a template, as far as ours goes: conditions decided, references replaced;
 * an attribute stands as `<resource>.<attribute>`.
 */
export function resolveTemplate(text: string, place: Place): Readonly<Record<string, ResolvedResource>> {
  const template = JSON.parse(text) as Template;
  const values: Readonly<Record<string, string | undefined>> = {
    "AWS::AccountId": place.account,
    "AWS::Region": place.region,
    "AWS::Partition": place.partition ?? "aws",
    ...Object.fromEntries(Object.entries(template.Parameters).map(([name, { Default }]) => [name, Default])),
    ...place.parameters,
  };
  const parameter = (name: string): string => {
    const value = values[name];
    if (value === undefined) throw new Error(`${name} has no value`);
    return value;
  };
  const holds = (condition: unknown): boolean => {
    const [[name, args]] = Object.entries(condition as object) as [[string, unknown]];
    if (name === "Condition") return holds(conditionOf(String(args)));
    const given = args as readonly unknown[];
    if (name === "Fn::Not") return !holds(given[0]);
    if (name === "Fn::And") return given.every(holds);
    if (name === "Fn::Equals") return resolve(given[0]) === resolve(given[1]);
    throw new Error(`${name} is not known here`);
  };
  const conditionOf = (name: string): unknown => {
    const condition = template.Conditions[name];
    if (condition === undefined) throw new Error(`there is no condition ${name}`);
    return condition;
  };
  const NO_VALUE = Symbol("AWS::NoValue");
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve).filter((each) => each !== NO_VALUE);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    const [name, given] = entries[0] ?? [];
    if (name === "Ref" && given === "AWS::NoValue") return NO_VALUE;
    if (name === "Ref")
      return Object.hasOwn(template.Resources, String(given)) ? String(given) : parameter(String(given));
    if (name === "Fn::Sub") return String(given).replace(/\$\{([^}]+)\}/g, (_, each: string) => parameter(each));
    if (name === "Fn::GetAtt") return (given as readonly string[]).join(".");
    if (name === "Fn::If") {
      const [condition, then, otherwise] = given as readonly [string, unknown, unknown];
      return resolve(holds(conditionOf(condition)) ? then : otherwise);
    }
    return Object.fromEntries(entries.map(([key, each]) => [key, resolve(each)]));
  };
  return Object.fromEntries(
    Object.entries(template.Resources)
      .filter(([, { Condition }]) => Condition === undefined || holds(conditionOf(Condition)))
      .map(([name, { Type, Properties = {} }]) => [
        name,
        { Type, Properties: resolve(Properties) as ResolvedResource["Properties"] },
      ]),
  );
}

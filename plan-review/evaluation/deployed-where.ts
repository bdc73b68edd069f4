import { at, canonical, isValues, type Value, type Values } from "../plan/values";

const REGION = "AWS::Region";
/** Conditions that refer to one another deeper than that do so in a circle. */
const MAX_DEPTH = 50;

/** The regions that the conditions of a CloudFormation template name. */
export function regionsNamed(conditions: Value | undefined): readonly string[] {
  const found = new Set<string>();
  const look = (value: Value | undefined): void => {
    if (typeof value !== "object" || value === null) return;
    const region = comparedWithRegion(at(value, "Fn::Equals"));
    if (region !== undefined) found.add(region);
    for (const each of Object.values(value)) look(each);
  };
  look(conditions);
  return [...found].sort();
}

/**
 * A template's resources as they are deployed in a region: those that its conditions leave out there are not among them, and
 * the others have of `Fn::If` and `Condition` what the region leaves open.
 *
 * @param region undefined for any that the conditions don't name
 */
export function deployedIn(
  { Resources: resources, Conditions: conditions }: Values,
  region: string | undefined,
): Values {
  const placed = new Placed(conditions, region);
  return Object.fromEntries(
    Object.entries(isValues(resources) ? resources : {}).flatMap(([id, resource]) => {
      const deployed = isValues(resource) ? placed.resource(resource) : resource;
      return deployed === undefined ? [] : [[id, deployed]];
    }),
  );
}

class Placed {
  constructor(
    private readonly conditions: Value | undefined,
    private readonly region: string | undefined,
  ) {}

  resource(resource: Values): Values | undefined {
    if (typeof resource.Condition !== "string") return this.#inside(resource, undefined) as Values;
    const condition = this.#named(resource.Condition, 0);
    if (condition === false) return undefined;
    const { Condition: _, ...rest } = resource;
    const inside = this.#inside(rest, canonical(condition)) as Values;
    return condition === true ? inside : { ...inside, Condition: condition };
  }

  /** What is left of a value where a condition is known to hold. */
  #inside(value: Value, holds: string | undefined): Value {
    if (Array.isArray(value)) {
      return value.map((each) => this.#inside(each, holds)).filter((each) => at(each, "Ref") !== "AWS::NoValue");
    }
    if (!isValues(value)) return value;
    const choice = value["Fn::If"];
    if (Array.isArray(choice) && choice.length === 3 && typeof choice[0] === "string") {
      const condition = this.#named(choice[0], 0);
      const [then = null, otherwise = null] = choice.slice(1).map((each) => this.#inside(each as Value, holds));
      if (condition === true || canonical(condition) === holds) return then;
      return condition === false ? otherwise : { "Fn::If": [condition, then, otherwise] };
    }
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.#inside(each ?? null, holds)]));
  }

  #named(name: string, depth: number): Value {
    const condition = at(this.conditions, name);
    return condition === undefined || depth > MAX_DEPTH ? { Condition: name } : this.#simplified(condition, depth + 1);
  }

  /** True, false, or what of it the region doesn't decide. */
  #simplified(condition: Value, depth: number): Value {
    const [operator, ...others] = isValues(condition) ? Object.keys(condition) : [];
    if (operator === undefined || others.length > 0) return condition;
    const given = at(condition, operator);
    if (operator === "Condition" && typeof given === "string") return this.#named(given, depth);
    if (!Array.isArray(given)) return condition;
    if (operator === "Fn::Equals") {
      const region = comparedWithRegion(given);
      return region === undefined ? condition : region === this.region;
    }
    const parts = given.map((each: Value) => this.#simplified(each, depth));
    if (operator === "Fn::Not") return typeof parts[0] === "boolean" ? !parts[0] : { [operator]: parts };
    if (operator !== "Fn::And" && operator !== "Fn::Or") return condition;
    const decides = operator === "Fn::Or";
    if (parts.includes(decides)) return decides;
    const open = parts.filter((each) => each !== !decides);
    const [only, ...more] = open;
    if (only === undefined) return !decides;
    return more.length === 0 ? only : { [operator]: open };
  }
}

/** The region that `Fn::Equals` compares the stack's own with. */
function comparedWithRegion(sides: Value | undefined): string | undefined {
  if (!Array.isArray(sides) || sides.length !== 2) return undefined;
  const [own, other] = at(sides[0], "Ref") === REGION ? sides : [sides[1], sides[0]];
  return at(own as Value, "Ref") === REGION && typeof other === "string" ? other : undefined;
}

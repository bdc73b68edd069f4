import { type TerraformStack, TerraformVariable } from "cdktf";
import type { Condition } from "../../config/hcl/condition";
import { conditionsOf, typeOf } from "../../config/hcl/conditions";
import { binary, type Expression, literal, name } from "../../config/hcl/expression";
import { jsonExpression, jsonTemplate } from "../../config/hcl/print";
import { snakeCase } from "../../config/hcl/snake-case";
import { isVariable, type Key } from "../../config/key";
import { KEYS } from "../../config/keys";
import { type Rule, ruleOf } from "../../config/rule";
import { CONFIG_KEYS, type Config, type ConfigKey, KEY_SCHEMAS } from "../../config/schema";

/** A variable of the module, before it is declared. */
export interface PlannedVariable {
  readonly key: ConfigKey;
  /** As Terraform calls it. */
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly default: unknown;
  readonly conditions: readonly Condition[];
}

/** What a variable is called when an expression asks for it. */
export function variableOf(key: ConfigKey): Expression {
  return name(`var.${snakeCase(key)}`);
}

/**
 * The variables of a module, with the conditions that their own schema sets.
 *
 * @param config whose values are the defaults
 */
export function plannedVariables(config: Config): readonly PlannedVariable[] {
  return CONFIG_KEYS.flatMap((key) => {
    const variable: Key["module"] = KEYS[key].module;
    if (!isVariable(variable)) return [];
    if (variable.names !== undefined && config.resources[variable.names].mode !== "create") return [];
    const rule = ruleOf(KEY_SCHEMAS[key]);
    if (rule === undefined) throw new Error(`${key} has no rule: a variable can't be made of it`);
    const conditions = conditionsOf(snakeCase(key), rule);
    return [
      {
        key,
        name: snakeCase(key),
        type: typeOf(rule),
        description: variable.description,
        default: config[key] === undefined ? "" : inSnakeCase(config[key], rule),
        conditions:
          rule.kind === "text" && KEY_SCHEMAS[key].default === undefined
            ? conditions.map((each) => orEmpty(key, each))
            : conditions,
      },
    ];
  });
}

/** A text that has no default may be left empty. */
function orEmpty(key: ConfigKey, { holds, message }: Condition): Condition {
  return { holds: binary(binary(variableOf(key), "==", literal("")), "||", holds), message };
}

/** Field names of a list's objects, as Terraform's attributes are written. */
function inSnakeCase(value: unknown, rule: Rule): unknown {
  if (rule.kind !== "list" || rule.of.kind !== "kinds") return value;
  return (value as readonly object[]).map((entry) =>
    Object.fromEntries(Object.entries(entry).map(([key, field]) => [snakeCase(key), field])),
  );
}

export function declareVariable(stack: TerraformStack, planned: PlannedVariable): TerraformVariable {
  const { name, type, description, conditions } = planned;
  const declared = new TerraformVariable(stack, `Variable_${name}`, {
    type,
    description,
    nullable: false,
    validation: conditions.map(({ holds, message }) => ({
      condition: jsonExpression(holds),
      errorMessage: jsonTemplate(message),
    })),
  });
  declared.overrideLogicalId(name);
  // CDKTF would rewrite the keys of a default that is an object.
  declared.addOverride("default", planned.default);
  return declared;
}

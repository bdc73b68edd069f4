import {
  Aspects,
  type Precondition,
  type TerraformElement,
  TerraformLocal,
  type TerraformStack,
  type TerraformVariable,
} from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { type FunctionSettings, TerraformText } from "../../config/function-environment/write";
import { binary, call, conditional, type Expression, literal, name } from "../../config/hcl/expression";
import { jsonExpression } from "../../config/hcl/print";
import type { Config, ConfigKey } from "../../config/schema";
import type { Detection } from "../../detection/definition/detection";
import type { SubscribersProps } from "../messaging/subscribers";
import { conditionsBetween } from "./conditions";
import { enabledIds } from "./detections";
import { declareHomeRegion, PROVIDER_REGION } from "./home-region";
import { subscribe } from "./subscriptions";
import { suppressionsVariable } from "./suppressions";
import { declareVariable, plannedVariables, variableOf } from "./variables";

/** What a Terraform module leaves to whoever calls it, in place of the configuration's values. */
export interface ModuleParameters {
  /** The configuration, with variables where a value differs per deployment. */
  readonly config: Config;
  /** Expression of how many of a detection's rule there are: 0 where it is off. */
  readonly ruleCount: (detectionId: string) => string;
  /** What must hold of the provider's region before there is a forwarder; undefined where there is none. */
  readonly homeRegion: Precondition | undefined;
  /** What of the function's environment the variables decide: each as the variable's `write` would write it. */
  readonly settings: Readonly<Partial<Record<keyof FunctionSettings, TerraformText>>>;
  /** Subscribes whoever the variable names. */
  readonly subscribe: (scope: Construct, props: Omit<SubscribersProps, "subscribers">) => void;
}

/** What the stack asks for while it is made: everything, for the variables to choose from when Terraform runs. */
const UNDECIDED: Partial<Config> = {
  packs: ["strict"],
  disabledDetections: [],
  ruleBudget: Number.MAX_SAFE_INTEGER,
  subscribers: [],
  deployers: [],
  suppressions: [],
};

/**
 * Declares the module's variables; the configuration's values are their defaults.
 *
 * @param catalogue every detection: the module has the rules of all, and the variables say which there are
 */
export function moduleParameters(
  stack: TerraformStack,
  config: Config,
  catalogue: readonly Detection[],
): ModuleParameters {
  const between = conditionsBetween(config, catalogue);
  const declared = new Map<ConfigKey, TerraformVariable>();
  for (const planned of plannedVariables(config)) {
    const conditions = [...planned.conditions, ...(between[planned.key] ?? [])];
    declared.set(planned.key, declareVariable(stack, { ...planned, conditions }));
  }
  local(stack, "enabled_detections", enabledIds(catalogue));
  local(stack, "suppressions", suppressionsVariable(catalogue));
  Aspects.of(stack).add({ visit: tagWithVariable });

  return {
    config: { ...config, ...UNDECIDED, region: `\${${PROVIDER_REGION}}`, ...valuesOf(declared, config) },
    ruleCount: (id) => `\${contains(local.enabled_detections, "${id}") ? 1 : 0}`,
    homeRegion: declareHomeRegion(stack, config),
    settings: Object.fromEntries(
      Object.entries(settingExpressions()).map(([key, value]) => [key, new TerraformText(jsonExpression(value))]),
    ),
    subscribe,
  };
}

/** The texts of the function's environment that the variables decide. */
export function settingExpressions(): Readonly<Partial<Record<keyof FunctionSettings, Expression>>> {
  const accountNames = variableOf("accountNames");
  return {
    packs: call("jsonencode", variableOf("packs")),
    disabledDetections: call("join", literal(","), call("sort", variableOf("disabledDetections"))),
    suppressions: name("local.suppressions"),
    accountNames: conditional(
      binary(call("length", accountNames), "==", literal(0)),
      literal(""),
      call("jsonencode", accountNames),
    ),
    timeZone: variableOf("timeZone"),
  };
}

function local(stack: TerraformStack, name: string, value: Expression): void {
  new TerraformLocal(stack, `Local_${name}`, jsonExpression(value)).overrideLogicalId(name);
}

/** References to the variables that are texts and numbers; the other ones need more than a reference. */
function valuesOf(declared: ReadonlyMap<ConfigKey, TerraformVariable>, config: Config): Partial<Config> {
  const values: Partial<Record<ConfigKey, unknown>> = {};
  for (const [key, variable] of declared) {
    if (key === "bucketName") values[key] = BUCKET_NAME;
    else if (key === "permissionsBoundary") values[key] = PERMISSIONS_BOUNDARY;
    else if (key in UNDECIDED) continue;
    else if (typeof config[key] === "string") values[key] = variable.stringValue;
    else if (typeof config[key] === "number") values[key] = variable.numberValue;
  }
  return values as Partial<Config>;
}

const BUCKET_NAME =
  '${coalesce(var.bucket_name, join("-", [var.name_prefix, "logs", data.aws_caller_identity.Account.account_id, data.aws_region.Region.region]))}';

const PERMISSIONS_BOUNDARY = '${var.permissions_boundary == "" ? null : var.permissions_boundary}';

/** A module has no provider block whose default tags would do it. */
function tagWithVariable(node: IConstruct): void {
  if ("tagsInput" in node) (node as unknown as TerraformElement).addOverride("tags", "${var.tags}");
}

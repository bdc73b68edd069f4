import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { environmentCheck } from "./environment-check";
import { type ModuleForwarding, type ModuleVariable, moduleReadme } from "./module-readme";

type Json = Readonly<Record<string, unknown>>;

interface SynthesizedJson {
  readonly terraform: { readonly required_providers: { readonly aws: { readonly version: string } } };
  readonly data: Json;
  readonly locals: Json & { readonly home_region?: string };
  readonly resource: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly variable: Readonly<Record<string, ModuleVariable>>;
  readonly output: Readonly<Record<string, { readonly description?: string; readonly value?: unknown }>>;
  readonly check?: Json;
  readonly import?: readonly { readonly to: string; readonly id: string }[];
}

/** The name under which the example calls the module. */
const MODULE = "trailwarden";

/** The alert function's zip; the notifier has another. */
const ALERT_FUNCTION = "function.zip";

/**
 * A module's files, by relative path, from the stack that CDKTF synthesized: without backend, provider and import
 * blocks, which belong to the root that calls it.
 */
export function moduleFiles(stackFolder: string): Readonly<Record<string, string | Uint8Array>> {
  const stack = withoutMetadata(JSON.parse(readFileSync(join(stackFolder, "cdk.tf.json"), "utf8"))) as SynthesizedJson;
  const { version } = stack.terraform.required_providers.aws;
  const topics = Object.entries(stack.resource.aws_sns_topic ?? {});
  const topicNames = Object.fromEntries(topics.map(([topic, { name }]) => [topic, String(name)]));
  const functions = Object.entries(stack.resource.aws_lambda_function ?? {}).map(([name, fn]) => ({
    name,
    zip: basename(String(fn.filename)),
    content: readFileSync(join(stackFolder, String(fn.filename))),
    fn,
  }));
  const { content: zip } = only(functions.filter((each) => each.zip === ALERT_FUNCTION));
  const resource = {
    ...stack.resource,
    aws_lambda_function: Object.fromEntries(
      functions.map(({ name, zip, fn }) => [
        name,
        {
          ...fn,
          filename: `\${path.module}/${zip}`,
          lifecycle: {
            precondition: [
              environmentCheck(
                variablesOf(fn),
                topicNames,
                zip === ALERT_FUNCTION ? "suppressions, deployers or disabled_detections" : "account_names",
              ),
            ],
          },
        },
      ]),
    ),
  };
  const imports = stack.import ?? [];
  return {
    "main.tf.json": json({
      terraform: {
        required_version: ">= 1.9.0",
        required_providers: { aws: { source: "hashicorp/aws", version } },
      },
      data: stack.data,
      locals: stack.locals,
      ...(stack.check && { check: stack.check }),
      resource,
    }),
    "variables.tf.json": json({ variable: stack.variable }),
    "outputs.tf.json": json({ output: stack.output }),
    ...Object.fromEntries(functions.map(({ zip, content }) => [zip, content])),
    "README.md": moduleReadme({
      variables: stack.variable,
      outputs: stack.output,
      detectionIds: detectionIds(zip),
      adopts: imports.length > 0,
      forwarding: forwardingOf(stack),
    }),
    "example/main.tf": example(version, stack.locals.home_region ?? "us-east-1"),
    ...(imports.length > 0 && { "example/imports.tf": importBlocks(imports) }),
  };
}

/** The home region is the list's first, by the provider's name. */
function forwardingOf({ locals: { home_region: home }, output }: SynthesizedJson): ModuleForwarding | undefined {
  const [, ...regions] = (output.watched_regions?.value ?? []) as readonly string[];
  return home === undefined ? undefined : { home, regions };
}

function variablesOf(fn: Json): Readonly<Record<string, string>> {
  return (fn.environment as { readonly variables: Readonly<Record<string, string>> }).variables;
}

/** Ids of the detections that the function's zip knows. */
function detectionIds(zip: Uint8Array): readonly string[] {
  const catalogue = strFromU8(unzipSync(zip)["catalogue.json"] ?? new Uint8Array());
  return (JSON.parse(catalogue) as readonly { readonly id: string }[]).map(({ id }) => id);
}

/** CDKTF's remarks of which construct made what. */
function withoutMetadata(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMetadata);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "//")
      .map(([key, child]) => [key, withoutMetadata(child)]),
  );
}

function only<T>([first, ...others]: readonly T[]): T {
  if (first === undefined || others.length > 0) throw new Error("the stack does not have exactly one alert function");
  return first;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function example(version: string, region: string): string {
  return `terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "${version}"
    }
  }
}

# The home region${region === "us-east-1" ? ": use us-east-1 unless you have a reason not to" : ""}.
provider "aws" {
  region = "${region}"
}

module "${MODULE}" {
  source = "../"

  subscribers = [
    { protocol = "email", endpoint = "oncall@example.com", min_severity = "low" },
    { protocol = "sms", endpoint = "+15555550100", min_severity = "critical" },
  ]
}
`;
}

function importBlocks(imports: readonly { readonly to: string; readonly id: string }[]): string {
  const blocks = imports.map(
    ({ to, id }) => `import {\n  to = module.${MODULE}.${to}\n  id = ${JSON.stringify(id)}\n}\n`,
  );
  return `# Adopts existing resources. Terraform allows import blocks in a root module only: keep this file beside the module's call.\n\n${blocks.join("\n")}`;
}

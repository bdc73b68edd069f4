// Over 250 lines: one written module, looked at from every side.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { unzipSync } from "fflate";
import { catalogue } from "../../../detection/catalogue/catalogue";
import { hasRule } from "../../../detection/definition/detection";

const ROOT = join(__dirname, "..", "..", "..");
const folder = mkdtempSync(join(tmpdir(), "trailwarden module "));
afterAll(() => rmSync(folder, { recursive: true }));

function trailwarden(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", "tsx/cjs", "cli/main.ts", "module", ...args],
    {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

type Blocks = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
const read = (path: string) => readFileSync(join(folder, path), "utf8");
const blocks = (path: string) => JSON.parse(read(path)) as Blocks;

describe("trailwarden module", () => {
  beforeAll(() => {
    const { status, stderr } = trailwarden([join(folder, "made")], { TRAILWARDEN_NAME_PREFIX: "keeper" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });

  test("says in one line where it can't write", () => {
    const { status, stderr } = trailwarden([join(folder, "made", "README.md", "below")]);

    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: .*README.md.below can't be written: .*; name a folder that you may write to\n$/);
  });

  test("writes these files and no other", () => {
    expect(readdirSync(join(folder, "made"), { recursive: true, encoding: "utf8" }).sort()).toEqual([
      ".trailwarden-module",
      "README.md",
      "example",
      join("example", "main.tf"),
      "function.zip",
      "main.tf.json",
      "outputs.tf.json",
      "variables.tf.json",
    ]);
    expect(readdirSync(folder)).toEqual(["made"]);
  });

  test("leaves backend, provider and imports to the root that calls it", () => {
    const main = JSON.parse(read("made/main.tf.json"));

    expect(Object.keys(main).sort()).toEqual(["data", "locals", "resource", "terraform"]);
    expect(Object.keys(main.terraform).sort()).toEqual(["required_providers", "required_version"]);
    expect(read("made/main.tf.json")).not.toContain('"//"');
  });

  test("finds its zip beside itself", () => {
    const [fn] = Object.values(blocks("made/main.tf.json").resource?.aws_lambda_function ?? {}) as {
      filename: string;
    }[];

    expect(fn?.filename).toBe("${path.module}/function.zip");
    expect(Object.keys(unzipSync(readFileSync(join(folder, "made/function.zip"))))).toEqual([
      "account-alias.js",
      "alerting.js",
      "catalogue.json",
      "index.js",
      "log-file-scanner.js",
      "organization.js",
      "reach.js",
      "scheduled-tasks.js",
      "sqs-sender.js",
      "suppressions.json",
    ]);
  });

  test("has a described variable for what differs, with the configuration's value as default", () => {
    const variables = blocks("made/variables.tf.json").variable ?? {};

    expect(Object.fromEntries(Object.entries(variables).map(([name, { default: value }]) => [name, value]))).toEqual({
      name_prefix: "keeper",
      trail_name: "MyCloudTrail",
      bucket_name: "",
      alerts_topic_name: "cloudtrail-alerts-demo",
      urgent_topic_name: "APICallAlert",
      archive_transition_days: 90,
      archive_retention_days: 400,
      log_group_retention_days: 365,
      max_alerts_per_hour: 100,
      incident_minutes: 60,
      role_path: "/",
      permissions_boundary: "",
      account_names: {},
      time_zone: "",
      subscribers: [],
      packs: ["default"],
      disabled_detections: [],
      rule_budget: 300,
      deployers: [],
      suppressions: [],
      tags: { application: "trailwarden" },
    });
    for (const { description, nullable, validation } of Object.values(variables)) {
      expect(description).toMatch(/\w/);
      expect(nullable).toBe(false);
      expect(validation).not.toEqual([]);
    }
    for (const { description } of Object.values(blocks("made/outputs.tf.json").output ?? {})) {
      expect(description).toMatch(/\w/);
    }
  });

  test("suppresses by its zip what always is, and leaves the rest to the variables", () => {
    const zip = unzipSync(readFileSync(join(folder, "made/function.zip")));
    const suppressions = JSON.parse(Buffer.from(zip["suppressions.json"] ?? []).toString()) as { id: string }[];
    const [fn] = Object.values(blocks("made/main.tf.json").resource?.aws_lambda_function ?? {}) as {
      environment: { variables: Record<string, unknown> };
    }[];

    expect(suppressions.map(({ id }) => id)).toEqual(["aws-services", "monitor-itself", "stack-sets"]);
    expect(fn?.environment.variables.SUPPRESSIONS).toBe("${local.suppressions}");
    expect(fn?.environment.variables.PACKS).toBe("${jsonencode(var.packs)}");
  });

  test("has Terraform measure the function's environment", () => {
    const [fn] = Object.values(blocks("made/main.tf.json").resource?.aws_lambda_function ?? {}) as {
      lifecycle: { precondition: { condition: string }[] };
    }[];

    expect(fn?.lifecycle.precondition).toHaveLength(1);
    expect(fn?.lifecycle.precondition[0]?.condition).toMatch(/\$\{local\.suppressions\}.* <= 4096\)\}$/);
  });

  test("says in its README which keys are no variables, and every detection's id", () => {
    const readme = read("made/README.md");

    for (const key of ["region", "resources", "detectionsFolder", "stateBucket"])
      expect(readme).toContain(`| \`${key}\` |`);
    for (const { id } of catalogue) expect(readme).toContain(`\`${id}\``);
  });

  test("names every variable and output in its README", () => {
    const readme = read("made/README.md");
    const names = [
      ...Object.keys(blocks("made/variables.tf.json").variable ?? {}),
      ...Object.keys(blocks("made/outputs.tf.json").output ?? {}),
    ];

    for (const name of names) expect(readme).toContain(`| \`${name}\` |`);
    expect(readme).toContain('module "trailwarden" {');
  });

  test("switches a detection's rule and targets off by the variable", () => {
    const { aws_cloudwatch_event_rule: rules = {}, aws_cloudwatch_event_target: targets = {} } = JSON.parse(
      read("made/main.tf.json"),
    ).resource as Blocks;
    const counts = Object.values(rules).map(({ count }) => count);

    expect(counts.sort()).toEqual(
      catalogue
        .filter(hasRule)
        .map(({ id }) => `\${contains(local.enabled_detections, "${id}") ? 1 : 0}`)
        .sort(),
    );
    for (const { count, rule } of Object.values(targets)) {
      const [, id] = /^\$\{aws_cloudwatch_event_rule\.(\w+)\[0\]\.name\}$/.exec(String(rule)) ?? [];
      expect(count).toBe(rules[String(id)]?.count);
    }
  });

  test("gives the function the number of alerts from the variable, as text", () => {
    const [fn] = Object.values(blocks("made/main.tf.json").resource?.aws_lambda_function ?? {}) as {
      environment: { variables: Record<string, unknown> };
    }[];

    expect(fn?.environment.variables.MAX_ALERTS_PER_HOUR).toBe("${var.max_alerts_per_hour}");
  });

  test("gives every role the path and the boundary of the variables", () => {
    const roles = Object.values(blocks("made/main.tf.json").resource?.aws_iam_role ?? {}) as Record<string, unknown>[];

    expect(roles).toHaveLength(3);
    for (const { path, permissions_boundary } of roles) {
      expect(path).toBe("${var.role_path}");
      expect(permissions_boundary).toBe('${var.permissions_boundary == "" ? null : var.permissions_boundary}');
    }
  });

  test("leaves the brief's rule name to the default prefix", () => {
    const rules = Object.values(blocks("made/main.tf.json").resource?.aws_cloudwatch_event_rule ?? {}) as {
      name: string;
    }[];
    const named = rules.map(({ name }) => name).filter((name) => name.includes("root-get-caller-identity"));

    expect(named).toEqual([
      '${(var.name_prefix == "trailwarden") ? "GetCallerIdentityAlert" : "${var.name_prefix}-root-get-caller-identity"}',
    ]);
    expect(rules.map(({ name }) => name)).not.toContain("GetCallerIdentityAlert");
  });

  test("takes the providers that the stack takes", () => {
    const { terraform } = JSON.parse(read("made/main.tf.json"));

    expect(terraform.required_providers).toEqual({
      aws: { source: "hashicorp/aws", version: ">= 6.25.0, < 7.0.0" },
    });
    expect(read("made/example/main.tf")).toContain('version = ">= 6.25.0, < 7.0.0"');
  });

  test("tags whatever takes tags", () => {
    const { aws_s3_bucket, aws_sqs_queue, aws_kms_key, aws_lambda_function, aws_dynamodb_table } = JSON.parse(
      read("made/main.tf.json"),
    ).resource;

    for (const type of [aws_s3_bucket, aws_sqs_queue, aws_kms_key, aws_lambda_function, aws_dynamodb_table]) {
      for (const { tags } of Object.values(type as Record<string, { tags: unknown }>)) expect(tags).toBe("${var.tags}");
    }
  });

  test("names no region, account or name of its own in a resource", () => {
    const { resource } = JSON.parse(read("made/main.tf.json"));

    expect(JSON.stringify(resource)).not.toMatch(/us-east-1|keeper|MyCloudTrail"/);
  });

  test("writes again where it has written before, and brings the imports of adopted resources", () => {
    const trail = "arn:aws:cloudtrail:us-east-1:111122223333:trail/management-events";
    const { status } = trailwarden([join(folder, "made")], {
      TRAILWARDEN_RESOURCES: JSON.stringify({ trail: { mode: "adopt", id: trail } }),
    });

    expect(status).toBe(0);
    expect(read("made/example/imports.tf")).toMatch(
      new RegExp(`to = module\\.trailwarden\\.aws_cloudtrail\\.Trail_\\w+\\n  id = "${trail}"`),
    );
    expect(Object.keys(JSON.parse(read("made/main.tf.json")))).not.toContain("import");
    expect(Object.keys(blocks("made/variables.tf.json").variable ?? {})).not.toContain("trail_name");
  });
});

describe("trailwarden module writes nothing", () => {
  test("where a folder holds other things", () => {
    const foreign = join(folder, "foreign");
    mkdirSync(foreign);
    writeFileSync(join(foreign, "main.tf"), "# mine\n");

    const { status, stderr } = trailwarden([foreign]);

    expect(status).toBe(1);
    expect(stderr).toBe(
      `error: ${foreign} holds other things (main.tf): name a folder that does not exist yet, or one that this command wrote\n`,
    );
    expect(readdirSync(foreign)).toEqual(["main.tf"]);
  });

  test("where a file has the folder's name", () => {
    writeFileSync(join(folder, "file"), "");

    expect(trailwarden([join(folder, "file")]).stderr).toContain("is not a folder");
  });

  test("for a configuration that is wrong", () => {
    const { status, stderr } = trailwarden([join(folder, "never")], { TRAILWARDEN_REGION: "mars-1" });

    expect(status).toBe(1);
    expect(stderr).toBe(
      'error: region is "mars-1" (from TRAILWARDEN_REGION): must be an AWS region such as us-east-1\n',
    );
    expect(existsSync(join(folder, "never"))).toBe(false);
  });
});

describe("with channels", () => {
  const CHANNELS = [{ type: "slack", secret: "trailwarden/slack", channel: "C0123456789" }, { type: "security-hub" }];
  beforeAll(() => {
    const { status, stderr } = trailwarden([join(folder, "channels")], {
      TRAILWARDEN_CHANNELS: JSON.stringify(CHANNELS),
    });
    expect([stderr, status]).toEqual(["", 0]);
  });

  test("the notifier is written in, with its zip", () => {
    const functions = Object.values(blocks("channels/main.tf.json").resource?.aws_lambda_function ?? {}) as readonly {
      readonly filename: string;
    }[];

    expect(functions.map(({ filename }) => filename)).toEqual([
      "${path.module}/function.zip",
      "${path.module}/notifier.zip",
    ]);
    expect(Object.keys(unzipSync(readFileSync(join(folder, "channels", "notifier.zip"))))).toContain("index.js");
  });

  test("Terraform measures each function's environment, the notifier's with the caller's account_names", () => {
    const functions = Object.values(blocks("channels/main.tf.json").resource?.aws_lambda_function ?? {}) as readonly {
      readonly lifecycle: { readonly precondition: readonly { condition: string; error_message: string }[] };
    }[];
    const checks = functions.map(({ lifecycle: { precondition } }) => precondition);

    expect(checks.map(({ length }) => length)).toEqual([1, 1]);
    expect(checks[0]?.[0]?.error_message).toMatch(/shorten suppressions, deployers or disabled_detections$/);
    expect(checks[1]?.[0]?.condition).toMatch(/length\(.*var\.account_names.* <= 4096\)\}$/);
    expect(checks[1]?.[0]?.error_message).toMatch(/shorten account_names$/);
  });

  test("the secret's name stands in environment and policy, and there is no variable of it", () => {
    expect(read("channels/main.tf.json")).toContain(":secret:trailwarden/slack-??????");
    expect(read("channels/main.tf.json")).toContain(String.raw`\"secret\":\"trailwarden/slack\"`);
    expect(Object.keys(blocks("channels/variables.tf.json").variable ?? {})).not.toContain("channels");
  });
});

describe("with regions", () => {
  beforeAll(() => {
    const { status, stderr } = trailwarden([join(folder, "regions")], {
      TRAILWARDEN_REGION: "eu-central-1",
      TRAILWARDEN_REGIONS: "us-east-1,eu-west-1",
      TRAILWARDEN_DISABLED_DETECTIONS: "trail-stopped",
    });
    expect([stderr, status]).toEqual(["", 0]);
  });

  const resourcesOf = (type: string) =>
    Object.entries(blocks("regions/main.tf.json").resource?.[type] ?? {})
      .filter(([id]) => id.startsWith("Forwarding_"))
      .map(([, resource]) => resource as Readonly<Record<string, unknown>>);

  test("forwarders of all detections are written in, whatever the variables enable", () => {
    const rules = resourcesOf("aws_cloudwatch_event_rule");
    const names = rules.map(({ region, name }) => `${region} ${name}`);

    expect(new Set(rules.map(({ region }) => region))).toEqual(new Set(["eu-west-1", "us-east-1"]));
    expect(names[0]).toBe("eu-west-1 ${var.name_prefix}-forward-1");
    expect(rules.filter((rule) => "count" in rule)).toEqual([]);
    expect(rules.map(({ event_pattern: pattern }) => pattern).join()).toContain("StopLogging");
  });

  test("they put events on the bus of the provider's region, which must be the one that they were written for", () => {
    const preconditions = resourcesOf("aws_iam_role").map(
      ({ lifecycle }) => (lifecycle as { readonly precondition: unknown }).precondition,
    );

    expect(new Set(resourcesOf("aws_cloudwatch_event_target").map(({ arn }) => arn))).toEqual(
      new Set([
        "arn:${data.aws_partition.Partition.partition}:events:${data.aws_region.Region.region}:${data.aws_caller_identity.Account.account_id}:event-bus/default",
      ]),
    );
    expect(JSON.parse(read("regions/main.tf.json")).locals.home_region).toBe("eu-central-1");
    expect(preconditions).toEqual([
      [
        {
          condition: "${data.aws_region.Region.region == local.home_region}",
          error_message: expect.stringMatching(
            /^the AWS provider's region is .*, but the module was written for the home/,
          ),
        },
      ],
    ]);
  });

  test("the README and the example say so, and the output which regions", () => {
    const readme = read("regions/README.md");

    expect(readme).toContain("The home region is eu-central-1: Terraform refuses a provider of another region.");
    expect(readme).toContain("`eu-west-1`, `us-east-1`");
    expect(readme).not.toContain("The region is the provider's.");
    expect(read("regions/example/main.tf")).toContain('region = "eu-central-1"');
    expect(blocks("regions/outputs.tf.json").output?.watched_regions?.value).toEqual([
      "${data.aws_region.Region.region}",
      "eu-west-1",
      "us-east-1",
    ]);
  });

  test("a module of the home region alone speaks of none of it", () => {
    expect(read("made/main.tf.json")).not.toContain("home_region");
    expect(read("made/README.md")).toContain("The region is the provider's.");
    expect(read("made/example/main.tf")).toContain("# The home region: use us-east-1 unless");
  });
});

import { readFileSync, writeFileSync } from "node:fs";
import type { LoadedDetections } from "../../config/custom-detections/load";
import type { Organization } from "../../config/organization";
import { globalEventsRegionOf } from "../../config/regions";
import { forwardedRegions } from "../../config/watched-regions";
import { switchedOn } from "../../detection/definition/switched-on";
import { compileForwarders } from "../../detection/forwarding/compile-forwarders";
import { ForwarderError } from "../../detection/forwarding/forwarder-error";
import { MemberTemplateError, memberTemplate } from "../../detection/forwarding/member-template";
import { CommandError } from "../command/command-error";
import { loadOwnConfig } from "../command/own-config";
import { runCommand } from "../command/run-command";
import type { Usage } from "../command/usage";
import { UsageError } from "../command/usage-error";
import { refuseForeign, unwritable, writeFolder } from "../command/written-folder";
import { type MemberModuleProps, memberModule } from "./member-module";

/** Stands in every folder that this command has written, as a sign that it may write there again. */
const MARKER = ".trailwarden-member";

const USAGE = {
  command: "trailwarden member",
  summary:
    "Writes what member accounts of the organization deploy to send their events, with the configuration of this folder.",
  operands: ["OUT"],
  about: ["OUT   the template's file, or the module's folder: new, or one that this command wrote"],
  options: {
    format: {
      value: "cloudformation|terraform",
      help: "a template, or a module for those without stack sets [cloudformation]",
    },
  },
  exitCodes: "0; 1 when the configuration is wrong, or OUT can't be written; 2 when an argument is wrong.",
  example: "trailwarden member member.json",
} as const satisfies Usage;

/** What is written, and for whom. */
interface Members extends MemberModuleProps {
  readonly organization: Organization;
}

/**
 * Writes the members' forwarders as a CloudFormation template or a Terraform module.
 *
 * @throws UsageError for wrong arguments
 * @throws CommandError when there is no organization, a detection can't be forwarded, or OUT holds something else
 */
export function member(args: readonly string[]): Promise<number> {
  return runCommand(USAGE, args, (given) => {
    const {
      operands: [out = ""],
    } = given;
    const format = given.oneOf("format", ["cloudformation", "terraform"]) ?? "cloudformation";
    if (out.startsWith("-")) {
      throw new UsageError(USAGE, `OUT is ${JSON.stringify(out)}: must be a path that does not begin with -`);
    }
    const members = membersOf(loadOwnConfig());
    try {
      if (format === "terraform") writeModule(out, members);
      else writeTemplate(out, members);
    } catch (error) {
      if (error instanceof MemberTemplateError) throw new CommandError(error.message);
      throw error;
    }
    return 0;
  });
}

function membersOf({ config, catalogue }: LoadedDetections): Members {
  const { organization, namePrefix, region: homeRegion } = config;
  if (organization === undefined) {
    throw new CommandError(
      'organization is not set: trailwarden monitors one account; set it, for example {"id": "o-a1b2c3d4e5", "managementAccount": "111122223333"}',
    );
  }
  try {
    return {
      organization,
      forwarders: compileForwarders(switchedOn(catalogue, config)),
      namePrefix,
      homeRegion,
      globalRegion: globalEventsRegionOf(homeRegion),
      regions: [homeRegion, ...forwardedRegions(config)],
    };
  } catch (error) {
    if (error instanceof ForwarderError) throw new CommandError(error.message);
    throw error;
  }
}

function writeTemplate(file: string, members: Members): void {
  const template = memberTemplate(members);
  try {
    refuseOther(file);
    writeFileSync(file, template);
  } catch (error) {
    throw unwritable(file, error, "file");
  }
  const { organization, regions, namePrefix } = members;
  const { stackSet, managementAccount } = organization;
  console.log(
    `CloudFormation template: ${file} (${members.forwarders.length} forwarders, ${Buffer.byteLength(template)} bytes)`,
  );
  console.log(
    stackSet
      ? `organization.stackSet deploys it in ${stackSet.organizationalUnits.join(", ")}.`
      : `Deploy it in every member account, in each of: ${regions.join(", ")}.`,
  );
  console.log(
    `Stack sets leave out the management account (${managementAccount}): unless trailwarden is deployed there, deploy it as a stack, in each of these regions:`,
  );
  for (const region of regions) {
    console.log(
      `  aws cloudformation deploy --region ${region} --stack-name ${namePrefix}-member --template-file "${file}" --capabilities CAPABILITY_NAMED_IAM --parameter-overrides CentralAccount=CENTRAL_ACCOUNT_ID`,
    );
  }
  console.log(AGAIN);
}

function writeModule(folder: string, members: Members): void {
  const written = { folder, marker: MARKER, command: USAGE.command };
  refuseForeign(written);
  const { path, files } = writeFolder(written, () => memberModule(members));
  console.log(`Terraform module: ${path} (${members.forwarders.length} forwarders)`);
  for (const name of files) console.log(`  ${name}`);
  console.log(
    `Deploy it in every member account and, unless trailwarden is deployed there, in the management account (${members.organization.managementAccount}).`,
  );
  console.log(AGAIN);
}

const AGAIN = "Write and deploy it again when detections, regions or namePrefix change.";

/** @throws CommandError when the file holds something else */
function refuseOther(file: string): void {
  let held: string;
  try {
    held = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (held !== "" && !isTemplate(held)) {
    throw new CommandError(
      `${file} holds something else: name a file that does not exist yet, or one that this command wrote`,
    );
  }
}

function isTemplate(text: string): boolean {
  return text.includes('"AWSTemplateFormatVersion"') && text.includes('"Description": "trailwarden: ');
}

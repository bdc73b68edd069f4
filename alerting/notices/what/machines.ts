import { isObject, type JsonObject, objectAt } from "../../../detection/events/json";
import type { Call, Describers } from "./call";
import { namedThings } from "./general";
import { countAt, flagAt, itemsAt, listed, named, objectsAt, said } from "./values";

/** Machines and functions: what was started, on what a command runs, who may call a function. */
export const MACHINES: Describers = {
  RunInstances: runInstances,
  RunScheduledInstances: ({ request }) => {
    const type = said(objectAt(request, "launchSpecification").instanceType);
    return times(countAt(request, "instanceCount") ?? 1, type ?? "scheduled instance");
  },
  RequestSpotInstances: ({ request }) => {
    const type = said(objectAt(request, "launchSpecification").instanceType) ?? "instance";
    return times(countAt(request, "instanceCount") ?? 1, `${type} spot`);
  },
  CreateNotebookInstance: sized,
  CreateTrainingJob: sized,
  CreateEndpointConfig: sized,
  CreateCluster: sized,
  RunJobFlow: sized,
  TerminateInstances: ({ request }) => instances(request),
  StopInstances: ({ request }) => instances(request),
  ModifyInstanceAttribute: instanceAttribute,
  DescribeInstanceAttribute: instanceAttribute,
  SendSSHPublicKey: ({ request }) => sshKey(request),
  SendSerialConsoleSSHPublicKey: ({ request }) => sshKey(request, " on the serial console"),
  EnableSerialConsoleAccess: () => "serial console access of the whole account and region",
  StartSession: ({ request }) => onTarget("session on", request),
  UpdateFunctionCode: ({ request }) => {
    const bucket = said(request.s3Bucket);
    const from = bucket === undefined ? said(request.imageUri) : `${bucket}/${said(request.s3Key) ?? ""}`;
    return functionNamed(request, from === undefined ? "new code" : `code from ${from}`);
  },
  CreateFunctionUrlConfig: functionUrl,
  UpdateFunctionUrlConfig: functionUrl,
};

function runInstances({ request, response }: Call): string {
  const started = objectsAt(response, "instancesSet");
  const asked = objectsAt(request, "instancesSet");
  const count = started.length > 0 ? started.length : (countAt(asked[0] ?? {}, "maxCount") ?? 1);
  const template = objectAt(request, "launchTemplate");
  const from = named(template.launchTemplateId ?? template.launchTemplateName);
  const type =
    listed([said(request.instanceType), ...started.map(({ instanceType }) => said(instanceType))]) ??
    (from === undefined ? "instance" : `launch template ${from}`);
  const ids = listed(started.map(({ instanceId }) => said(instanceId)));
  return `${times(count, type)}${ids === undefined ? "" : ` (${ids})`}`;
}

function times(count: number, what: string): string {
  return `${count} × ${what}`;
}

/** The thing with the machines it asks for: `job flow nightly: 1 × m5.xlarge, 10 × r5.24xlarge`. */
function sized(call: Call): string | undefined {
  const { request, eventName } = call;
  const name = eventName === "RunJobFlow" ? `job flow ${said(request.name) ?? "without a name"}` : namedThings(call);
  const sizes = listed(sizesIn(request, 0));
  return sizes === undefined ? name : name === undefined ? sizes : `${name}: ${sizes}`;
}

function sizesIn(value: unknown, depth: number): readonly string[] {
  if (depth > 3) return [];
  if (Array.isArray(value)) return value.slice(0, 20).flatMap((item) => sizesIn(item, depth + 1));
  if (!isObject(value)) return [];
  const type = said(value.instanceType ?? value.nodeType);
  if (type === undefined)
    return Object.values(value)
      .slice(0, 40)
      .flatMap((child) => sizesIn(child, depth + 1));
  const count =
    countAt(value, "instanceCount") ?? countAt(value, "initialInstanceCount") ?? countAt(value, "numberOfNodes");
  return [times(count ?? 1, type)];
}

function instances(request: JsonObject): string | undefined {
  const ids = itemsAt(request, "instancesSet").map((item) => (isObject(item) ? said(item.instanceId) : said(item)));
  const known = listed(ids);
  return known === undefined ? undefined : `${ids.length > 1 ? "instances" : "instance"} ${known}`;
}

function instanceAttribute({ request }: Call): string | undefined {
  const instance = said(request.instanceId);
  const attribute = request.userData === undefined ? said(request.attribute) : "userData";
  if (instance === undefined || attribute === undefined) return undefined;
  return `${attribute === "userData" ? "user data" : `attribute ${attribute}`} of instance ${instance}`;
}

function sshKey(request: JsonObject, where = ""): string | undefined {
  const user = said(request.instanceOSUser);
  return onTarget(`SSH key${user === undefined ? "" : ` for ${user}`}${where} on`, { target: request.instanceId });
}

function onTarget(what: string, { target }: JsonObject): string | undefined {
  const name = named(target);
  return name === undefined ? undefined : `${what} ${name.startsWith("i-") ? "instance " : ""}${name}`;
}

function functionUrl({ request }: Call): string | undefined {
  const authentication = { NONE: "URL without authentication", AWS_IAM: "URL with IAM authentication" };
  const type = String(request.authType);
  const url = Object.hasOwn(authentication, type) ? authentication[type as keyof typeof authentication] : "URL";
  return functionNamed(request, url);
}

export function functionNamed({ functionName, dryRun }: JsonObject, what: string): string | undefined {
  const name = named(functionName);
  if (name === undefined) return undefined;
  return `function ${name}: ${what}${flagAt({ dryRun }, "dryRun") === true ? " (dry run)" : ""}`;
}

import { type BuildOptions, buildSync, type Metafile } from "esbuild";
import { BUNDLE_OPTIONS } from "../packaging/bundle";

/** Nothing but the SDK clients and commands that the function's first file uses. */
const CLIENTS = `
  export {
    DynamoDBClient, GetItemCommand, PutItemCommand, QueryCommand, UpdateItemCommand
  } from "@aws-sdk/client-dynamodb";
  export { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
  export { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
`;
/** Names of what the clients' text takes from the SDK. */
export const CLIENT_NAMES: readonly string[] = [...CLIENTS.matchAll(/\w+(?:Client|Command)/g)].map(([name]) => name);

/** Where the bytes of a bundle come from. */
export interface Share {
  /** A package's name, or `lambda-src`. */
  readonly source: string;
  readonly bytes: number;
}

export interface BundleFigures {
  readonly functionBytes: number;
  /** The clients alone, bundled as the function is. */
  readonly clientsBytes: number;
  /** The clients alone, bundled with esbuild's own choice of files and the SDK's whole chain of credential providers. */
  readonly clientsAsPublishedBytes: number;
  /** What is in the function's bundle, the most first. */
  readonly contents: readonly Share[];
}

/** @param root the project's folder */
export function measureBundle(root: string): BundleFigures {
  const clients = { stdin: { contents: CLIENTS, resolveDir: root } };
  const { mainFields: _, alias: __, ...asPublished } = BUNDLE_OPTIONS;
  const fn = bundle(root, { ...BUNDLE_OPTIONS, entryPoints: ["lambda-src/alert/handler.ts"] });
  return {
    functionBytes: fn.bytes,
    clientsBytes: bundle(root, { ...BUNDLE_OPTIONS, ...clients }).bytes,
    clientsAsPublishedBytes: bundle(root, { ...asPublished, ...clients }).bytes,
    contents: sharesOf(fn.inputs),
  };
}

type Output = Metafile["outputs"][string];

function bundle(root: string, options: BuildOptions): Output {
  const { metafile } = buildSync({ ...options, absWorkingDir: root, metafile: true });
  const [output] = Object.values(metafile?.outputs ?? {});
  if (output === undefined) throw new Error("esbuild made no bundle");
  return output;
}

/** Adds up a bundle's inputs by package. */
export function sharesOf(inputs: Output["inputs"]): readonly Share[] {
  const bytes = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const [, source = "lambda-src"] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
    if (bytesInOutput > 0) bytes.set(source, (bytes.get(source) ?? 0) + bytesInOutput);
  }
  return [...bytes].map(([source, sum]) => ({ source, bytes: sum })).sort((a, b) => b.bytes - a.bytes);
}

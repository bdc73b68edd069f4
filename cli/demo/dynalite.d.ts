declare module "dynalite" {
  import type { Server } from "node:http";

  /** A server that answers as DynamoDB does, with everything in memory. */
  export default function dynalite(options: { readonly createTableMs: number }): Server;
}

import type { Table } from "../../cli/demo/local-dynamodb";

/** The table of what has been seen, as the stack has it. */
export function alertStateTable(): Table {
  return {
    name: "trailwarden-seen",
    hash_key: "pk",
    range_key: "sk",
    attribute: [
      { name: "pk", type: "S" },
      { name: "sk", type: "S" },
      { name: "open", type: "S" },
      { name: "closesAt", type: "N" },
    ],
    global_secondary_index: [
      { name: "open-closesAt", hash_key: "open", range_key: "closesAt", projection_type: "KEYS_ONLY" },
    ],
  };
}

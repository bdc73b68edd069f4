import { expect, test } from "@jest/globals";
import { reference, theAttributes, theResource } from "../../../assertions/resources";
import { synthesizeStack } from "../synthesize-stack";

const stack = synthesizeStack();
const table = theAttributes(stack, "aws_dynamodb_table");

test("the seen table has these keys, this index and no other attribute", () => {
  expect(table).toMatchObject({ name: "trailwarden-seen", hash_key: "pk", range_key: "sk" });
  expect(table.global_secondary_index).toEqual([
    { name: "open-closesAt", hash_key: "open", range_key: "closesAt", projection_type: "KEYS_ONLY" },
  ]);
  expect(table.attribute).toEqual([
    { name: "pk", type: "S" },
    { name: "sk", type: "S" },
    { name: "open", type: "S" },
    { name: "closesAt", type: "N" },
  ]);
});

test("the seen table is paid for by use and forgets by itself", () => {
  expect(table).toMatchObject({
    billing_mode: "PAY_PER_REQUEST",
    ttl: { attribute_name: "expiresAt", enabled: true },
  });
  for (const capacity of ["read_capacity", "write_capacity"]) expect(table).not.toHaveProperty(capacity);
});

test("the seen table can be restored to any point in time, and does not stand in a destroy's way", () => {
  expect(table.point_in_time_recovery).toEqual({ enabled: true });
  expect(table.deletion_protection_enabled).toBe(false);
  expect(table).not.toHaveProperty("lifecycle");
});

test("the seen table is encrypted with a customer key", () => {
  expect(table.server_side_encryption).toEqual({
    enabled: true,
    kms_key_arn: reference(theResource(stack, "aws_kms_key", "AlertsKey"), "arn"),
  });
});

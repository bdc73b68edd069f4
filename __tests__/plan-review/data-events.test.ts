import { describe, expect, test } from "@jest/globals";
import { lostEvents } from "../../plan-review/evaluation/other-events";

type Field = Readonly<Record<string, unknown>>;

const S3: Field = { field: "resources.type", equals: ["AWS::S3::Object"] };

function data(...fields: readonly Field[]) {
  return { field_selector: [{ field: "eventCategory", equals: ["Data"] }, ...fields] };
}

function advanced(...selectors: readonly object[]) {
  return { advanced_event_selector: selectors } as never;
}

function basic(type: string, ...values: readonly string[]) {
  return { event_selector: [{ read_write_type: type, data_resource: [{ type: "AWS::S3::Object", values }] }] } as never;
}

function name(...starts_with: readonly string[]): Field {
  return { field: "eventName", starts_with };
}

function bucket(...names: readonly string[]): Field {
  return { field: "resources.ARN", starts_with: names.map((each) => `arn:aws:s3:::${each}/`) };
}

function reads(...equals: readonly string[]): Field {
  return { field: "readOnly", equals };
}

describe("data events are lost", () => {
  test.each([
    ["of a kind, with its selector", advanced(data(S3)), advanced()],
    [
      "of a kind, with its type",
      advanced(data({ ...S3, equals: ["AWS::S3::Object", "AWS::Lambda::Function"] })),
      advanced(data(S3)),
    ],
    [
      "of network activity",
      advanced({
        field_selector: [
          { field: "eventCategory", equals: ["NetworkActivity"] },
          { field: "eventSource", equals: ["kms.amazonaws.com"] },
        ],
      }),
      advanced(),
    ],
    ["of insights", { insight_selector: [{ insight_type: "ApiCallRateInsight" }] } as never, advanced()],
  ])("%s", (_, before, after) => {
    expect(lostEvents(before, after)).toBe("a kind");
  });

  test.each([
    ["of another bucket", advanced(data(S3, bucket("a"))), advanced(data(S3, bucket("b")))],
    ["of one of two buckets", advanced(data(S3, bucket("a", "b"))), advanced(data(S3, bucket("a")))],
    ["of other names", advanced(data(S3, name("Delete"))), advanced(data(S3, name("DeleteObjectT")))],
    ["by a new condition", advanced(data(S3)), advanced(data(S3, name("Delete")))],
    ["of reads", advanced(data(S3)), advanced(data(S3, { field: "readOnly", equals: ["false"] }))],
    [
      "of writes elsewhere, where reads are apart",
      advanced(data(S3)),
      advanced(data(S3, reads("true")), data(S3, bucket("a"), reads("false"))),
    ],
    [
      "of any bucket, by the ARNs of functions",
      advanced(data(S3)),
      advanced(data(S3, { field: "resources.ARN", starts_with: ["arn:aws:lambda"] })),
    ],
    ["of reads, by basic selectors", basic("All", "arn:aws:s3"), basic("WriteOnly", "arn:aws:s3")],
    ["of buckets, by basic selectors", basic("All", "arn:aws:s3"), basic("All", "arn:aws:s3:::a/")],
  ])("%s", (_, before, after) => {
    expect(lostEvents(before, after)).toBe("some");
  });
});

describe("none are lost", () => {
  test.each([
    [
      "in another order",
      advanced(data(S3, bucket("a", "b"), name("x"))),
      advanced(data(S3, name("x"), bucket("b", "a"))),
    ],
    ["with fewer conditions", advanced(data(S3, bucket("a"), name("Delete"))), advanced(data(S3, bucket("a")))],
    ["with shorter beginnings", advanced(data(S3, name("DeleteObject"))), advanced(data(S3, name("Delete")))],
    [
      "by two selectors in one's place",
      advanced(data(S3, bucket("a", "b"))),
      advanced(data(S3, bucket("a")), data(S3, bucket("b"))),
    ],
    [
      "from exact names to beginnings",
      advanced(data(S3, { field: "eventName", equals: ["DeleteObject"] })),
      advanced(data(S3, name("Delete"))),
    ],
    [
      "with the same exceptions",
      advanced(data(S3, { field: "eventName", not_equals: ["a"] })),
      advanced(data(S3, { field: "eventName", not_equals: ["a"] })),
    ],
    [
      "with one exception less",
      advanced(data(S3, { field: "eventName", not_equals: ["a", "b"] })),
      advanced(data(S3, { field: "eventName", not_equals: ["b"] })),
    ],
    [
      "by reads and writes apart",
      advanced(data(S3, bucket("a"))),
      advanced(data(S3, bucket("a"), reads("true")), data(S3, reads("false"))),
    ],
    ["by reads and writes said aloud", advanced(data(S3)), advanced(data(S3, reads("true", "false")))],
    [
      "of any bucket, however that is said",
      basic("All", "arn:aws:s3"),
      advanced(data(S3, { field: "resources.ARN", starts_with: ["arn:aws:s3:::"] })),
    ],
    ["of any bucket, said aloud", advanced(data(S3)), basic("All", "arn:aws:s3:::")],
    ["from basic to advanced selectors", basic("WriteOnly", "arn:aws:s3:::a/"), advanced(data(S3, bucket("a")))],
  ])("%s", (_, before, after) => {
    expect(lostEvents(before, after)).toBeUndefined();
  });
});

describe("it is indeterminate", () => {
  test.each([
    [
      "with other exceptions",
      advanced(data(S3, { field: "eventName", not_equals: ["a"] })),
      advanced(data(S3, { field: "eventName", not_equals: ["b"] })),
    ],
    [
      "with more conditions than can be tried",
      advanced(
        data(S3, bucket(..."abcdefghijklmnopqrstuvwxyz"), name(..."abcdefghijklmnopqrstuvwxyz0123456789ABCDEF")),
      ),
      advanced(data(S3, bucket("a"))),
    ],
  ])("%s", (_, before, after) => {
    expect(lostEvents(before, after)).toBe("indeterminate");
  });
});

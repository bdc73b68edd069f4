import { describe, expect, test } from "@jest/globals";
import { isRegion, partitionOf, partitionOfArn } from "../../../detection/events/partition";

describe("partitionOf", () => {
  test.each([
    ["us-east-1", "aws", "us-east-1"],
    ["ap-southeast-7", "aws", "us-east-1"],
    ["us-gov-east-1", "aws-us-gov", "us-gov-west-1"],
    ["cn-northwest-1", "aws-cn", "cn-north-1"],
    ["eusc-de-east-1", "aws-eusc", "eusc-de-east-1"],
    ["us-iso-west-1", "aws-iso", "us-iso-east-1"],
    ["us-isob-east-1", "aws-iso-b", "us-isob-east-1"],
    ["eu-isoe-west-1", "aws-iso-e", "eu-isoe-west-1"],
    ["us-isof-south-1", "aws-iso-f", "us-isof-south-1"],
  ])("of %s is %s, whose global events are in %s", (region, name, globalRegion) => {
    expect(isRegion(region)).toBe(true);
    expect(partitionOf(region)).toMatchObject({ name, globalRegion });
  });
});

test("partitionOfArn knows the partitions of ARNs, and no other text", () => {
  expect(partitionOfArn("arn:aws-us-gov:iam::111122223333:user/x")?.name).toBe("aws-us-gov");
  expect(partitionOfArn("arn:aws:iam::111122223333:user/x")?.name).toBe("aws");
  expect(partitionOfArn("arn:elsewhere:iam::111122223333:user/x")).toBeUndefined();
  expect(partitionOfArn("x")).toBeUndefined();
});

test.each(["", "us-east", "../../evil", "us-east-1.evil.example", "US-EAST-1", "$(id)"])("%j is no region", (text) => {
  expect(isRegion(text)).toBe(false);
});

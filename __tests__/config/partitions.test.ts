import { expect, test } from "@jest/globals";
import { partitionOf as deployable } from "../../config/regions";
import { partitionOf as judged } from "../../detection/events/partition";

/** One region at least of each partition. */
const REGIONS = [
  ...["us-east-1", "eu-west-1", "ap-southeast-7", "mx-central-1", "us-gov-west-1", "us-gov-east-1", "cn-north-1"],
  ...["cn-northwest-1", "eusc-de-east-1", "us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1", "us-isof-south-1"],
];

test.each(REGIONS)("the configuration and the function know %s as of the same partition", (region) => {
  const known = deployable(region);

  expect(known?.id).toBe(judged(region).name);
  if (known?.globalEventsRegion !== undefined) expect(known.globalEventsRegion).toBe(judged(region).globalRegion);
});

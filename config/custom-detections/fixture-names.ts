import { type GivenNames, namesFrom } from "../../detection/definition/names";

/** What the monitor's resources are called in fixtures: what a deployment is called that configures nothing. */
export const GIVEN: GivenNames = {
  prefix: "trailwarden",
  partition: "aws",
  account: "111122223333",
  region: "us-east-1",
  bucket: "trailwarden-logs-111122223333-us-east-1",
  trail: "MyCloudTrail",
  logGroup: "/aws/cloudtrail/MyCloudTrail",
  deliveriesTopic: "trailwarden-deliveries",
  alertsTopic: "cloudtrail-alerts-demo",
  urgentTopic: "APICallAlert",
  archiveKeyId: "1234abcd-12ab-34cd-56ef-1234567890ab",
  alertsKeyId: "0987dcba-09fe-87dc-65ba-ab0987654321",
};

/** What the placeholders of patterns stand for there. */
export const NAMES = namesFrom(GIVEN);

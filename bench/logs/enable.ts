import { type EnabledDetections, enableDetections } from "../../lambda-src/decide/enabled-detections";
import type { Detection } from "../../lambda-src/detections/detection";
import { namesFrom } from "../../lambda-src/names";

/** What the monitor's resources are called in the detections' fixtures: as in a deployment that configures nothing. */
const NAMES = namesFrom({
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
});

/**
 * Compiles detections for the account that the records come from.
 *
 * @throws when one can't be used
 */
export function enabled(detections: readonly Detection[]): EnabledDetections {
  return enableDetections(
    detections,
    ({ id }, error) => {
      throw new Error(`detection ${id}: ${error.message}`);
    },
    NAMES,
  );
}

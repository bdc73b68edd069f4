import { describe, expect, test } from "@jest/globals";
import { synthesizeStack } from "../synthesize-stack";

const REMOTE = { stateBucket: "our-state", stateRegion: "eu-west-1" };
const KMS_KEY_ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

describe("the state", () => {
  test("is a file in the project's folder, whose path does not say where that is", () => {
    expect(synthesizeStack().terraform.backend).toEqual({
      local: { path: "../../../terraform.trailwarden.tfstate" },
    });
  });

  test("is encrypted and locked by a file when it is remote", () => {
    expect(synthesizeStack(REMOTE).terraform.backend).toEqual({
      s3: {
        bucket: "our-state",
        region: "eu-west-1",
        key: "trailwarden/terraform.tfstate",
        encrypt: true,
        use_lockfile: true,
      },
    });
  });

  test("is kept under the configured key and encrypted with the configured one", () => {
    const context = { ...REMOTE, stateKey: "security/state", stateKmsKeyArn: KMS_KEY_ARN };

    expect(synthesizeStack(context).terraform.backend).toEqual({
      s3: {
        bucket: "our-state",
        region: "eu-west-1",
        key: "security/state",
        encrypt: true,
        kms_key_id: KMS_KEY_ARN,
        use_lockfile: true,
      },
    });
  });
});

import { describe, expect, test } from "@jest/globals";
import { SUBSCRIBERS, synthesizeStack } from "../synthesize-stack";

const TRAIL = "arn:aws:cloudtrail:us-east-1:111122223333:trail/central";
const QUEUE = "arn:aws:sqs:us-east-1:111122223333:tickets";

function checksOf(context: Readonly<Record<string, unknown>>): unknown {
  const { check } = synthesizeStack(context) as unknown as { readonly check?: unknown };
  return check;
}

describe("every plan looks whether it runs in the account of the configuration's ARNs", () => {
  const ofAccount = '${data.aws_caller_identity.Account.account_id == "111122223333"}';

  test("that of a trail, which is else an organization's", () => {
    const resources = { trail: { mode: "adopt", id: TRAIL } };

    expect(checksOf({ resources })).toEqual({
      accounts: {
        assert: [
          {
            condition: ofAccount,
            error_message: expect.stringMatching(
              /^resources\.trail\.id is arn:.*, but Terraform runs in account \$\{data\.aws_caller_identity\.Account\.account_id\}: .*organization's, and those aren't supported yet\.$/,
            ),
          },
        ],
      },
    });
  });

  test("that of a queue, which only its owner could confirm", () => {
    expect(checksOf({ subscribers: SUBSCRIBERS })).toEqual({
      accounts: {
        assert: [
          {
            condition: ofAccount,
            error_message: expect.stringMatching(
              new RegExp(`^subscribers\\[3\\]\\.endpoint is ${QUEUE}, but .*use a queue of this account\\.$`),
            ),
          },
        ],
      },
    });
  });

  test("nothing where none is given", () => {
    expect(checksOf({ deployers: ["arn:aws:iam::111122223333:role/deployer"] })).toBeUndefined();
  });
});

describe("every plan looks whether the account has enabled", () => {
  test("the regions that it must enable first", () => {
    const stack = synthesizeStack({ regions: ["eu-west-1", "af-south-1", "eu-west-9", "ap-east-1"] });
    const off = 'setsubtract(["af-south-1","ap-east-1","eu-west-9"], data.aws_regions.Regions.names)';

    expect(stack.data.aws_regions).toEqual({ Regions: {} });
    expect((stack as unknown as { readonly check: unknown }).check).toEqual({
      regions: {
        assert: [
          {
            condition: `\${length(${off}) == 0}`,
            error_message: expect.stringMatching(
              /^regions has \$\{join\(.*\)\}, which the account has not enabled: .*take it out/,
            ),
          },
        ],
      },
    });
  });

  test.each<[string, object]>([
    ["no forwarded region", {}],
    ["regions that every account has", { regions: "default" }],
    ["home, which is deployed to anyway", { region: "af-south-1", regions: ["af-south-1"] }],
  ])("nothing with %s", (_, context) => {
    expect(checksOf({ ...context })).toBeUndefined();
    expect(synthesizeStack({ ...context }).data).not.toHaveProperty("aws_regions");
  });
});

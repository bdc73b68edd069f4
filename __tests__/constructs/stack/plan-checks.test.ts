import { describe, expect, test } from "@jest/globals";
import { SUBSCRIBERS, synthesizeStack } from "../synthesize-stack";

const TRAIL = "arn:aws:cloudtrail:us-east-1:111122223333:trail/central";
const QUEUE = "arn:aws:sqs:us-east-1:111122223333:tickets";

const ORGANIZATION = { id: "o-a1b2c3d4e5", managementAccount: "111122223333" };

interface Check {
  readonly assert: readonly { readonly condition: string; readonly error_message: string }[];
}

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
              /^resources\.trail\.id is arn:.*, but Terraform runs in account \$\{data\.aws_caller_identity\.Account\.account_id\}: .*organization's; set organization to monitor its accounts\.$/,
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

  test("not that of what an organization has in other accounts", () => {
    const resources = {
      trail: { mode: "existing", id: TRAIL },
      bucket: { mode: "existing", id: "logs" },
      archiveKey: {
        mode: "existing",
        id: "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      },
      deliveriesTopic: { mode: "existing", id: "arn:aws:sns:us-east-1:444455556666:deliveries" },
      alertsTopic: { mode: "existing", id: "arn:aws:sns:us-east-1:777788889999:alerts" },
    };
    const { accounts } = checksOf({ organization: ORGANIZATION, resources }) as Readonly<Record<string, Check>>;

    expect(accounts?.assert.map(({ error_message }) => error_message.split(" ")[0])).toEqual([
      "resources.alertsTopic.id",
    ]);
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

describe("every plan looks whether the organization is the configured one", () => {
  const real = "data.aws_organizations_organization.Organization";

  test("by its id, and by the account that owns it", () => {
    const { organization } = checksOf({ organization: ORGANIZATION }) as Readonly<Record<string, Check>>;

    expect(organization?.assert).toEqual([
      {
        condition: `\${${real}.id == "o-a1b2c3d4e5"}`,
        error_message: expect.stringMatching(
          /^organization\.id is o-a1b2c3d4e5, but Terraform runs in account \$\{data\.aws_caller_identity\.Account\.account_id\} of organization \$\{/,
        ),
      },
      {
        condition: `\${${real}.master_account_id == "111122223333"}`,
        error_message: expect.stringMatching(/^organization\.managementAccount is 111122223333, but .*correct it\.$/),
      },
    ]);
  });

  test("and asks AWS only where one is configured", () => {
    expect(synthesizeStack().data).not.toHaveProperty("aws_organizations_organization");
    expect(synthesizeStack({ organization: ORGANIZATION }).data).toHaveProperty("aws_organizations_organization");
  });
});

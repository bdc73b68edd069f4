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

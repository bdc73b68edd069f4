import { describe, expect, test } from "@jest/globals";
import { holds } from "./held";

const isInstance = (principalId: unknown) =>
  holds({ kind: "instanceSession", field: "userIdentity.principalId" }, { userIdentity: { principalId } });

describe("instanceSession", () => {
  test.each(["AROAEXAMPLE:i-0123456789abcdef0", "AROAEXAMPLE:i-1a2b3c4d", "i-0123456789abcdef0", "role/i-1a2b3c4d"])(
    "holds for %s",
    (principal) => {
      expect(isInstance(principal)).toBe(true);
    },
  );

  test.each([
    ...["AROAEXAMPLE:i-0ncall-dana", "AROAEXAMPLE:i-0abc@example.com", "AROAEXAMPLE:mi-0123456789abcdef0"],
    ...["AROAEXAMPLE:i-0123456789ABCDEF0", "AROAEXAMPLE:i-0123456789abcdef", "AROAEXAMPLE:i-0123456789abcdef00"],
    ...[
      "AROAEXAMPLE:xi-1a2b3c4d",
      "AROAEXAMPLE:i-1a2b3c4d:x",
      "AROAEXAMPLE:i-",
      "AROAEXAMPLE",
      "AROAEXAMPLE:i-1a2b3c4d\n",
    ],
  ])("does not hold for %j", (principal) => {
    expect(isInstance(principal)).toBe(false);
  });

  test.each([[undefined], [null], [5], [{}]])("holds for %j, which can't be judged", (principal) => {
    expect(isInstance(principal)).toBe(true);
  });
});

import { beforeEach, describe, expect, test } from "@jest/globals";
import { ChannelSecrets } from "../../../lambda-src/adapters/secrets";

const answer = (name: string, $fault?: "client" | "server") => Object.assign(new Error("words"), { name, $fault });

describe("the channels' secrets", () => {
  let now: number;
  let reads: string[];
  let stored: string | Error;
  let secrets: ChannelSecrets;

  beforeEach(() => {
    now = 1_000_000;
    reads = [];
    stored = "one";
    const from = (source: string) => async (id: string) => {
      reads.push(`${source} ${id}`);
      if (stored instanceof Error) throw stored;
      return stored;
    };
    secrets = new ChannelSecrets({ secret: from("secret"), parameter: from("parameter") }, () => now);
  });

  test.each([
    ["/chat/token", "parameter"],
    ["arn:aws:ssm:eu-west-1:111122223333:parameter/chat/token", "parameter"],
    ["arn:aws-us-gov:ssm:us-gov-west-1:111122223333:parameter/x", "parameter"],
    ["chat/token", "secret"],
    ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:chat-AbCdEf", "secret"],
  ])("%s is read as a %s", async (id, source) => {
    expect(await secrets.value(id)).toBe("one");
    expect(reads).toEqual([`${source} ${id}`]);
  });

  test("are kept for five minutes", async () => {
    await secrets.value("x");
    stored = "two";
    now += 299_999;
    expect(await secrets.value("x")).toBe("one");
    now += 1;
    expect(await secrets.value("x")).toBe("two");
    expect(reads).toHaveLength(2);
  });

  test("are read again when that is asked for, but not twice in five seconds", async () => {
    await secrets.value("x");
    stored = "two";
    now += 4_999;
    expect(await secrets.value("x", true)).toBe("one");
    now += 1;
    expect(await secrets.value("x", true)).toBe("two");
    expect(await secrets.value("x")).toBe("two");
  });

  test.each(["ResourceNotFoundException", "AccessDeniedException", "ParameterNotFound", "DecryptionFailure"])(
    "that end in %s are refusals with name and what to do, and are used no longer",
    async (name) => {
      await secrets.value("x");
      stored = answer(name, "client");
      now += 300_000;

      await expect(secrets.value("x")).rejects.toMatchObject({
        name: "ChannelRefusal",
        message: `secret "x" can't be read: ${name}: words; check the name, and that the notifier's role may read and decrypt it`,
      });
      now += 1;
      await expect(secrets.value("x")).rejects.toMatchObject({ name: "ChannelRefusal" });
    },
  );

  test.each([
    ["ThrottlingException", "client"],
    ["InternalServiceError", "server"],
    ["TimeoutError", undefined],
  ] as const)("that end in %s are to be had later, and what is kept is used on", async (name, fault) => {
    stored = answer(name, fault);
    await expect(secrets.value("/x")).rejects.toMatchObject({
      name: "ChannelUnavailable",
      message: `parameter "/x" can't be read now: ${name}: words`,
    });
    stored = "one";
    await secrets.value("/x");
    stored = answer(name, fault);
    now += 300_000;
    expect(await secrets.value("/x")).toBe("one");
  });

  test("that are empty are refused", async () => {
    stored = " \n";
    await expect(secrets.value("x")).rejects.toMatchObject({
      name: "ChannelRefusal",
      message: expect.stringContaining("is empty"),
    });
  });
});

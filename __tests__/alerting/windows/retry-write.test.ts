import { expect, test } from "@jest/globals";
import { retryWrite } from "../../../alerting/windows/retry-write";

test("what fails at first is made anew, and no more once it has succeeded", async () => {
  let tries = 0;
  await retryWrite(async () => {
    if (++tries < 3) throw new Error("503");
  });

  expect(tries).toBe(3);
});

test("what never succeeds is given up after five tries, with the last one's error", async () => {
  let tries = 0;
  const write = async () => {
    throw new Error(`try ${++tries}`);
  };

  await expect(retryWrite(write)).rejects.toThrow("try 5");
});

import { expect, test } from "@jest/globals";
import { module } from "../../../cli/module/module";

test.each([["-"], ["--", "--help"], ["--", "-x"]])("refuses a folder whose name begins with -: %s", async (...args) => {
  await expect(module(args)).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/^FOLDER is "-.*": must not begin with -; write \.\/-/),
  });
});

import { expect, test } from "@jest/globals";
import { PRODUCT_VERSION } from "../../../alerting/notification/product-version";
import { version } from "../../../package.json";

test("the version that notifications name is the package's", () => {
  expect(PRODUCT_VERSION).toBe(version);
});

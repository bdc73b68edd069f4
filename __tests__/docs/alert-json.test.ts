import { expect, test } from "@jest/globals";
import { complaints } from "../alerting/notification/alert-schema";
import { read } from "./pages";

test("the page about the JSON has an example of each kind, valid by the schema", () => {
  const examples = [...read("docs/alert-json.md").matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(
    ([, json]) => JSON.parse(String(json)) as { readonly kind: string },
  );

  expect(examples.map(({ kind }) => kind)).toEqual(["alert", "summary", "timeline", "digest", "rate-limit"]);
  expect(examples.map(complaints)).toEqual(examples.map(() => []));
});

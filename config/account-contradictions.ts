import { type AccountScope, asksPlace } from "../detection/events/account-scope";
import type { Contradiction, Origins } from "./contradiction";
import type { Config } from "./schema";

/** Organizational units and tags of accounts, which only an organization has. */
export function accountContradictions(
  { organization, channels, suppressions }: Config,
  { from, placeOf }: Origins,
): readonly Contradiction[] {
  if (organization !== undefined) return [];
  const lists: readonly (readonly [key: "channels" | "suppressions", scopes: readonly AccountScope[]])[] = [
    ["channels", channels],
    ["suppressions", suppressions.map((each) => ("use" in each ? {} : each))],
  ];
  return lists.flatMap(([key, scopes]) =>
    scopes.flatMap((scope, index) => {
      if (!asksPlace(scope)) return [];
      const field = scope.organizationalUnits === undefined ? "accountTags" : "organizationalUnits";
      const given = JSON.stringify(scope[field]);
      const place = `${key}[${placeOf(key, index)}].${field}`;
      return [
        {
          keys: [`${key}.*`, "organization"],
          problem: `${place} is ${given}${from(key)}: needs organization, whose accounts have units and tags; set organization, or name accounts by their ids (accounts)`,
        },
      ];
    }),
  );
}

import type { Contradiction, Origins } from "./contradiction";
import type { Config } from "./schema";

/** Accounts that a stack set would reach by two ways: what one of them removes, the other still needs. */
export function organizationContradictions({ organization }: Config, { from }: Origins): readonly Contradiction[] {
  const units = organization?.stackSet?.organizationalUnits ?? [];
  const place = `organization.stackSet.organizationalUnits${from("organization")}`;
  const problem = (text: string): Contradiction => ({ keys: ["organization"], problem: `${place} ${text}` });
  const repeated = new Set(units.filter((unit, index) => units.indexOf(unit) !== index));
  const root = units.find((unit) => unit.startsWith("r-"));
  const others = units.filter((unit) => unit !== root);
  return [
    ...[...repeated].map((unit) => problem(`has ${unit} more than once: list it once`)),
    ...(root !== undefined && others.length > 0
      ? [
          problem(
            `has ${root}, the root, and units below it (${others.join(", ")}): list the root alone, or units without it`,
          ),
        ]
      : []),
  ];
}

import type { Detection } from "../definition/detection";
import type { EventPattern } from "../pattern/pattern";
import type { Replacements } from "../pattern/resolve";
import { alwaysOn } from "./always-on";
import { suppressionProblems } from "./check-suppression";
import { type ReadyMadeChoice, readyMade } from "./ready-made";
import { hasExpired, type Suppression } from "./suppression";

/** What a configuration says of suppressions. */
export interface SuppressionChoices {
  /** ARNs of roles and users. */
  readonly deployers: readonly string[];
  readonly suppressions: readonly (ReadyMadeChoice | OwnSuppression)[];
}

/** How problems are put. */
export interface Wording {
  /**
   * Where a suppression stands in what was given.
   *
   * @default - where it stands here
   */
  readonly placeOf?: (index: number) => number;
  /**
   * What to say after an id that there is no detection of.
   *
   * @default - nothing
   */
  readonly suggest?: (id: string) => string;
}

type OwnSuppression = Omit<Suppression, "pattern"> & { readonly pattern: Readonly<Record<string, unknown>> };

/**
 * Everything that is suppressed: what always is, then what the configuration says.
 *
 * @param names what placeholders stand for, or anything else of their names: only whether they exist is looked at
 * @param now milliseconds since 1970: nothing may have expired by then
 * @returns problems in the configuration's words, a line each; where there are any, the suppressions are of no use
 */
export function configuredSuppressions(
  choices: SuppressionChoices,
  catalogue: readonly Detection[],
  names: Replacements,
  now: number,
  { placeOf = (index) => index, suggest = () => "" }: Wording = {},
): { readonly suppressions: readonly Suppression[]; readonly problems: readonly string[] } {
  const standing = alwaysOn(catalogue, choices.deployers);
  const taken = new Set(standing.map(({ id }) => id));
  const problems: string[] = [];
  const chosen = choices.suppressions.map((choice, index) => {
    const place = `suppressions[${placeOf(index)}]`;
    const suppression: Suppression =
      "use" in choice ? readyMade(choice) : { ...choice, pattern: choice.pattern as EventPattern };
    const { id, expires } = suppression;
    for (const { path, problem, unknownDetection } of suppressionProblems(suppression, catalogue, names)) {
      const instead = unknownDetection === undefined ? "" : suggest(unknownDetection);
      problems.push(`${place}${path === "" ? "" : `.${path}`}: ${problem}${instead}`);
    }
    if (hasExpired(suppression, now)) {
      problems.push(
        `${place}.expires is "${expires}": "${id}" has expired; ask ${suppression.owner} whether it is still needed, then set a later day or remove it`,
      );
    }
    if (taken.has(id)) {
      problems.push(`${place}.${"use" in choice ? "use" : "id"} is "${id}": duplicate; each id can be used once`);
    }
    taken.add(id);
    return suppression;
  });
  return { suppressions: [...standing, ...chosen], problems };
}

import { arnCovers } from "./covers";
import type { Condition, Statement } from "./statements";

/** An ARN of the same name in every region. */
const IN_EVERY_REGION = /^arn:[^:*?]*:[^:*?]*:\*:[^:*?]*:[^*?]*$/;

/**
 * Statements as far as they are about what stays. That a trail is destroyed is reported for the trail; that policies
 * then no longer name it is no further loss.
 *
 * @param gone ARNs that nothing has any more after the plan
 * @param mayStay whether what stays, or is made, may have an ARN of this form, which is one name in every region
 */
export function aboutWhatStays(
  statements: readonly Statement[],
  gone: ReadonlySet<string>,
  mayStay: (form: string) => boolean,
): readonly Statement[] {
  if (gone.size === 0) return statements;
  const goes = (text: string) =>
    [...gone].some((arn) => text === arn || text.startsWith(`${arn}:`) || text.startsWith(`${arn}/`)) ||
    (IN_EVERY_REGION.test(text) && [...gone].some((arn) => arnCovers(text, arn)) && !mayStay(text));
  const stays = (text: string) => !goes(text);
  return statements.flatMap((statement) => {
    const { allows, resources, conditions } = statement;
    if (!allows || resources.not) return [statement];
    const left = { ...resources, texts: resources.texts.filter(stays) };
    const terms = conditions.map((condition) =>
      namesSomething(condition) ? { ...condition, values: condition.values.filter(stays) } : condition,
    );
    const moot =
      left.texts.length === 0 ||
      terms.some(({ values }, index) => values.length === 0 && conditions[index]?.values.length !== 0);
    return moot ? [] : [{ ...statement, resources: left, conditions: terms }];
  });
}

function namesSomething({ operator }: Condition): boolean {
  return /^(String|Arn)(Equals|Like)(IfExists)?$/.test(operator);
}

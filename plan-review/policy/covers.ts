import type { Condition, Listed, Statement } from "./statements";

/** Whether a pattern with `*` and `?` matches all that another one matches. Takes time in proportion to both. */
export function globCovers(pattern: string, text: string): boolean {
  let [p, t, star, resume] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === "*") {
      star = p++;
      resume = t;
    } else if (p < pattern.length && (pattern[p] === text[t] || (pattern[p] === "?" && text[t] !== "*"))) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

/** Whether some text matches both patterns, in doubt. */
function globsMeet(one: string, other: string): boolean {
  if (globCovers(one, other) || globCovers(other, one)) return true;
  if (!one.includes("*") || !other.includes("*")) return false;
  const start = (text: string) => text.slice(0, text.search(/[*?]/));
  const [a, b] = [start(one), start(other)];
  return a.startsWith(b) || b.startsWith(a);
}

export function actionCovered({ not, texts }: Listed, action: string): boolean {
  const some = texts.some((text) => globCovers(text.toLowerCase(), action.toLowerCase()));
  return some !== not;
}

export function resourceCovered({ not, texts }: Listed, resource: string): boolean {
  return texts.some((text) => globCovers(text, resource)) !== not;
}

/** Whether a statement's principals include one; a policy of a role has none, and means its role. */
export function principalCovered(listed: Listed | undefined, principal: string | undefined): boolean {
  if (listed === undefined || principal === undefined) return listed === undefined && principal === undefined;
  return listed.texts.some((text) => text === "*" || text === principal) !== listed.not;
}

/** Whether a statement asks for nothing that another one doesn't ask for as well. */
export function noNarrower(after: readonly Condition[], before: readonly Condition[]): boolean {
  return after.every((asked) =>
    before.some((was) => was.key === asked.key && asksLess(asked, was) && valuesCovered(asked, was)),
  );
}

/** Operators that differ only in how they read wildcards, or in that the later one lets a missing key pass. */
function asksLess(asked: Condition, was: Condition): boolean {
  const family = ({ operator }: Condition) =>
    operator.replace(/IfExists$/, "").replace(/^(String|Arn)(Equals|Like)$/, "$1");
  const lenient = ({ operator }: Condition) => operator.endsWith("IfExists");
  return family(asked) === family(was) && (lenient(asked) || !lenient(was));
}

/** Wildcards of an ARN stay within its parts. Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN */
export function arnCovers(pattern: string, arn: string): boolean {
  const parts = (text: string) => [...text.split(":").slice(0, 5), text.split(":").slice(5).join(":")];
  const [wide, narrow] = [parts(pattern), parts(arn)];
  return pattern === arn || wide.every((part, index) => globCovers(part, narrow[index] ?? ""));
}

function valuesCovered(asked: Condition, was: Condition): boolean {
  const same = (a: string, b: string) => {
    if (asked.operator.startsWith("Arn")) return arnCovers(a, b);
    if (asked.operator.startsWith("StringLike")) return globCovers(a, b);
    // What was a wildcard is a letter now.
    return a === b && !(was.operator.startsWith("StringLike") && /[*?]/.test(b));
  };
  const covered = was.values.every((value) => asked.values.some((each) => same(each, value)));
  // What must not be, or must be below or above something: only the same is surely no narrower.
  const positive = /^(StringEquals|StringLike|ArnEquals|ArnLike|IpAddress|Bool|NumericEquals)(IfExists)?$/.test(
    asked.operator,
  );
  return covered && (positive || (asked.operator === was.operator && asked.values.length === was.values.length));
}

/** Whether what a statement denies may be what is meant. */
export function mayDeny(
  statement: Statement,
  principal: string | undefined,
  action: string,
  resource: string,
): boolean {
  const meets = ({ not, texts }: Listed, meant: string, sameCase: boolean) => {
    const cased = (text: string) => (sameCase ? text : text.toLowerCase());
    return not
      ? !texts.some((text) => globCovers(cased(text), cased(meant)))
      : texts.some((text) => globsMeet(cased(text), cased(meant)));
  };
  return (
    principalMeant(statement.principals, principal) &&
    meets(statement.actions, action, false) &&
    meets(statement.resources, resource, true)
  );
}

/** As `principalCovered`, but to deny something to an account is to deny it to all of its roles. */
function principalMeant(listed: Listed | undefined, principal: string | undefined): boolean {
  const account = principal?.replace(/^AWS:arn:[^:]*:iam::(\d{12}):role\/.*$/s, "AWS:$1");
  return principalCovered(listed, principal) || (listed?.not === false && principalCovered(listed, account));
}

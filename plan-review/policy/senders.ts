import type { Statement } from "./statements";

const EVERYONE = "*";

/**
 * Statements for everyone whose conditions name an ARN as the sender, as what they are meant for: statements for the
 * service that the ARN belongs to.
 */
export function withSenders(statements: readonly Statement[]): readonly Statement[] {
  return statements.map((statement) => {
    const { allows, principals, conditions } = statement;
    if (!allows || !principals || principals.not || !principals.texts.includes(EVERYONE)) return statement;
    const senders = conditions.flatMap(({ operator, key, values }) =>
      key === "aws:sourcearn" && /^(String|Arn)(Equals|Like)$/.test(operator) ? values.flatMap(serviceOf) : [],
    );
    return senders.length === 0
      ? statement
      : { ...statement, principals: { not: false, texts: [...new Set(senders)] } };
  });
}

function serviceOf(arn: string): readonly string[] {
  const service = /^arn:[^:]*:([a-z0-9]+):/.exec(arn)?.[1];
  return service === undefined ? [] : [`Service:${service}.amazonaws.com`];
}

/** A statement of an IAM policy, as JSON has it. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The policy as the JSON text that AWS takes. */
export function policyDocument(...statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/**
 * Lets a service assume a role.
 *
 * @param condition what the service must prove. Of CloudTrail (for its log group) and Lambda nothing can be asked: neither
 *   is documented to send a source when it assumes a role, and both take a role of their caller's own account only.
 */
export function assumeRolePolicy(service: string, condition?: PolicyStatement["Condition"]): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AssumedByService",
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        ...(condition && { Condition: condition }),
      },
    ],
  });
}

/** The only element of a list by itself, as people write policies. */
export function oneOrAll(elements: readonly string[]): string | readonly string[] {
  const [first] = elements;
  return elements.length === 1 && first !== undefined ? first : elements;
}

/** Refuses whatever does not come over TLS. */
export function denyInsecureTransport(
  action: string | readonly string[],
  resource: string | readonly string[],
): PolicyStatement {
  return {
    Sid: "DenyInsecureTransport",
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: resource,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** Leaves the key's administration to the account's IAM policies, as AWS's default key policy does. */
export function accountAdministersKey(partition: string, account: string): PolicyStatement {
  return {
    Sid: "AccountAdministersKey",
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${account}:root` },
    Action: "kms:*",
    Resource: "*",
  };
}

/** Whether the text is the account's id, or an ARN that names it as the owner. */
export function isOwn(text: string, own: string | undefined): boolean {
  return own !== undefined && (text === own || /^arn:[^:]*:[^:]*:[^:]*:([^:]*):/.exec(text)?.[1] === own);
}

/** Whether the text is the name of an AWS service, which is no account: `ec2.amazonaws.com`. */
export function isServiceName(text: string): boolean {
  return /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(text);
}

/** A call of SNS's Publish, as the SDK takes it; what was not given is absent. */
export interface PublishInput {
  readonly TopicArn?: string;
  readonly Subject?: string;
  readonly Message?: string;
  readonly MessageStructure?: string;
  readonly MessageAttributes: Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>;
}

/**
 * Reads the form that the SDK sends to SNS.
 *
 * Source: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export function publishInput(form: URLSearchParams): PublishInput {
  const attributes: Record<string, { DataType: string; StringValue: string }> = {};
  for (let entry = 1; form.has(`MessageAttributes.entry.${entry}.Name`); entry++) {
    const part = (name: string) => form.get(`MessageAttributes.entry.${entry}.${name}`) ?? "";
    attributes[part("Name")] = { DataType: part("Value.DataType"), StringValue: part("Value.StringValue") };
  }
  const given = ["TopicArn", "Subject", "Message", "MessageStructure"].flatMap((name) => {
    const value = form.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(given), MessageAttributes: attributes };
}

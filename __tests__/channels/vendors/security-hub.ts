import { type BodySchema, problemsOf } from "./body-schema";

/**
 * What of the AWS Security Finding Format is used, with its limits:
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html, whose patterns want a character that is no
 * space in every text, and https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-format-syntax.html.
 */
const text = (maxLength?: number): BodySchema => ({
  type: "string",
  minLength: 1,
  pattern: /\S/,
  ...(maxLength === undefined ? {} : { maxLength }),
});
const TIME: BodySchema = { type: "string", pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ };
const PRODUCT: BodySchema = {
  type: "string",
  pattern: /^arn:aws[\w-]*:securityhub:[a-z0-9-]+:(\d{12}):product\/\1\/default$/,
};
const REQUIRED = ["SchemaVersion", "Id", "ProductArn", "GeneratorId", "AwsAccountId", "CreatedAt", "UpdatedAt"];

export const FINDING: BodySchema = {
  type: "object",
  required: [...REQUIRED, "Title", "Description", "Resources", "FindingProviderFields"],
  properties: {
    SchemaVersion: { type: "string", enum: ["2018-10-08"] },
    Id: text(512),
    ProductArn: PRODUCT,
    ProductName: text(128),
    CompanyName: text(128),
    GeneratorId: text(512),
    AwsAccountId: { type: "string", pattern: /^\d{12}$/ },
    CreatedAt: TIME,
    UpdatedAt: TIME,
    LastObservedAt: TIME,
    FindingProviderFields: {
      type: "object",
      properties: {
        Severity: {
          type: "object",
          properties: {
            Label: { type: "string", enum: ["INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL"] },
            Original: text(64),
          },
        },
        Types: {
          type: "array",
          maxItems: 50,
          items: {
            type: "string",
            pattern:
              /^(Software and Configuration Checks|TTPs|Effects|Unusual Behaviors|Sensitive Data Identifications)(\/[\w ]+){0,2}$/,
          },
        },
      },
    },
    Title: text(256),
    Description: text(1_024),
    Remediation: {
      type: "object",
      properties: { Recommendation: { type: "object", properties: { Text: text(512), Url: text() } } },
    },
    SourceUrl: { type: "string", pattern: /^https?:\/\/\S+$/ },
    ProductFields: {
      type: "object",
      maxProperties: 50,
      names: { type: "string", minLength: 1, maxLength: 127 },
      others: { type: "string", minLength: 1, pattern: /\S/, maxLength: 2_047 },
    },
    Resources: {
      type: "array",
      minItems: 1,
      maxItems: 32,
      items: {
        type: "object",
        required: ["Type", "Id"],
        properties: {
          Type: text(256),
          Id: text(512),
          Partition: { type: "string", enum: ["aws", "aws-cn", "aws-us-gov"] },
          Region: text(16),
        },
      },
    },
    Action: {
      type: "object",
      properties: {
        ActionType: { type: "string", enum: ["AWS_API_CALL"] },
        AwsApiCallAction: {
          type: "object",
          properties: {
            Api: text(128),
            ServiceName: text(128),
            CallerType: { type: "string", enum: ["remoteip", "domain"] },
            RemoteIpDetails: { type: "object", properties: { IpAddressV4: text() } },
            DomainDetails: { type: "object", properties: { Domain: text(128) } },
            FirstSeen: TIME,
            LastSeen: TIME,
          },
        },
      },
    },
    RelatedFindings: {
      type: "array",
      minItems: 1,
      maxItems: 10,
      items: { type: "object", required: ["ProductArn", "Id"], properties: { ProductArn: PRODUCT, Id: text() } },
    },
    RecordState: { type: "string", enum: ["ACTIVE", "ARCHIVED"] },
  },
};
const MAXIMUM_BYTES = 240 * 1_024;

/** What a finding looks like in Security Hub after all its imports. */
export interface ImportedFinding {
  readonly Id: string;
  readonly UpdatedAt: string;
  readonly [field: string]: unknown;
}

/** Security Hub of one account: what is wrong is refused, and an update that is no newer is ignored. */
export function fakeSecurityHub(account: string) {
  const findings = new Map<string, ImportedFinding>();
  const importFindings = async (imported: readonly object[]) => {
    if (imported.length < 1 || imported.length > 100) throw new Error("InvalidInput");
    return imported.flatMap((each) => {
      const finding = each as ImportedFinding;
      const problems = [
        ...problemsOf(finding, FINDING, "finding"),
        ...(Buffer.byteLength(JSON.stringify(finding)) > MAXIMUM_BYTES ? ["finding is larger than 240 KB"] : []),
      ];
      if (problems.length > 0) return [{ code: "InvalidInput", message: problems.join("; ") }];
      if (finding.AwsAccountId !== account) return [{ code: "InvalidAccess", message: "another account's" }];
      const found = findings.get(finding.Id);
      if (found === undefined || found.UpdatedAt < finding.UpdatedAt) findings.set(finding.Id, finding);
      return [];
    });
  };
  return { importFindings, findings };
}

import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import type { Deployment } from "../deployment/deployment";

/** Index over the windows that something may still have to be told of. */
const OPEN_WINDOWS = "open-closesAt";

export interface SeenTableProps {
  readonly deployment: Deployment;
  /** ARN of the key that the table is encrypted with. */
  readonly keyArn: string;
}

/**
 * What the function has told and what it has grouped together, so that it tells each thing once.
 *
 * An item must outlive every way in which its message can come back: 4 days in its queue, 14 among the dead letters and,
 * once somebody has moved it back from there, the same again. That makes 36 days; the function keeps items for 45.
 *
 * Nothing protects the table from deletion: it holds the last weeks' bookkeeping and no evidence, so `terraform destroy`
 * may take it, and all that is lost with it is that an alert may be told twice.
 */
export class SeenTable extends Construct {
  readonly tableName: string;
  readonly arn: string;
  readonly openWindowsIndexArn: string;
  readonly keyArn: string;

  constructor(scope: Construct, id: string, { deployment, keyArn }: SeenTableProps) {
    super(scope, id);
    const table = new DynamodbTable(this, "Table", {
      name: deployment.name("seen"),
      billingMode: "PAY_PER_REQUEST",
      hashKey: "pk",
      rangeKey: "sk",
      // DynamoDB takes the keys of table and index here, and no other attribute.
      attribute: [
        { name: "pk", type: "S" },
        { name: "sk", type: "S" },
        { name: "open", type: "S" },
        { name: "closesAt", type: "N" },
      ],
      globalSecondaryIndex: [
        { name: OPEN_WINDOWS, hashKey: "open", rangeKey: "closesAt", projectionType: "KEYS_ONLY" },
      ],
      ttl: { attributeName: "expiresAt", enabled: true },
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: keyArn },
      deletionProtectionEnabled: false,
    });
    this.tableName = table.name;
    this.arn = table.arn;
    this.openWindowsIndexArn = `${table.arn}/index/${OPEN_WINDOWS}`;
    this.keyArn = keyArn;
  }
}

import { Random } from "../../../random";

export const ACCOUNT = "111122223333";
export const OTHER_ACCOUNT = "444455556666";

const REGIONS = ["us-east-1", "us-east-1", "us-east-1", "eu-west-1", "eu-central-1", "ap-northeast-1"] as const;
const NAMES = ["orders", "billing", "search", "ingest", "media", "ledger", "größe-rechner", "web"] as const;

/** An imaginary account in which things have ids, as AWS writes them. The same for the same seed. */
export class Account {
  readonly random: Random;
  /** Of the call that is being made. */
  region: string = REGIONS[0];

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  /** Moves to a region, as if a new log file began: CloudTrail writes one per region. */
  travel(): void {
    this.region = this.random.pick(REGIONS);
  }

  hex(length: number): string {
    let text = "";
    while (text.length < length) text += this.random.next().toString(16).padStart(8, "0");
    return text.slice(0, length);
  }

  uuid(): string {
    const hex = this.hex(32);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  /** As in `AROA…`: capital letters and digits. */
  capitals(length: number): string {
    let text = "";
    while (text.length < length) text += this.random.next().toString(36).toUpperCase();
    return text.slice(0, length);
  }

  /** As in signed tokens: `length` of base64's characters. */
  base64(length: number): string {
    let text = "";
    while (text.length < length) text += Buffer.from(this.hex(16), "hex").toString("base64").slice(0, 10);
    return text.slice(0, length);
  }

  /** What a team called its thing. */
  name(): string {
    return this.random.pick(NAMES);
  }

  instance(): string {
    return `i-${this.hex(17)}`;
  }

  /** ARN of a resource of the account, in the region. */
  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${this.region}:${ACCOUNT}:${resource}`;
  }

  role(name: string): string {
    return `arn:aws:iam::${ACCOUNT}:role/${name}`;
  }
}

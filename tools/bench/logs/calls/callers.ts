// Over 250 lines: one table of callers.
import { ACCOUNT, type Account, OTHER_ACCOUNT } from "./account";

/** Who made a call, and what the record says of it besides. */
export interface Caller {
  readonly userIdentity: Readonly<Record<string, unknown>>;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
  /** Of a call that came over the network. */
  readonly tls: boolean;
  readonly console: boolean;
}

export type CallerKind = keyof typeof callers;

const SDKS = [
  "Boto3/1.40.55 md/Botocore#1.40.55 ua/2.1 os/linux#6.1.150 md/arch#x86_64 lang/python#3.12.11 Botocore/1.40.55",
  "aws-sdk-go-v2/1.39.2 ua/2.1 os/linux lang/go#1.25.1 md/GOOS#linux md/GOARCH#amd64 api/ec2#1.254.1",
  "aws-sdk-java/2.34.6 md/io#sync md/http#Apache ua/2.1 os/Linux#5.10.242 lang/java#21.0.8",
  "aws-sdk-nodejs/2.1692.0 linux/v22.19.0 exec-env/AWS_Lambda_nodejs22.x promise",
  "aws-sdk-go/1.55.8 (go1.24.6; linux; amd64) amazon-ssm-agent/3.3.2299.0",
  "aws-internal/3",
] as const;
const TERRAFORM =
  "APN/1.0 HashiCorp/1.0 Terraform/1.13.3 (+https://www.terraform.io) terraform-provider-aws/6.14.1 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.39.2 ua/2.1 os/linux lang/go#1.24.6 api/iam#1.47.5";
const BROWSERS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:143.0) Gecko/20100101 Firefox/143.0",
] as const;
const SERVICE_LINKED = [
  ["inspector2.amazonaws.com", "AWSServiceRoleForAmazonInspector2"],
  ["autoscaling.amazonaws.com", "AWSServiceRoleForAutoScaling"],
  ["config.amazonaws.com", "AWSServiceRoleForConfig"],
  ["access-analyzer.amazonaws.com", "AWSServiceRoleForAccessAnalyzer"],
  ["elasticloadbalancing.amazonaws.com", "AWSServiceRoleForElasticLoadBalancing"],
] as const;
const SERVICES = ["ec2", "lambda", "ecs-tasks", "config", "cloudtrail", "logs", "rds", "eks", "s3"] as const;
/** How often the next call of a kind of caller comes from the one before. */
const SAME = 0.75;
const PEOPLE = ["ana.souza", "jürgen.müller", "sato", "li.wei", "o'brien", "maria"] as const;

function issuer(name: string, path = ""): Readonly<Record<string, unknown>> {
  return {
    type: "Role",
    principalId: roleId(name),
    arn: `arn:aws:iam::${ACCOUNT}:role/${path}${name}`,
    accountId: ACCOUNT,
    userName: name,
  };
}

/** The same for the same role. */
function roleId(name: string): string {
  const letters = Buffer.from(name).toString("hex").toUpperCase();
  return `AROA${letters.padEnd(17, "X").slice(-17)}`;
}

/** A session of a role; CloudTrail's own order of fields. */
function session(
  account: Account,
  role: string,
  name: string,
  rest: Readonly<Record<string, unknown>> = {},
  path = "",
): Readonly<Record<string, unknown>> {
  const { invokedBy, ...context } = rest;
  return {
    type: "AssumedRole",
    principalId: `${roleId(role)}:${name}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}`,
    accountId: ACCOUNT,
    ...(invokedBy === undefined ? { accessKeyId: `ASIA${account.capitals(16)}` } : {}),
    sessionContext: {
      sessionIssuer: issuer(role, path),
      ...context,
      attributes: { creationDate: creationDate(account), mfaAuthenticated: "false" },
    },
    ...(invokedBy === undefined ? {} : { invokedBy }),
  };
}

function creationDate({ random }: Account): string {
  return new Date(Date.UTC(2026, 10, 20, random.below(24), random.below(60), random.below(60)))
    .toISOString()
    .replace(".000", "");
}

function privateAddress({ random }: Account): string {
  return `10.${random.below(256)}.${random.below(256)}.${random.between(1, 254)}`;
}

function publicAddress({ random }: Account): string {
  return `203.0.113.${random.between(1, 254)}`;
}

const callers = {
  /** An app on a virtual machine. */
  machine: (account: Account): Caller => ({
    userIdentity: session(account, `${account.name()}-instance`, account.instance(), { ec2RoleDelivery: "2.0" }),
    sourceIPAddress: privateAddress(account),
    userAgent: account.random.pick(SDKS),
    tls: account.random.chance(0.5),
    console: false,
  }),
  /** An app with a key of its own, as they were once written. */
  app: (account: Account): Caller => ({
    userIdentity: {
      type: "IAMUser",
      principalId: "AIDAEXAMPLESHOPAPP000",
      arn: `arn:aws:iam::${ACCOUNT}:user/shop-app`,
      accountId: ACCOUNT,
      accessKeyId: "AKIAEXAMPLESHOPAPP00",
      userName: "shop-app",
    },
    sourceIPAddress: privateAddress(account),
    userAgent: account.random.pick(SDKS),
    tls: account.random.chance(0.7),
    console: false,
  }),
  lambda: (account: Account): Caller => {
    const name = `${account.name()}-worker`;
    return {
      userIdentity: session(account, `${name}-role`, name, {
        inScopeOf: {
          issuerType: "AWS::Lambda::Function",
          credentialsIssuedTo: account.arn("lambda", `function:${name}`),
        },
      }),
      sourceIPAddress: publicAddress(account),
      userAgent: account.random.pick(SDKS),
      tls: account.random.chance(0.5),
      console: false,
    };
  },
  /** A pod in Kubernetes, whose role comes by web identity. */
  pod: (account: Account): Caller => ({
    userIdentity: session(account, "cluster-autoscaler", `17${account.hex(17)}`, {
      webIdFederationData: {
        federatedProvider: `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks.${account.region}.amazonaws.com/id/5A1FB0C3D94E27A86B3C5D7E9F012345`,
        attributes: {},
      },
    }),
    sourceIPAddress: privateAddress(account),
    userAgent: account.random.pick(SDKS),
    tls: true,
    console: false,
  }),
  /** A person who came through IAM Identity Center and clicks about. */
  person: (account: Account): Caller => {
    const role = "AWSReservedSSO_ReadOnly_0c1d2e3f";
    return {
      userIdentity: session(
        account,
        role,
        `${account.random.pick(PEOPLE)}@example.com`,
        {},
        "aws-reserved/sso.amazonaws.com/",
      ),
      sourceIPAddress: publicAddress(account),
      userAgent: account.random.pick(BROWSERS),
      tls: true,
      console: true,
    };
  },
  pipeline: (account: Account): Caller => ({
    userIdentity: {
      type: "IAMUser",
      principalId: "AIDAEXAMPLEPIPELINE00",
      arn: `arn:aws:iam::${ACCOUNT}:user/ci/pipeline`,
      accountId: ACCOUNT,
      accessKeyId: "AKIAEXAMPLEPIPELINE0",
      userName: "pipeline",
    },
    sourceIPAddress: publicAddress(account),
    userAgent: TERRAFORM,
    tls: true,
    console: false,
  }),
  /** A service with the role that is linked to it. */
  serviceLinked: (account: Account): Caller => {
    const [service, role] = account.random.pick(SERVICE_LINKED);
    const rest = { webIdFederationData: {}, invokedBy: service };
    return {
      userIdentity: session(account, role, `Service${account.random.next()}`, rest, `aws-service-role/${service}/`),
      sourceIPAddress: service,
      userAgent: service,
      tls: false,
      console: false,
    };
  },
  service: (account: Account): Caller => {
    const service = `${account.random.pick(SERVICES)}.amazonaws.com`;
    return {
      userIdentity: { type: "AWSService", invokedBy: service },
      sourceIPAddress: service,
      userAgent: service,
      tls: false,
      console: false,
    };
  },
  /** Another account, as the one that is called knows it. */
  otherAccount: (account: Account): Caller => ({
    userIdentity: { type: "AWSAccount", principalId: `AROA${account.capitals(17)}:scanner`, accountId: OTHER_ACCOUNT },
    sourceIPAddress: publicAddress(account),
    userAgent: account.random.pick(SDKS),
    tls: true,
    console: false,
  }),
  /** A token from outside, before it has been exchanged. */
  webIdentity: (account: Account): Caller => ({
    userIdentity: {
      type: "WebIdentityUser",
      principalId: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com:sts.amazonaws.com:repo:example/${account.name()}:ref:refs/heads/main`,
      userName: `repo:example/${account.name()}:ref:refs/heads/main`,
      identityProvider: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
    },
    sourceIPAddress: publicAddress(account),
    userAgent: account.random.pick(SDKS),
    tls: true,
    console: false,
  }),
  /** AWS itself on behalf of the account's owner: no sign-in of the root user. */
  rootByService: (account: Account): Caller => ({
    userIdentity: {
      type: "Root",
      principalId: ACCOUNT,
      arn: `arn:aws:iam::${ACCOUNT}:root`,
      accountId: ACCOUNT,
      accessKeyId: `ASIA${account.capitals(16)}`,
      sessionContext: { attributes: { creationDate: creationDate(account), mfaAuthenticated: "false" } },
      invokedBy: "trustedadvisor.amazonaws.com",
    },
    sourceIPAddress: "trustedadvisor.amazonaws.com",
    userAgent: "trustedadvisor.amazonaws.com",
    tls: false,
    console: false,
  }),
} satisfies Readonly<Record<string, (account: Account) => Caller>>;

/** Who calls: in log files the same few come again and again, with the same credentials. */
export class Callers {
  readonly #known = new Map<CallerKind, Caller>();

  constructor(private readonly account: Account) {}

  of(kind: CallerKind): Caller {
    const known = this.#known.get(kind);
    if (known && this.account.random.chance(SAME)) return known;
    const caller = callers[kind](this.account);
    this.#known.set(kind, caller);
    return caller;
  }
}

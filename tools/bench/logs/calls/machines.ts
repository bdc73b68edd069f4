// Over 250 lines: one table of calls.
import type { Account } from "./account";
import type { Call, Details } from "./call";

function items(account: Account, least: number, most: number, make: () => unknown): { readonly items: unknown[] } {
  return { items: account.random.times(account.random.between(least, most), make) };
}

function filters(account: Account, least: number, most: number): Details {
  const names = ["instance-state-name", "tag:kubernetes.io/cluster/prod", "vpc-id", "tag:Größe", "subnet-id"] as const;
  return {
    requestParameters: {
      maxResults: 1000,
      instancesSet: {},
      filterSet: items(account, least, most, () => ({
        name: account.random.pick(names),
        valueSet: items(account, 1, 4, () => ({ value: `${account.name()}-${account.hex(8)}` })),
      })),
    },
  };
}

function launchTemplate(account: Account): Details {
  const script = `#!/bin/bash\nset -eu\necho "starting {${account.name()}}"\naws ssm get-parameters --names "/${account.name()}/config"\n`;
  const name = `${account.name()}-${account.hex(8)}`;
  return {
    requestParameters: {
      CreateLaunchTemplateRequest: {
        LaunchTemplateName: name,
        ClientToken: account.uuid(),
        LaunchTemplateData: {
          UserData: Buffer.from(script.repeat(account.random.between(2, 9))).toString("base64"),
          ImageId: `ami-${account.hex(17)}`,
          InstanceType: "m7g.large",
          MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 2 },
          SecurityGroupId: { tag: 1, content: `sg-${account.hex(17)}` },
          TagSpecification: {
            tag: 1,
            ResourceType: "instance",
            Tag: account.random.times(8, () => ({ Key: `team/${account.hex(4)}`, Value: account.name() })),
          },
        },
      },
    },
    responseElements: {
      CreateLaunchTemplateResponse: {
        xmlns: "http://ec2.amazonaws.com/doc/2016-11-15/",
        requestId: account.uuid(),
        launchTemplate: {
          launchTemplateId: `lt-${account.hex(17)}`,
          launchTemplateName: name,
          latestVersionNumber: 1,
          defaultVersionNumber: 1,
          createdBy: account.role("cluster-autoscaler"),
        },
      },
    },
  };
}

function ingress(account: Account): Details {
  const rule = {
    ipProtocol: "tcp",
    fromPort: 5432,
    toPort: 5432,
    groups: {},
    ipRanges: { items: [{ cidrIp: `10.${account.random.below(256)}.0.0/16`, description: "app → database" }] },
    ipv6Ranges: {},
    prefixListIds: {},
  };
  return {
    requestParameters: { groupId: `sg-${account.hex(17)}`, ipPermissions: { items: [rule] } },
    responseElements: { requestId: account.uuid(), _return: true },
  };
}

function runInstances(account: Account): Details {
  const instance = () => ({
    instanceId: account.instance(),
    imageId: "ami-0a1b2c3d4e5f60718",
    instanceState: { code: 0, name: "pending" },
    privateDnsName: `ip-10-0-${account.random.below(256)}-${account.random.below(256)}.ec2.internal`,
    instanceType: "m7g.large",
    placement: { availabilityZone: `${account.region}a`, tenancy: "default" },
    monitoring: { state: "disabled" },
    subnetId: "subnet-0123456789abcdef0",
    vpcId: "vpc-0123456789abcdef0",
    stateReason: { code: "pending", message: "pending" },
    architecture: "arm64",
    rootDeviceType: "ebs",
    hypervisor: "xen",
    tagSet: { items: [{ key: "aws:autoscaling:groupName", value: account.name() }] },
    networkInterfaceSet: {
      items: [{ networkInterfaceId: `eni-${account.hex(17)}`, macAddress: account.hex(12), status: "in-use" }],
    },
    clientToken: `fleet-${account.uuid()}-0`,
    enaSupport: true,
  });
  return {
    requestParameters: {
      instancesSet: { items: [{ imageId: "ami-0a1b2c3d4e5f60718", minCount: 1, maxCount: 3 }] },
      instanceType: "m7g.large",
      blockDeviceMapping: {},
      monitoring: { enabled: false },
      disableApiTermination: false,
    },
    responseElements: {
      requestId: account.uuid(),
      reservationId: `r-${account.hex(17)}`,
      ownerId: "111122223333",
      instancesSet: { items: account.random.times(account.random.between(1, 3), instance) },
    },
  };
}

/** EC2, Auto Scaling, load balancers, containers. */
export const machines: readonly Call[] = [
  {
    weight: 70,
    service: "ec2",
    name: "DescribeInstances",
    by: ["machine", "app", "person", "pod", "app", "serviceLinked", "pipeline"],
    details: (account) => (account.random.chance(0.03) ? filters(account, 15, 40) : filters(account, 0, 3)),
  },
  {
    weight: 20,
    service: "ec2",
    name: "DescribeVolumes",
    by: ["pod", "app", "person"],
    details: (a) => filters(a, 1, 2),
  },
  {
    weight: 20,
    service: "ec2",
    name: "DescribeSubnets",
    by: ["pod", "app", "pipeline"],
    details: (a) => filters(a, 1, 3),
  },
  { weight: 18, service: "ec2", name: "DescribeSecurityGroups", by: ["pipeline", "person", "serviceLinked"] },
  { weight: 14, service: "ec2", name: "DescribeRouteTables", by: ["pipeline"], details: (a) => filters(a, 1, 1) },
  {
    weight: 14,
    service: "ec2",
    name: "DescribeNetworkInterfaces",
    by: ["serviceLinked", "machine", "app", "lambda", "app"],
  },
  {
    weight: 10,
    service: "ec2",
    name: "DescribeAvailabilityZones",
    by: ["machine", "app", "pod", "app", "rootByService"],
  },
  { weight: 8, service: "ec2", name: "DescribeVpcAttribute", by: ["pipeline"] },
  {
    weight: 1,
    service: "ec2",
    name: "DescribeInstanceAttribute",
    by: ["person", "pipeline"],
    details: (account) => ({
      requestParameters: { instanceId: account.instance(), attribute: "disableApiTermination" },
    }),
  },
  {
    weight: 4,
    service: "ec2",
    name: "CreateLaunchTemplate",
    by: ["pod", "app", "pipeline"],
    writes: true,
    details: launchTemplate,
  },
  {
    weight: 1,
    service: "ec2",
    name: "RunInstances",
    by: ["serviceLinked", "pod", "app"],
    writes: true,
    details: runInstances,
  },
  {
    weight: 1,
    service: "ec2",
    name: "AuthorizeSecurityGroupIngress",
    by: ["pipeline"],
    writes: true,
    details: ingress,
  },
  {
    weight: 8,
    service: "ec2",
    name: "CreateTags",
    by: ["pod", "app", "serviceLinked", "pipeline"],
    writes: true,
    details: (account) => ({
      requestParameters: {
        resourcesSet: items(account, 1, 3, () => ({ resourceId: account.instance() })),
        tagSet: items(account, 1, 6, () => ({
          key: `k8s.io/cluster-autoscaler/${account.hex(6)}`,
          value: account.name(),
        })),
      },
      responseElements: { requestId: account.uuid(), _return: true },
    }),
  },
  {
    weight: 6,
    service: "ec2",
    name: "DeleteNetworkInterface",
    by: ["lambda", "app", "serviceLinked"],
    writes: true,
    details: (account) => ({
      requestParameters: { networkInterfaceId: `eni-${account.hex(17)}` },
      responseElements: { requestId: account.uuid(), _return: true },
    }),
  },
  {
    weight: 4,
    service: "ec2",
    name: "DescribeSpotInstanceRequests",
    by: ["pod", "app"],
    details: () => ({
      errorCode: "Client.RequestLimitExceeded",
      errorMessage: "Request limit exceeded.",
    }),
  },
  { weight: 16, service: "autoscaling", name: "DescribeAutoScalingGroups", by: ["pod", "app", "machine", "app"] },
  {
    weight: 22,
    service: "elasticloadbalancing",
    name: "DescribeTargetHealth",
    by: ["serviceLinked", "machine", "app", "pod", "app"],
    details: (account) => ({
      requestParameters: {
        targetGroupArn: account.arn("elasticloadbalancing", `targetgroup/${account.name()}/${account.hex(16)}`),
        include: ["AnomalyDetection"],
      },
    }),
  },
  {
    weight: 12,
    service: "ecs",
    name: "DescribeTasks",
    by: ["lambda", "app", "machine", "app"],
    details: (account) => ({
      requestParameters: {
        cluster: account.name(),
        tasks: account.random.times(account.random.between(1, 30), () => account.arn("ecs", `task/${account.hex(32)}`)),
      },
    }),
  },
  { weight: 8, service: "ecr", name: "GetAuthorizationToken", by: ["machine", "app", "pipeline"] },
  {
    weight: 10,
    service: "ecr",
    name: "BatchGetImage",
    by: ["machine", "app", "service"],
    details: (account) => ({
      requestParameters: {
        registryId: "111122223333",
        repositoryName: account.name(),
        acceptedMediaTypes: [
          "application/vnd.docker.distribution.manifest.v2+json",
          "application/vnd.oci.image.index.v1+json",
        ],
        imageIds: [{ imageDigest: `sha256:${account.hex(64)}` }],
      },
      resources: [{ ARN: account.arn("ecr", `repository/${account.name()}`), accountId: "111122223333" }],
    }),
  },
  {
    weight: 6,
    service: "eks",
    name: "DescribeCluster",
    by: ["pipeline", "person"],
    details: () => ({ requestParameters: { name: "prod" } }),
  },
];

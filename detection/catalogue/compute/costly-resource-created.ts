import type { Detection } from "../../definition/detection";
import type { PatternCondition } from "../../pattern/pattern";

const prefix = (value: string): PatternCondition => ({ prefix: value });
const suffix = (value: string): PatternCondition => ({ suffix: value });

/** 16 times xlarge and up: from about 3 USD an hour on demand. */
const largeSizes = [".16xlarge", ".18xlarge", ".24xlarge", ".32xlarge", ".48xlarge", ".96xlarge"].map(suffix);
/** EC2: GPUs (p), Trainium, Inferentia, high memory (u, x), bare metal (`metal`, `metal-24xl`). */
const costlyInstances = [...["p", "trn", "inf", "u", "x"].map(prefix), ...largeSizes, ...["metal", "xl"].map(suffix)];
/** SageMaker writes EC2's names behind `ml.`. */
const costlyMlFamilies = ["ml.p", "ml.trn", "ml.inf"].map(prefix);
const costlyMlInstances = [...costlyMlFamilies, ...[".16xlarge", ".24xlarge", ".48xlarge"].map(suffix)];

export const costlyResourceCreated: Detection = {
  id: "costly-resource-created",
  title: "Expensive resource requested",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1496", tactic: "Impact" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html",
    "https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html",
    "https://docs.aws.amazon.com/emr/latest/APIReference/API_JobFlowInstancesConfig.html",
  ],
  why: "Large and GPU instances cost hundreds to thousands of dollars a day. Stolen keys are used for cryptomining within minutes, often in unused regions. A denied request shows the intent.",
  falsePositives:
    "Workloads that use such instances daily (training, rendering) trigger it at each start. Suppress the role that starts them.",
  runbook: {
    check: "Does the caller usually use such instances in this region? Check what is running there.",
    command:
      "aws ec2 describe-instances --region <awsRegion> --filters Name=instance-state-name,Values=pending,running --query 'Reservations[].Instances[].[InstanceId,InstanceType,LaunchTime]' --output table",
    contain: "Stop or terminate what isn't yours, and check every other region.",
    undo: {
      RunInstances:
        "aws ec2 terminate-instances --region <awsRegion> --instance-ids <responseElements.instancesSet.items.instanceId>",
      RunScheduledInstances:
        "aws ec2 terminate-instances --region <awsRegion> --instance-ids <responseElements.instanceIdSet.items.instanceId|responseElements.instanceIdSet.item>",
      RequestSpotInstances: [
        "aws ec2 cancel-spot-instance-requests --region <awsRegion> --spot-instance-request-ids <responseElements.spotInstanceRequestSet.items.spotInstanceRequestId>",
        "aws ec2 describe-instances --region <awsRegion> --filters Name=instance-lifecycle,Values=spot --query 'Reservations[].Instances[].[InstanceId,SpotInstanceRequestId]' --output text",
      ],
      CreateNotebookInstance:
        "aws sagemaker stop-notebook-instance --region <awsRegion> --notebook-instance-name <requestParameters.notebookInstanceName>",
      CreateTrainingJob:
        "aws sagemaker stop-training-job --region <awsRegion> --training-job-name <requestParameters.trainingJobName>",
      CreateEndpointConfig:
        "aws sagemaker delete-endpoint-config --region <awsRegion> --endpoint-config-name <requestParameters.endpointConfigName>",
      CreateCluster:
        "aws redshift pause-cluster --region <awsRegion> --cluster-identifier <requestParameters.clusterIdentifier>",
      RunJobFlow: "aws emr terminate-clusters --region <awsRegion> --cluster-ids <responseElements.jobFlowId>",
    },
  },
  // Auto Scaling, Batch or a fleet starts what a caller requested, at the same cost.
  services: "evaluated",
  pattern: {
    source: ["aws.ec2", "aws.sagemaker", "aws.redshift", "aws.elasticmapreduce"],
    detail: {
      eventName: [
        "RunInstances",
        "RunScheduledInstances",
        "RequestSpotInstances",
        "CreateNotebookInstance",
        "CreateTrainingJob",
        "CreateEndpointConfig",
        "CreateCluster",
        "RunJobFlow",
      ],
      $or: [
        { requestParameters: { instanceType: [...costlyInstances, ...costlyMlFamilies] } },
        { requestParameters: { launchSpecification: { instanceType: costlyInstances } } },
        { responseElements: { instancesSet: { items: { instanceType: costlyInstances } } } },
        { requestParameters: { resourceConfig: { instanceType: costlyMlInstances } } },
        { requestParameters: { productionVariants: { instanceType: costlyMlInstances } } },
        { requestParameters: { nodeType: [suffix(".16xlarge"), suffix(".8xlarge")] } },
        {
          requestParameters: {
            instances: { instanceGroups: { instanceType: [...["p", "x"].map(prefix), ...largeSizes] } },
          },
        },
      ],
    },
  },
};

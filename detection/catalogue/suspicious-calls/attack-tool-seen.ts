import type { Detection } from "../../definition/detection";
import type { PatternCondition } from "../../pattern/pattern";

const prefix = (value: string): PatternCondition => ({ prefix: value });
/** Anywhere in the text. Not a fourth: EventBridge has refused rules with four such wildcards as too complex. */
const naming = (text: string): PatternCondition => ({ wildcard: `*${text}*` });

export const attackToolSeen: Detection = {
  id: "attack-tool-seen",
  title: "Attack tool user agent detected",
  severity: "high",
  tier: "alert",
  attack: { technique: "T1087", tactic: "Discovery" },
  cis: [],
  references: [
    "https://trufflesecurity.com/blog/trufflehog-in-your-logs",
    "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_finding-types-iam.html",
    "https://stratus-red-team.cloud/user-guide/usage/",
  ],
  why: "The user agent names Kali or Parrot Linux, or a tool that tests leaked keys or simulates attacks. Only your own testers should use these.",
  falsePositives: "An announced penetration test looks the same. Suppress the tester's role until the test's last day.",
  runbook: {
    check: "Was a test or a scan of your code announced? If it was TruffleHog, the key is in a repository or an image.",
    command:
      "aws cloudtrail lookup-events --region <awsRegion> --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=<accessKeyId>",
    contain: "Stop the caller, and undo what else it did.",
  },
  pattern: {
    source: [{ prefix: "aws." }],
    detail: {
      // Pacu has no name of its own: on Kali and Parrot it takes an ordinary one, elsewhere it has boto's.
      userAgent: [
        ...["TruffleHog", "kali", "parrot"].map(naming),
        // S3 puts brackets around. With Terraform, Stratus only prepares what it then attacks.
        ...["stratus-red-team_", "[stratus-red-team_", "trufflehog"].map(prefix),
      ],
    },
  },
};

import type { Detection } from "../../definition/detection";

export const sesIdentityAbused: Detection = {
  id: "ses-identity-abused",
  title: "SES account checked or sending settings changed",
  severity: "medium",
  tier: "alert",
  attack: { technique: "T1496", tactic: "Impact" },
  cis: [],
  references: [
    "https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutAccountDetails.html",
    "https://www.wiz.io/blog/wiz-discovers-cloud-email-abuse-campaign",
    "https://permiso.io/blog/s/aws-ses-pionage-detecting-ses-abuse/",
  ],
  why: "Attackers often test stolen keys on SES: is the account out of the sandbox, and what is its quota? Then they send phishing in your name until AWS blocks your mail.",
  runbook: {
    check: "Does the caller manage your mail? Check what SES can send here, and from which identities.",
    command: "aws sesv2 get-account --region <awsRegion> && aws sesv2 list-email-identities --region <awsRegion>",
    contain: "Disable email sending, and delete identities that aren't yours. Check the other regions.",
    undo: {
      PutAccountDetails: "aws sesv2 put-account-sending-attributes --region <awsRegion> --no-sending-enabled",
      PutAccountSendingAttributes: "aws sesv2 put-account-sending-attributes --region <awsRegion> --no-sending-enabled",
      UpdateAccountSendingEnabled: "aws ses update-account-sending-enabled --region <awsRegion> --no-enabled",
    },
  },
  pattern: {
    source: ["aws.ses"],
    detail: {
      eventSource: ["ses.amazonaws.com"],
      $or: [
        { eventName: ["PutAccountDetails", "PutAccountSendingAttributes", "UpdateAccountSendingEnabled"] },
        {
          // Consoles, scanners and Config ask as well, but with sessions: keys that last are the ones that leak.
          eventName: ["GetAccount", "GetAccountSendingEnabled"],
          userIdentity: { type: ["IAMUser"], accessKeyId: [{ prefix: "AKIA" }] },
        },
      ],
    },
  },
};

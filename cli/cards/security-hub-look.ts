import type { JsonObject } from "../../detection/events/json";
import { apart, type Part, small, text } from "./look";
import { objectOf, objectsIn, rowsOf, shownText, toneOf } from "./payload";

/** What Security Hub shows of a finding: https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-findings-viewing.html */
export function securityHubParts(finding: object): readonly Part[] {
  const given = finding as JsonObject;
  if (Object.keys(given).length === 0) return [];
  const { Severity, Types } = objectOf(given.FindingProviderFields);
  const label = objectOf(Severity).Label;
  const remediation = shownText(objectOf(objectOf(given.Remediation).Recommendation).Text);
  const resources = objectsIn(given.Resources).map(({ Type, Id }) => ({ name: shownText(Type), value: shownText(Id) }));
  const url = shownText(given.SourceUrl);
  return [
    {
      form: "tags",
      tags: [
        { text: shownText(label), tone: toneOf(label) },
        { text: shownText(given.RecordState), tone: "plain" },
      ],
    },
    { form: "heading", text: shownText(given.Title), tone: "plain" },
    small([given.ProductName, given.UpdatedAt, ...(Array.isArray(Types) ? Types : [])].map(shownText).join(" · ")),
    text({ text: shownText(given.Description) }),
    ...(remediation === "" ? [] : [apart({ text: "Remediation\n", bold: true }, { text: remediation })]),
    { form: "table", rows: resources },
    { form: "more", title: "Product fields", parts: [{ form: "table", rows: rowsOf(given.ProductFields) }] },
    ...(url === "" ? [] : [{ form: "buttons", links: [{ text: "Source URL", url }] } as const]),
  ];
}

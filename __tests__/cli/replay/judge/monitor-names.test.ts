import { describe, expect, test } from "@jest/globals";
import { monitorNames, namesIn } from "../../../../cli/replay/judge/monitor-names";
import { checkConfig } from "../../../../config/check";

function names(context: object) {
  return namesIn("444455556666", monitorNames(checkConfig(context, []).config));
}

describe("the monitor's names in an account", () => {
  test("are those of a deployment there", () => {
    expect(names({ namePrefix: "guard", trailName: "All" })).toMatchObject({
      bucket: "guard-logs-444455556666-us-east-1",
      trailArn: "arn:aws:cloudtrail:us-east-1:444455556666:trail/All",
      deliveriesTopicArn: "arn:aws:sns:us-east-1:444455556666:guard-deliveries",
    });
  });

  test("are those of what is there already", () => {
    const resources = {
      trail: { mode: "existing", id: "arn:aws:cloudtrail:us-east-1:444455556666:trail/management-events" },
      bucket: { mode: "existing", id: "company-logs" },
      deliveriesTopic: { mode: "existing", id: "arn:aws:sns:us-east-1:444455556666:new-files" },
    };

    expect(names({ resources })).toMatchObject({
      bucket: "company-logs",
      deliveriesTopicArn: "arn:aws:sns:us-east-1:444455556666:new-files",
      trail: "management-events",
      trailArn: "arn:aws:cloudtrail:us-east-1:444455556666:trail/management-events",
    });
  });
});

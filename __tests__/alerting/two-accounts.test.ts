// Over 250 lines: every way in which two accounts' records could alert twice, or one hide the other's alert.
import { describe, expect, test } from "@jest/globals";
import { MemoryAlertState } from "../../alerting/windows/memory-alert-state";
import { catalogue } from "../../detection/catalogue/catalogue";
import type { Detection } from "../../detection/definition/detection";
import type { CloudTrailRecord } from "../../detection/events/cloudtrail-record";
import { unauthorizedDescribe } from "../detection/events/records";
import { MortalInvocations } from "./mortal-invocations";
import { delivery, enable, LOG_FILE, logFile, picked, run } from "./run-pipeline";
import { CALLER, copies, OWNER } from "./two-accounts";

const refused = catalogue.find(({ id }) => id === "unauthorized-ec2-call") as Detection;
const like = (id: string, others: Partial<Detection> = {}): Detection => ({ ...refused, id, ...others });

type Copies = ReturnType<typeof copies>;

/** Claiming and confirming take long, so that whatever may meet at a claim does. */
class SlowAlertState extends MemoryAlertState {
  override async claim(...given: Parameters<MemoryAlertState["claim"]>) {
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
    return super.claim(...given);
  }

  override async confirm(...given: Parameters<MemoryAlertState["confirm"]>) {
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
    return super.confirm(...given);
  }
}

/** What is published of records on the event path, those in a log file, and what becomes of them, over the same table. */
async function told(
  detections: readonly Detection[],
  ...batches: readonly { readonly events?: readonly CloudTrailRecord[]; readonly file?: readonly CloudTrailRecord[] }[]
) {
  const store = new SlowAlertState();
  const told = [];
  for (const { events = [], file = [] } of batches) {
    const { published, tally, failed } = await run(
      [...events.map(picked), delivery(LOG_FILE)],
      { [LOG_FILE]: logFile(...file) },
      { store },
      enable(detections),
    );
    expect(failed).not.toContain(true);
    expect(Object.values(tally.alertsByAccount).reduce((sum, count) => sum + count, 0)).toBe(tally.matches.published);
    told.push({
      byAccount: tally.alertsByAccount,
      alerts: published.flatMap(({ json }) => (json.kind === "alert" ? [json] : [])),
      emails: published.map(({ email }) => email),
      ...tally.matches,
    });
  }
  return told;
}

describe("a call with a record in each of two accounts", () => {
  const { owners, callers } = copies("1");

  test.each([
    ["by the event path, together", [{ events: [owners, callers] }]],
    ["by the event path, the other way round", [{ events: [callers, owners] }]],
    ["in one log file", [{ file: [owners, callers] }]],
    ["the owner's in the log file, the caller's as an event", [{ events: [callers], file: [owners] }]],
    ["the caller's in the log file, the owner's as an event", [{ events: [owners], file: [callers] }]],
    ["one after the other", [{ events: [owners] }, { events: [callers] }]],
    [
      "one after the other, twice, on both paths",
      [{ file: [callers] }, { events: [owners] }, { events: [callers], file: [owners] }],
    ],
  ])("alerts once for each detection, %s", async (_, batches) => {
    for (const severity of ["critical", "medium"] as const) {
      const all = await told([like("one", { severity, group: { by: ["userIdentity.arn"] } })], ...batches);
      expect(all.flatMap(({ alerts }) => alerts)).toHaveLength(1);
    }
  });

  test.each([[[owners, callers]], [[callers, owners]]])(
    "alerts with the record that names the caller, whichever comes first in the batch",
    async (events) => {
      for (const batch of [{ events }, { file: events }]) {
        const [
          {
            alerts: [alert],
          } = { alerts: [] },
        ] = await told([refused], batch);

        expect(alert?.event.id).toBe("callers-1");
        expect(alert?.event.sharedEventId).toBe(owners.sharedEventID);
        expect(alert?.actor).toMatchObject({ kind: "role", name: "deploy/i-0123456789abcdef0", account: CALLER });
      }
    },
  );

  test("alerts at once with the record that comes first, and names both accounts", async () => {
    const [first, second] = await told([refused], { events: [owners] }, { events: [callers] });

    expect(first?.alerts[0]).toMatchObject({
      event: { id: "owners-1" },
      account: { id: OWNER },
      actor: { account: CALLER, description: expect.stringContaining(`another account: ${CALLER}`) },
    });
    expect(first?.byAccount).toEqual({ [OWNER]: 1 });
    expect(second).toMatchObject({ published: 0, duplicate: 1, byAccount: {} });
  });

  test("names the resource's account beside the caller's, and where the caller is named, in the email", async () => {
    const resources = [{ ARN: `arn:aws:kms:eu-west-1:${OWNER}:key/k`, accountId: OWNER, type: "AWS::KMS::Key" }];
    const [[byCaller], [byOwner]] = [
      await told([refused], { events: [{ ...callers, resources }] }),
      await told([refused], { events: [{ ...owners, resources }] }),
    ];

    expect(byCaller?.emails[0]).toMatch(/Account {2}444455556666\n +resource in account 111122223333\n/);
    expect(byCaller?.emails[0]).not.toContain("names the caller");
    expect(byOwner?.emails[0]).toMatch(/Account {2}111122223333\nRegion/);
    expect(byOwner?.emails[0]?.replace(/\n +/g, " ")).toContain(
      `The record in account 444455556666 names the caller: sharedEventID ${owners.sharedEventID}`,
    );
  });

  test("has one id in all its notifications, and the record's own id to look it up", async () => {
    const [[a], [b]] = [await told([refused], { events: [owners] }), await told([refused], { events: [callers] })];

    expect(a?.alerts[0]?.id).toBe(b?.alerts[0]?.id);
    expect(a?.alerts[0]?.links).toMatchObject({ event: expect.stringContaining("owners-1") });
    expect(b?.emails[0]).toContain("callers-1");
  });

  test("counts once", async () => {
    const counting = like("counting", { count: { threshold: 3, minutes: 15, by: ["eventName"] } });
    const both = ["1", "2", "3"].map((id) => copies(id));
    const two = both.slice(0, 2).flatMap((each) => [each.owners, each.callers]);

    for (const batches of [[{ events: two }], [{ file: two }], two.map((record) => ({ events: [record] }))]) {
      const before = await told([counting], ...batches);
      expect(before.flatMap(({ alerts }) => alerts)).toEqual([]);
    }
    const all = both.flatMap((each) => [each.callers, each.owners]);
    for (const batches of [[{ events: all }], [{ file: all }], all.map((record) => ({ events: [record] }))]) {
      const after = await told([counting], ...batches);
      expect(after.flatMap(({ alerts }) => alerts)).toHaveLength(1);
    }
  });

  test("alerts once where its count is filled through both accounts' records at the same time", async () => {
    const counting = like("counting", { count: { threshold: 3, minutes: 15 } });
    const [one, two, three] = ["1", "2", "3"].map((id) => copies(id)) as [Copies, Copies, Copies];
    const all = await told(
      [counting],
      { events: [one.owners, two.owners] },
      { events: [one.callers, three.owners, two.callers] },
    );

    expect(all.flatMap(({ alerts }) => alerts)).toHaveLength(1);
  });

  test("counts in the account of the record that leads, whatever else the other record matches", async () => {
    const others = ["e1", "e2"].map((eventID) => unauthorizedDescribe({ eventID, eventTime: "2026-11-20T02:05:00Z" }));
    const critical = { severity: "critical" as const, group: { by: ["awsRegion"], minutes: 60 } };
    const counted = { severity: "critical" as const, count: { threshold: 3, minutes: 60, by: ["awsRegion"] } };
    const [first] = await told([like("a-grouped", critical), like("b-counted", counted)], {
      file: [...others, owners, callers],
    });

    expect(first?.alerts.map(({ detection }) => detection.id)).not.toContain("b-counted");
    // Two of one account and one of the other: none of the counts is full.
    expect(first).toMatchObject({ counted: 3, duplicate: 2 });
  });

  test("is left to the invocation that is at it, and alerts through the other record if that one dies", async () => {
    const invocations = new MortalInvocations([refused]);
    await invocations.invoke([picked(owners)], [], { step: 3, after: true });

    const busy = await invocations.invoke([picked(callers)]);
    expect(busy?.failed).toEqual([true]);
    invocations.now += 121_000;
    expect((await invocations.invoke([picked(callers)]))?.failed).toEqual([false]);
    expect((await invocations.invoke([picked(owners)]))?.failed).toEqual([false]);
    expect(invocations.sent).toHaveLength(1);
  });

  test("does not keep what else is in its record's window from alerting", async () => {
    const other = { ...owners, sharedEventID: undefined, eventID: "other", eventTime: "2026-11-20T02:13:00Z" };
    const [, second] = await told([refused], { events: [callers] }, { events: [owners, other] });

    expect(second?.alerts.map(({ event }) => event.id)).toEqual(["other"]);
    expect(second).toMatchObject({ published: 1, duplicate: 1, grouped: 0 });
  });

  test("does not keep what else is in its record's window from alerting before what is less severe", async () => {
    const other = { ...owners, sharedEventID: undefined, eventID: "other", eventTime: "2026-11-20T02:13:00Z" };
    const less = unauthorizedDescribe({ eventName: "RunInstances", eventID: "less" });
    const named = (eventName: string) => ({ pattern: { detail: { eventName: [eventName] } } });
    const detections = [
      like("high", { severity: "high", ...named("DescribeInstances") }),
      like("medium", named("RunInstances")),
    ];
    const [, second] = await told(detections, { events: [callers] }, { events: [less, owners, other] });

    expect(second?.alerts.map(({ event }) => event.id)).toEqual(["other", "less"]);
  });

  test("alerts of its own where an odd record has its sharedEventID", async () => {
    const odd = { ...callers, eventName: "TerminateInstances", sharedEventID: owners.sharedEventID };
    const all = await told(
      [like("any", { pattern: { detail: { eventSource: ["ec2.amazonaws.com"] } } })],
      { events: [odd] },
      { events: [owners] },
    );

    expect(all.flatMap(({ alerts }) => alerts)).toHaveLength(2);
  });
});

describe("records of two accounts", () => {
  const inAccount = (account: string, others: object = {}) =>
    unauthorizedDescribe({ recipientAccountId: account, ...others });

  test.each([
    ["with one eventID", {}],
    ["of users with one name and no ARN", { userIdentity: { type: "IAMUser", userName: "ann" } }],
    ["of an AWS service", { userIdentity: { type: "AWSService", invokedBy: "config.amazonaws.com" } }],
    [
      "of anonymous callers",
      { userIdentity: { type: "AWSAccount", principalId: "", accountId: "ANONYMOUS_PRINCIPAL" } },
    ],
    ["of no caller that they name", { userIdentity: undefined }],
    [
      "of one role in both",
      {
        userIdentity: {
          type: "AssumedRole",
          principalId: "AROAX:s",
          arn: "arn:aws:sts::777788889999:assumed-role/x/s",
        },
      },
    ],
  ])("alert each, %s", async (_, others) => {
    for (const shape of [
      {},
      { severity: "critical" as const },
      { group: { by: ["eventName"] } },
      { group: { by: ["sourceIPAddress"] } },
    ]) {
      const file = [inAccount(OWNER, others), inAccount(CALLER, others)];
      for (const batches of [[{ file }], [{ events: file }], file.map((record) => ({ events: [record] }))]) {
        const all = await told([like("one", shape)], ...batches);
        expect(all.flatMap(({ alerts }) => alerts.map(({ account }) => account.id)).sort()).toEqual([OWNER, CALLER]);
      }
    }
  });

  test.each([[["sourceIPAddress"]], [["eventName", "awsRegion"]], [["userIdentity.accessKeyId"]], [undefined]])(
    "count apart, by %j",
    async (by) => {
      for (const severity of ["critical", "medium"] as const) {
        const counting = like("counting", { severity, count: { threshold: 3, minutes: 15, ...(by && { by }) } });
        const two = [OWNER, CALLER].flatMap((account) =>
          ["e1", "e2"].map((eventID) => inAccount(account, { eventID })),
        );
        expect((await told([counting], { file: two }))[0]?.alerts).toEqual([]);

        const three = [...two, inAccount(CALLER, { eventID: "e3" })];
        const [{ alerts } = { alerts: [] }] = await told([counting], { file: three });
        expect(alerts.map(({ account }) => account.id)).toEqual([CALLER]);
      }
    },
  );
});

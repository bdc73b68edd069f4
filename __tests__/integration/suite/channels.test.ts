// Over 250 lines: one system is started for all of it, whose calls and log the last two checks judge.
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { PublishCommand } from "@aws-sdk/client-sns";
import { afterAll, beforeAll, describe, test } from "@jest/globals";
import { unzipSync } from "fflate";
import { alarm } from "../../alerting/delivery/notifications";
import { problemsOf } from "../../channels/vendors/body-schema";
import { FINDING } from "../../channels/vendors/security-hub";
import { SLACK_TOKEN } from "../../channels/vendors/slack";
import { DELETION, ROOT, user } from "../../simulation/templates";
import { pythonWithMoto } from "../moto/environment";
import { readChannelsStack } from "../stack";
import { vendorFaults } from "../vendors/vendor-faults";
import { forbidden, unused } from "./allowed-calls";
import { refusedByS3, telling } from "./calls";
import { SECRET_VALUES } from "./channel-vendors";
import { ChannelsWorld } from "./channels-world";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const stopsTrail = telling("trail-stopped");
const buysGpus = telling("costly-resource-created");
/** Each an alert of its own, of one incident where one caller makes them. */
const CALLS = [stopsTrail, buysGpus, telling("console-login-without-mfa"), DELETION, refusedByS3];
const REVOKED = "xoxb-1234567890-revoked-token";

/** The deployed whole: log file, alert function, topic, channel queue, notifier, vendors. */
describe("channels", () => {
  const stack = readChannelsStack();
  let it: ChannelsWorld;
  beforeAll(async () => {
    it = await ChannelsWorld.start(stack, pythonWithMoto());
  });
  afterAll(() => it?.stop());

  function check(name: string, run: () => Promise<void>): void {
    test(name, async () => {
      await it.newDay();
      await run();
      deepEqual(it.servers.violations, []);
      deepEqual(it.world.breakdowns, []);
    }, 300_000);
  }

  /** An incident of five alerts, a minute apart. */
  const incidentOf = (name: string) =>
    CALLS.map((call, index) => it.world.record(call, user(name), index + 1) as { readonly eventID: string });
  const times = (messages: readonly unknown[], eventId: string) =>
    messages.filter((message) => JSON.stringify(message).includes(eventId)).length;

  check("an incident reaches every channel: its first alert, then the others in their order", async () => {
    const records = incidentOf("mallory");
    const before = await it.findingIds();

    await it.deliver(...records);

    const { slack, teams, pagerduty, jira, webhook, escalation } = it.vendors;
    const [parent, ...replies] = slack.messages;
    equal(replies.length, 4);
    ok(replies.every(({ threadTs }) => threadTs === parent?.ts));
    const numbers = [parent, ...replies].map(
      (message) => /, (first alert|alert \d)/.exec(JSON.stringify(message))?.[1],
    );
    deepEqual(numbers, ["first alert", "alert 2", "alert 3", "alert 4", "alert 5"]);
    for (const { eventID } of records) {
      equal(times(slack.messages, eventID), 1);
      equal(times(teams.cards, eventID), 1);
      equal(times(webhook.received, `"event":{"id":"${eventID}"`), 1);
    }
    deepEqual(
      pagerduty.alerts.map(({ severity, log }) => [severity, log.length]),
      [["critical", 5]],
    );
    deepEqual(
      jira.alerts.map(({ priority, count, notes }) => [priority, count - 1, notes.length]),
      [["P1", 4, 5]],
    );
    equal((await it.chat()).length, 5);
    equal((await it.findingIds()).length - before.length, 1);
    deepEqual(escalation.ids, []);
  });

  check("EventBridge's short alert and an alarm on the monitor reach the channels that take all", async () => {
    await it.world.happen(it.world.record(telling("root-get-caller-identity"), ROOT));
    await it.poll();

    // The alert function has not run yet.
    equal(it.vendors.slack.messages.length, 1);
    match(JSON.stringify(it.vendors.slack.messages), /GetCallerIdentity/);
    await it.world.poll();
    await it.poll();
    match(JSON.stringify(it.vendors.webhook.received), /"followsUrgent":true/);

    const { clients, estate } = it.world;
    await clients.sns.send(new PublishCommand({ TopicArn: estate.urgentTopicArn, Message: JSON.stringify(alarm) }));
    await it.poll();
    match(JSON.stringify(it.vendors.slack.messages.at(-1)), new RegExp(alarm.AlarmName));
    match(JSON.stringify(it.vendors.teams.cards.at(-1)), new RegExp(alarm.AlarmName));
    deepEqual(await it.deadLetters(), []);
  });

  check("two processes that get the same messages at the same time send each once", async () => {
    const [record] = incidentOf("twin");
    await it.alert(record);
    await it.pollTwice();

    equal(it.vendors.slack.messages.length, 1);
    equal(it.vendors.teams.cards.length, 1);
    deepEqual(
      it.vendors.pagerduty.alerts.map(({ log }) => log.length),
      [1],
    );
  });

  check(
    "amid 429, 503, slow answers, cut connections, killed processes and redelivery nothing is lost, and repeated only what could not be learned",
    async () => {
      const names = Array.from({ length: 6 }, (_, number) => `chaos${number}`);
      const incidents = names.map((name) => incidentOf(name));
      const before = new Set(await it.findingIds());
      const again = new Set<string>();
      for (const records of incidents) await it.alert(...records);
      it.servers.begin(vendorFaults(20260101));

      // Every third message comes again once, although it was handled.
      let handled = 0;
      await it.poll((body) => !again.has(body) && handled++ % 3 === 0 && again.add(body).size > 0);

      const { slack, teams, pagerduty, jira, webhook } = it.vendors;
      const chat = await it.chat();
      const repeated = { slack: 0, teams: 0, chat: 0 };
      for (const { eventID } of incidents.flat()) {
        const found = {
          slack: times(slack.messages, eventID),
          teams: times(teams.cards, eventID),
          chat: times(chat, eventID),
        };
        for (const [channel, count] of Object.entries(found)) {
          ok(count > 0, `${eventID} is lost in ${channel}`);
          repeated[channel as keyof typeof repeated] += count - 1;
        }
        // The receiver takes an id once.
        equal(times(webhook.received, `"event":{"id":"${eventID}"`), 1);
      }
      ok(again.size > 5);
      ok(repeated.slack <= it.servers.mayRepeat("slack", "chat.postMessage"), `Slack: ${repeated.slack}`);
      ok(repeated.teams <= it.servers.mayRepeat("teams"), `Teams: ${repeated.teams}`);
      ok(repeated.chat <= it.servers.mayRepeat("chat"), `Amazon Q: ${repeated.chat}`);
      const logged = pagerduty.alerts.flatMap(({ log }) => log);
      const notes = jira.alerts.flatMap(({ message, notes }) => [message, ...notes]);
      for (const name of names) {
        for (const call of CALLS) {
          const of = (text: string) => text.includes(`${call.fields.eventName}`) && text.includes(` by ${name} `);
          ok(logged.some(of), `${call.fields.eventName} by ${name} is lost in PagerDuty`);
          ok(notes.some(of), `${call.fields.eventName} by ${name} is lost in Jira Service Management`);
        }
      }
      ok(logged.length - 30 <= it.servers.mayRepeat("pagerduty"), `PagerDuty: ${logged.length - 30}`);
      equal(new Set(pagerduty.alerts.map(({ key }) => key)).size, pagerduty.alerts.length);
      equal(jira.alerts.length, names.length);
      equal((await it.findingIds()).filter((id) => !before.has(id)).length, names.length);
      // Each thread hangs on a message of its own incident.
      for (const { threadTs, blocks } of slack.messages) {
        if (threadTs === undefined) continue;
        const parent = slack.messages.find(({ ts }) => ts === threadTs);
        const caller = / by (chaos\d) /.exec(JSON.stringify(blocks))?.[1];
        ok(parent?.threadTs === undefined && parent?.text.includes(` by ${caller} `), `${threadTs}: ${caller}`);
      }
      deepEqual(await it.deadLetters(), []);
    },
  );

  check(
    "a revoked token costs its channel alone; the dead letter, moved back after a rotation, is sent once",
    async () => {
      await it.replaceSecret("trailwarden/slack", REVOKED);
      await it.world.clock.advance(6 * MINUTE_MS);
      await it.world.told();
      const [record] = incidentOf("ann");
      const before = it.log.length;

      await it.deliver(record);

      const [letter, ...others] = await it.deadLetters();
      deepEqual(others, []);
      match(letter?.reason ?? "", /Slack.*invalid_auth/);
      ok(it.log.slice(before).some((line) => line.startsWith('{"level":"WARN"') && line.includes("invalid_auth")));
      equal((await it.world.told()).length, 1);
      const reached = () => [
        it.vendors.slack.messages.length,
        it.vendors.teams.cards.length,
        it.vendors.webhook.ids.length,
      ];
      deepEqual(reached(), [0, 1, 1]);

      await it.replaceSecret("trailwarden/slack", SLACK_TOKEN);
      await it.world.clock.advance(MINUTE_MS);
      await it.moveBack(letter?.body ?? "");
      await it.moveBack(letter?.body ?? "");

      deepEqual(reached(), [1, 1, 1]);
      deepEqual(await it.deadLetters(), []);
    },
  );

  check("an alert that a Slack reaction acknowledges does not escalate, and PagerDuty shows it", async () => {
    await it.deliver(it.world.record(stopsTrail, user("bob")));
    const { slack, pagerduty, jira, escalation } = it.vendors;
    const { ts } = slack.messages[0] ?? { ts: "" };
    slack.users.set("U1", { id: "U1", name: "ann", profile: { display_name: "Ann" } });
    slack.reactions.set(ts, new Map([["eyes", ["U1"]]]));

    await it.world.clock.advance(5 * MINUTE_MS);
    await it.pollChannels();
    await it.pollChannels();
    await it.world.clock.advance(30 * MINUTE_MS);
    await it.pollChannels();

    deepEqual(escalation.ids, []);
    deepEqual(
      pagerduty.alerts.map(({ status }) => status),
      ["acknowledged"],
    );
    deepEqual(
      jira.alerts.map(({ acknowledged }) => acknowledged),
      [true],
    );
    deepEqual((await unacknowledgedIn()).length, 0);
  });

  check("one that stays unacknowledged escalates once, and the digest lists it", async () => {
    await it.deliver(it.world.record(stopsTrail, user("eve")));
    const { escalation } = it.vendors;

    await it.world.clock.advance(14 * MINUTE_MS);
    await it.pollChannels();
    deepEqual(escalation.ids, []);
    await it.world.clock.advance(2 * MINUTE_MS);
    await it.pollChannels();
    await it.pollChannels();

    equal(escalation.ids.length, 1);
    match(JSON.stringify(escalation.received), /StopLogging/);
    const [listed, ...others] = await unacknowledgedIn();
    deepEqual(others, []);
    match(listed?.actor ?? "", /eve/);
  });

  async function unacknowledgedIn(): Promise<readonly { readonly actor: string }[]> {
    await it.world.told();
    await it.world.clock.advance(21 * HOUR_MS);
    await it.world.schedule("send-digest");
    await it.world.poll();
    await it.poll();
    const digests = (await it.world.told()).filter(({ kind }) => kind === "digest");
    return digests.flatMap(({ unacknowledged }) => unacknowledged as readonly { readonly actor: string }[]);
  }

  check("a person acknowledges by a direct invocation, as a custom action of Amazon Q Developer does", async () => {
    await it.deliver(it.world.record(stopsTrail, user("dan")));
    const [{ key } = { key: "" }] = it.vendors.pagerduty.alerts;

    deepEqual(
      [await it.acknowledge(key, "Bo"), await it.acknowledge("unknown", "Bo")].map(({ result, by }) => [result, by]),
      [
        ["acknowledged", "Bo"],
        ["unknown", undefined],
      ],
    );
    deepEqual(
      it.vendors.pagerduty.alerts.map(({ status }) => status),
      ["acknowledged"],
    );
  });

  test("every finding is one that Security Hub takes", () => {
    const bodies = it.calls.filter(({ operation }) => operation === "BatchImportFindings").map(({ body }) => body);
    const findings = bodies.flatMap((body) => (JSON.parse(body) as { readonly Findings: readonly object[] }).Findings);

    ok(findings.length > 30);
    deepEqual(
      findings.flatMap((finding) => problemsOf(finding, FINDING, "finding")),
      [],
    );
  });

  test("the notifier has called what its role allows, and the role allows nothing else", () => {
    deepEqual(forbidden(it.calls, it.notifier.policy), []);
    deepEqual(unused(it.calls, it.notifier.policy), []);
  });

  test("no secret is in a message, a log line, an item, an environment, a zip or the Terraform JSON", async () => {
    const everywhere: Readonly<Record<string, string>> = {
      messages: [...it.bodies].join("\n"),
      log: it.log.join("\n"),
      alertLog: it.alertLog.join("\n"),
      table: await it.table(),
      environment: JSON.stringify([it.notifier.deployed.environment, it.world.estate.environment]),
      zip: Object.values(unzipSync(readFileSync(it.notifier.deployed.zipPath)))
        .map((bytes) => Buffer.from(bytes).toString("utf8"))
        .join("\n"),
      terraform: readFileSync(stack.jsonPath, "utf8"),
    };

    for (const [place, text] of Object.entries(everywhere)) {
      ok(text.length > 500, `${place} is empty`);
      for (const value of [...SECRET_VALUES, REVOKED]) equal(text.includes(value), false, `${value} is in ${place}`);
    }
    // Names are all that is written of them.
    match(everywhere.terraform ?? "", /trailwarden\/slack/);
    match(everywhere.log ?? "", /invalid_auth/);
  });
});

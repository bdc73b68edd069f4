import { deepEqual, equal, match, ok } from "node:assert/strict";
import { describe } from "@jest/globals";
import { ROOT, user } from "../../simulation/templates";
import { refusedByEc2, telling } from "./calls";
import { worldChecks } from "./world-checks";

const rootAsks = telling("root-get-caller-identity");
const stopsTrail = telling("trail-stopped");
const buysGpus = telling("costly-resource-created");

/** What is told, whichever path an event takes. */
describe("both paths", () => {
  const check = worldChecks();

  check(
    "a log file's alerts reach each subscriber from their severity up, with attributes to filter on",
    async (world) => {
      await world.deliver(world.record(refusedByEc2, user("mallory")), world.record(stopsTrail, user("mallory")));
      await world.poll();

      const letters = await world.letters();
      const of = (protocol: string) =>
        letters.filter((letter) => letter.protocol === protocol).map(({ attributes }) => attributes.detection);
      deepEqual(of("email").sort(), ["trail-stopped", "unauthorized-ec2-call"]);
      deepEqual(of("sms"), ["trail-stopped"]);
      const { attributes } = letters.find(({ protocol }) => protocol === "sms") ?? {};
      deepEqual(attributes, {
        kind: "alert",
        severity: "critical",
        detection: "trail-stopped",
        account: "111122223333",
        region: "us-east-1",
        // SNS reads it of an SMS, and hands it on like any other.
        "AWS.SNS.SMS.SMSType": "Transactional",
      });
    },
  );

  check("an event that a rule picks is told through the events queue", async (world) => {
    const record = world.record(buysGpus, user("miner"));

    equal(await world.happen(record), 1);
    await world.poll();

    const told = await world.told();
    deepEqual(
      told.map(({ detection, eventID }) => [detection, eventID]),
      [["costly-resource-created", record.eventID]],
    );
  });

  check("the same event on both paths is told once", async (world) => {
    const record = world.record(buysGpus, user("miner"));

    await world.happen(record);
    await world.poll();
    await world.deliver(record);
    await world.poll();

    equal((await world.told()).length, 1);
  });

  check("the same event on both paths at the same time is told once", async (world) => {
    const records = Array.from({ length: 10 }, (_, number) => world.record(buysGpus, user(`miner${number}`)));

    for (const record of records) await world.happen(record);
    await world.deliver(...records);
    await Promise.all([world.poll(1), world.poll(3)]);

    const told = await world.told();
    deepEqual(told.map(({ eventID }) => eventID).sort(), records.map(({ eventID }) => eventID).sort());
  });

  check("what is delivered again is told once", async (world) => {
    const record = world.record(buysGpus, user("miner"));
    const key = await world.logFile([record, record]);

    for (let time = 0; time < 3; time++) {
      await world.happen(record);
      await world.announce(key, key);
      await world.poll();
    }

    equal((await world.told()).length, 1);
  });

  check("two processes that get the same message at the same time tell once", async (world) => {
    const key = await world.logFile([world.record(buysGpus, user("miner"))]);
    const body = JSON.stringify({ s3Bucket: world.estate.bucket, s3ObjectKey: [key] });
    const message = { id: "twice", body, receives: 1 };

    const invocations = await Promise.all(
      world.workers.map((worker) => worker.invoke(world.estate.deliveries.queueArn, [message])),
    );

    ok(invocations.every(({ kind }) => kind === "answered"));
    equal((await world.told()).length, 1);
  });

  check(
    "what EventBridge sends to the urgent topic the function follows once with the full alert, on whichever path",
    async (world) => {
      const record = world.record(rootAsks, ROOT);

      // Two rules' messages in the events queue, and one to the topic.
      equal(await world.happen(record), 3);
      await world.poll();
      await world.deliver(record);
      await world.poll();

      const letters = await world.letters();
      const urgent = letters.filter(({ topic }) => topic === "urgent");
      equal(urgent.length, 2);
      for (const { text } of urgent) match(text, /CRITICAL GetCallerIdentity in account 111122223333 us-east-1/);
      const alerts = letters.filter(({ topic, protocol }) => topic === "alerts" && protocol === "email");
      deepEqual(
        alerts.map(({ attributes, message }) => [attributes.detection, message.followsUrgent]),
        [["root-get-caller-identity", true]],
      );
    },
  );

  check("what EventBridge should have told and missed is told from its log file", async (world) => {
    await world.deliver(world.record(rootAsks, ROOT));
    await world.poll();

    const told = await world.told();
    deepEqual(
      told.map(({ detection, alsoMatched }) => [
        detection,
        (alsoMatched as readonly { readonly id: string }[]).map(({ id }) => id),
      ]),
      [["root-get-caller-identity", ["root-credentials-used"]]],
    );
  });
});

// Over 250 lines: checks of one system, which takes long to start.
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, test } from "@jest/globals";
import { DEMO_ACCOUNT } from "../../../cli/demo/synthesized-stack";
import { type JsonObject, objectAt } from "../../../detection/events/json";
import { verdict } from "../../constructs/organization/evaluate-policy";
import { recordOf } from "../../simulation/record";
import { type Actor, type Template, user } from "../../simulation/templates";
import { pythonWithMoto } from "../moto/environment";
import { WATCHED_REGIONS } from "../stack";
import { refusedByEc2, telling } from "./calls";
import { OrganizationWorld, type Place } from "./organization-world";

const MEMBERS = ["payments-prod", "sandbox"];
const MINUTE_MS = 60_000;

const buysGpus = telling("costly-resource-created");
const signsIn = telling("console-login-without-mfa");
/** Forwarders go by names, the home rules by more. */
const buysSmall: Template = {
  fields: { ...buysGpus.fields, requestParameters: { instanceType: "t3.micro" } },
  detections: [],
};

type CloudTrailRecord = Readonly<Record<string, unknown>>;
type Told = Readonly<Record<string, unknown>>;

/** What CloudTrail records, and what must be told of it. */
interface Call extends Place {
  readonly record: CloudTrailRecord;
  readonly id: string;
  readonly detection: string | undefined;
}

let it: OrganizationWorld;
let made = 0;
/** Missed events of the deployment's first minutes, and what was told then. */
let first: { readonly missed: readonly string[]; readonly told: readonly Told[]; readonly calls: readonly Call[] };
const totals = { calls: 0, records: 0, alerts: 0, lost: 0, doubled: 0, forwarded: 0 };

/** The same person in another account. */
function of(account: string, actor: Actor): Actor {
  return JSON.parse(JSON.stringify(actor).replaceAll(DEMO_ACCOUNT, account)) as Actor;
}

function call({ account, region }: Place, template: Template, time = it.world.time(1), others: object = {}): Call {
  const id = randomUUID();
  const actor = of(account, user(`person${made++}`));
  const record = recordOf(template, actor, { time, region, eventID: id, mark: `organization/${made}` });
  const [detection] = template.detections;
  return { account, region, id, detection, record: { ...record, recipientAccountId: account, ...others } };
}

/** Every account and region. */
function places(): readonly Place[] {
  return [...it.accounts.values()].flatMap(({ id: account }) => WATCHED_REGIONS.map((region) => ({ account, region })));
}

/** One that changes something and one that reads, of every account and region, and a sign-in of every account. */
function calls(): readonly Call[] {
  return places().flatMap((place) =>
    [buysGpus, refusedByEc2, ...(place.region === WATCHED_REGIONS[0] ? [signsIn] : [])].map((each) =>
      call(place, each),
    ),
  );
}

/** A log file for each account and region. */
function files(all: readonly Call[]): ReadonlyMap<Place, readonly CloudTrailRecord[]> {
  const byPlace = new Map<string, Call[]>();
  for (const each of all) {
    const key = `${each.account} ${each.region}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), each]);
  }
  return new Map([...byPlace.values()].map((some) => [some[0] as Place, some.map(({ record }) => record)]));
}

async function happen(all: readonly Call[]): Promise<number> {
  let forwarded = 0;
  for (const { record } of all) forwarded += (await it.happen(record)).forwarded;
  totals.forwarded += forwarded;
  return forwarded;
}

/** Ids of the events that the function says the event path has missed, and how many it counts. */
function missedIn(log: readonly string[]): readonly string[] {
  const lines = log.map((line) => JSON.parse(line) as JsonObject);
  const missed = lines.filter(({ message }) => message === "event path missed an event");
  const counted = lines
    .map((line) => objectAt(line, "reach"))
    .reduce((sum, { missed = 0, missedReadOnly = 0 }) => sum + Number(missed) + Number(missedReadOnly), 0);
  equal(counted, missed.length);
  return missed.map(({ eventID, account, region }) => `${eventID} ${account} ${region}`).sort();
}

function ids(all: readonly Call[]): readonly string[] {
  return all.map(({ id, account, region }) => `${id} ${account} ${region}`).sort();
}

/** Every call has one alert, which names its account and region; there is nothing else. */
async function alertedOnce(expected: readonly Call[]): Promise<void> {
  const told = await it.world.told();
  const alerts = told.filter(({ kind }) => kind === "alert");
  const { id: organization, root } = it.organization;
  const names = new Map([...it.accounts].map(([name, { id }]) => [id, name]));
  const of = (id: string) => alerts.filter(({ eventID }) => eventID === id);
  totals.calls += expected.length;
  totals.records += expected.length;
  totals.alerts += alerts.length;
  totals.lost += expected.filter(({ id }) => of(id).length === 0).length;
  totals.doubled += expected.reduce((sum, { id }) => sum + Math.max(0, of(id).length - 1), 0);
  deepEqual(
    alerts.map(({ eventID, detection, account, region }) => ({ eventID, detection, account, region })).sort(byEvent),
    expected
      .map(({ id, detection, account, region }) => ({
        eventID: id,
        detection,
        account: { id: account, name: names.get(account), organization, organizationalUnits: [root] },
        region,
      }))
      .sort(byEvent),
  );
  deepEqual(
    told.filter(({ kind }) => kind !== "alert"),
    [],
  );
}

function byEvent(a: { readonly eventID?: unknown }, b: { readonly eventID?: unknown }): number {
  return String(a.eventID) < String(b.eventID) ? -1 : 1;
}

/** It begins at 10:00 of a day on which nothing has happened, long after everything was deployed. */
function check(name: string, run: () => Promise<void>): void {
  test(name, async () => {
    await it.world.newDay();
    const before = await it.undelivered();
    await run();
    deepEqual(it.world.breakdowns, []);
    if (!name.includes("dead letters")) deepEqual(await it.undelivered(), before);
  });
}

describe("an organization of three accounts in three regions", () => {
  beforeAll(async () => {
    it = await OrganizationWorld.start(pythonWithMoto(), MEMBERS);
    const [place] = places().slice(-1) as [Place];
    const start = it.world.clock.now();
    const early = [MINUTE_MS, 15 * MINUTE_MS - 1_000, 15 * MINUTE_MS].map((after) =>
      call(place, buysGpus, start + after),
    );
    const log: string[] = [];
    for (const each of early) {
      await it.deliver(files([each]));
      log.push(...(await it.poll()).log);
    }
    first = { missed: missedIn(log), told: await it.world.told(), calls: early };
  });

  afterAll(async () => {
    const { calls, records, alerts, lost, doubled, forwarded } = totals;
    process.stdout.write(
      `organization: ${it.accounts.size} accounts × ${WATCHED_REGIONS.length} regions, ${calls} calls in ${records} records, ${forwarded} forwarded, ${alerts} alerts, lost ${lost}, doubled ${doubled}, third-bus hops ${it.thirdBusHops}\n`,
    );
    await it.stop();
  });

  check("the first quarter of an hour counts as no missed event, what comes later does", async () => {
    deepEqual(first.missed, ids(first.calls.slice(2)));
  });

  check("an account has its id until AWS Organizations has been asked, which is once a day", async () => {
    deepEqual(
      first.told.map(({ account }) => account),
      first.calls.map(({ account }) => ({ id: account })),
    );
  });

  check("the members' template makes no rule in the central account, which has its own", async () => {
    equal(it.rulesOfOwnTemplate, 0);
  });

  check("each event on the event path alone alerts once", async () => {
    const all = calls();

    const forwarded = await happen(all);
    const { log } = await it.poll();

    await alertedOnce(all);
    // All but the central account's own in the home region.
    ok(
      forwarded >=
        all.filter(({ account, region }) => account !== DEMO_ACCOUNT || region !== WATCHED_REGIONS[0]).length,
    );
    deepEqual(missedIn(log), []);
  });

  check("each event on the log path alone alerts once, by CloudTrail's notice, and counts as missed", async () => {
    const all = calls();

    await it.deliver(files(all));
    const { log } = await it.poll();

    await alertedOnce(all);
    deepEqual(missedIn(log), ids(all));
  });

  check("the same by S3's notice", async () => {
    const all = calls();

    await it.deliverByS3(files(all));
    const { log } = await it.poll();

    await alertedOnce(all);
    deepEqual(missedIn(log), ids(all));
  });

  check("each event on both paths alerts once, and none counts as missed", async () => {
    const all = calls();

    await happen(all);
    const { log } = await it.poll();
    await it.deliver(files(all));
    const later = await it.poll();

    await alertedOnce(all);
    deepEqual(missedIn([...log, ...later.log]), []);
  });

  check("each event on both paths twice, at the same time, alerts once", async () => {
    const all = calls();

    await happen(all);
    await it.deliver(files(all));
    await happen(all);
    await it.deliverByS3(files(all));
    await Promise.all([it.poll(1), it.poll(3)]);

    await alertedOnce(all);
  });

  check("of events on either path, those on the log path alone count as missed", async () => {
    const all = calls();
    const dropped = all.filter((_, index) => index % 3 === 0);

    await happen(all.filter((each) => !dropped.includes(each)));
    const { log } = await it.poll();
    await it.deliver(files(all));
    const later = await it.poll();

    await alertedOnce(all);
    deepEqual(missedIn([...log, ...later.log]), ids(dropped));
  });

  check("one of a region that isn't watched, and one that comes an hour late, count as no missed event", async () => {
    const [place] = places().slice(-1) as [Place];
    const all = [
      call({ ...place, region: "sa-east-1" }, buysGpus),
      call(place, buysGpus, it.world.clock.now() - 61 * MINUTE_MS),
    ];

    equal(await happen(all.slice(0, 1)), 0);
    await it.deliver(files(all));
    const { log } = await it.poll();

    await alertedOnce(all);
    deepEqual(missedIn(log), []);
  });

  check("one call in two accounts alerts once, on whichever paths", async () => {
    const accounts = [...it.accounts.values()].map(({ id }) => id);
    const pairs = accounts.flatMap((caller) =>
      accounts
        .filter((owner) => owner !== caller)
        .map((owner, index) =>
          inTwoAccounts(caller, owner, WATCHED_REGIONS[(index + accounts.indexOf(caller)) % 3] ?? ""),
        ),
    );

    await happen(pairs.flat());
    await it.deliver(files(pairs.flat()));
    await happen(pairs.flat());
    await Promise.all([it.poll(1), it.poll(3)]);

    const told = await it.world.told();
    const perCall = pairs.map((both) => told.filter(({ eventID }) => both.some(({ id }) => id === eventID)));
    totals.calls += pairs.length;
    totals.records += pairs.flat().length;
    totals.alerts += told.length;
    totals.lost += perCall.filter(({ length }) => length === 0).length;
    totals.doubled += perCall.filter(({ length }) => length > 1).length;
    deepEqual(
      perCall.map(({ length }) => length),
      pairs.map(() => 1),
    );
    equal(told.length, pairs.length);
  });

  check("of one call's two records that come together, the one that names the caller leads", async () => {
    const [caller = "", owner = ""] = [...it.organization.members.values()].map(({ id }) => id);
    const [callers, owners] = inTwoAccounts(caller, owner, "eu-west-1") as [Call, Call];

    await happen([owners, callers]);
    await it.poll(1);

    await alertedOnce([callers]);
  });

  check("an event that a forwarder lets through and no home rule matches alerts nobody", async () => {
    const all = places().map((place) => call(place, buysSmall));

    let forwarded = 0;
    for (const { record } of all) {
      const course = await it.happen(record);
      forwarded += course.forwarded;
      deepEqual(course.deliveries, []);
    }
    await it.deliver(files(all));
    const { log } = await it.poll();

    equal(forwarded, all.length - 1);
    await alertedOnce([]);
    deepEqual(missedIn(log), []);
  });

  check("an account outside the organization gets nothing in: its events end in its own dead letters", async () => {
    const stranger = call({ account: it.stranger.id, region: "eu-west-1" }, buysGpus);

    const { forwarded, deadLetters } = await it.happen(stranger.record);
    await it.poll();

    await alertedOnce([]);
    equal(forwarded, 0);
    for (const { reason } of deadLetters) match(reason, /may not put events$/);
    deepEqual(await it.undelivered(), {
      [`arn:aws:sqs:eu-west-1:${it.stranger.id}:trailwarden-forward-dlq`]: deadLetters.length,
    });
    ok(deadLetters.length > 0);
  });

  check("an account that sends no log files for a week stands in the digest, the others don't", async () => {
    const sandbox = it.organization.members.get("sandbox")?.id;
    const others = places().filter(({ account }) => account !== sandbox);

    await it.world.clock.advance(7 * 24 * 60 * MINUTE_MS);
    await it.deliver(files(others.map((place) => call(place, buysSmall))));
    await it.poll();
    await it.world.clock.advance(21 * 60 * MINUTE_MS);
    await it.world.schedule("send-digest");
    await it.poll();

    const [digest, ...more] = await it.world.told();
    deepEqual(more, []);
    const silent = (digest?.silentAccounts ?? []) as readonly JsonObject[];
    deepEqual(
      silent.map(({ account }) => objectAt({ account }, "account").name),
      ["sandbox"],
    );
  });

  check("the function's role may read each account's log files, and ask AWS Organizations what it asks", async () => {
    const { account, owner } = { account: DEMO_ACCOUNT, owner: DEMO_ACCOUNT };
    const may = (action: string, resource: string) => {
      const principal = { account, arn: `arn:aws:iam::${account}:role/trailwarden-alerts` };
      return verdict({ principal, action, resource, owner, context: {} }, it.functionPolicy, false) === "Allow";
    };
    const root = `arn:aws:organizations::${DEMO_ACCOUNT}:root/${it.organization.id}/${it.organization.root}`;

    deepEqual(
      it.written.filter((file) => !may("s3:GetObject", file)),
      [],
    );
    deepEqual(
      [...it.asked].filter((operation) => !may(`organizations:${operation}`, root)),
      [],
    );
    equal(it.asked.size, 3);
    ok(it.written.length > 0);
  });

  check("no event was to go to a third bus", async () => {
    ok((await happen(calls())) > 0);
    equal(it.thirdBusHops, 0);
  });
});

/** The caller's account knows who it was, the resource's account only from where. */
function inTwoAccounts(caller: string, owner: string, region: string): readonly Call[] {
  const sharedEventID = randomUUID();
  const callers = call({ account: caller, region }, buysGpus, undefined, { sharedEventID });
  const principalId = `AIDA${callers.id.slice(0, 8).toUpperCase()}`;
  const owners = call({ account: owner, region }, buysGpus, undefined, {
    sharedEventID,
    userIdentity: { type: "AWSAccount", principalId, accountId: caller },
  });
  return [callers, owners];
}

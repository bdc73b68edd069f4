import { ACCOUNT, Account } from "./calls/account";
import type { Call } from "./calls/call";
import { Callers } from "./calls/callers";
import { identities } from "./calls/identities";
import { machines } from "./calls/machines";
import { operations } from "./calls/operations";
import { fixtureRecords, type SampleRecord } from "./fixture-records";

/** Which records to make. The same recipe makes the same records. */
export interface Recipe {
  readonly seed: number;
  readonly records: number;
  /** Share of the records that a detection of the default pack matches: 0.02 is two of every hundred. */
  readonly matching: number;
}

const CALLS: readonly (readonly [weight: number, call: Call])[] = [...machines, ...identities, ...operations].map(
  (call) => [call.weight, call],
);
/** Records in which the share is kept to the record; then the next begin. */
const BLOCK = 100;
/** Records of one region in a row. */
const STAY = 20;
/** Calls that a detection asks for by name, with something about them that it does not ask for. */
const NEAR_MISSES = 0.005;
/** Records a second, more or less. */
const PER_SECOND = 4;
const BEGINNING = Date.UTC(2026, 10, 20);

/** Records as CloudTrail writes them, in the order of their time. */
export function* logRecords({ seed, records, matching }: Recipe): Generator<SampleRecord> {
  const account = new Account(seed);
  const callers = new Callers(account);
  const { matches, nearMisses } = fixtureRecords();
  let chosen: ReadonlySet<number> = new Set();
  for (let index = 0; index < records; index++) {
    const place = index % BLOCK;
    if (place === 0) chosen = places(account, Math.min(BLOCK, records - index), matching);
    if (index % STAY === 0) account.travel();
    const eventTime = timeAt(index);
    if (chosen.has(place)) yield again(account, account.random.pick(matches), eventTime);
    else if (account.random.chance(NEAR_MISSES)) yield again(account, account.random.pick(nearMisses), eventTime);
    else yield recordOf(account, callers, account.random.weighted(CALLS), eventTime);
  }
}

/** Which records of a block match. */
function places({ random }: Account, length: number, share: number): ReadonlySet<number> {
  const all = Array.from({ length }, (_, place) => place);
  return new Set(random.shuffle(all).slice(0, Math.round(length * share)));
}

function timeAt(index: number): string {
  return new Date(BEGINNING + Math.floor(index / PER_SECOND) * 1000).toISOString().replace(".000", "");
}

/** The same call at another time. */
function again(account: Account, record: SampleRecord, eventTime: string): SampleRecord {
  return { ...record, eventTime, requestID: account.uuid(), eventID: account.uuid() };
}

function recordOf(account: Account, callers: Callers, call: Call, eventTime: string): SampleRecord {
  const kind = account.random.pick(call.by);
  const { userIdentity, sourceIPAddress, userAgent, tls, console } = callers.of(kind);
  const details = call.details?.(account) ?? {};
  const { errorCode, errorMessage, additionalEventData, resources } = details;
  const failed = errorCode !== undefined;
  return {
    eventVersion: "1.11",
    userIdentity,
    eventTime,
    eventSource: `${call.service}.amazonaws.com`,
    eventName: call.name,
    awsRegion: account.region,
    sourceIPAddress,
    userAgent,
    ...(failed ? { errorCode, errorMessage } : {}),
    requestParameters: details.requestParameters ?? null,
    responseElements: details.responseElements ?? null,
    ...(additionalEventData === undefined ? {} : { additionalEventData }),
    requestID: account.uuid(),
    eventID: account.uuid(),
    readOnly: !call.writes,
    ...(resources === undefined ? {} : { resources }),
    eventType: call.eventType ?? "AwsApiCall",
    managementEvent: true,
    recipientAccountId: ACCOUNT,
    ...(kind === "otherAccount" ? { sharedEventID: account.uuid() } : {}),
    ...(kind === "machine" && account.random.chance(0.3) ? { vpcEndpointId: "vpce-0123456789abcdef0" } : {}),
    eventCategory: "Management",
    ...(tls
      ? {
          tlsDetails: {
            tlsVersion: "TLSv1.3",
            cipherSuite: "TLS_AES_128_GCM_SHA256",
            clientProvidedHostHeader: `${call.service}.${account.region}.amazonaws.com`,
          },
        }
      : {}),
    ...(console ? { sessionCredentialFromConsole: "true" } : {}),
  };
}

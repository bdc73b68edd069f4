import { type JsonObject, objectAt } from "../../../detection/events/json";
import type { Call, Describers } from "./call";
import { flagAt, itemsAt, listed, named, objectsAt, said } from "./values";

/** What records and watches: trails, flow logs, GuardDuty. */
export const LOGGING: Describers = {
  StopLogging: ({ request }) => trail(request),
  StartLogging: ({ request }) => trail(request),
  DeleteTrail: ({ request }) => trail(request),
  PutEventSelectors: eventSelectors,
  PutInsightSelectors: ({ request }) => {
    const kinds = listed(objectsAt(request, "insightSelectors").map(({ insightType }) => said(insightType)));
    return trail(request, kinds === undefined ? "no insights" : `insights ${kinds}`);
  },
  PutConfigurationRecorder: ({ request }) => {
    const recorder = objectAt(request, "configurationRecorder");
    const name = said(recorder.name);
    const group = objectAt(recorder, "recordingGroup");
    const types = listed(itemsAt(group, "resourceTypes").map((type) => said(type)));
    if (name === undefined) return undefined;
    const only = flagAt(group, "allSupported") === false && types !== undefined ? `: records only ${types}` : "";
    return `configuration recorder ${name}${only}`;
  },
  PutAlarmMuteRule: ({ request }) => {
    const name = said(request.name);
    const alarms = listed(itemsAt(objectAt(request, "muteTargets"), "alarmNames").map((alarm) => said(alarm)));
    return name === undefined
      ? undefined
      : `mute rule ${name} for ${alarms === undefined ? "every alarm" : `alarms ${alarms}`}`;
  },
  "events:PutPermission": ({ request }) => `policy of event bus ${named(request.eventBusName) ?? "default"}`,
  "events:RemovePermission": ({ request }) => `policy of event bus ${named(request.eventBusName) ?? "default"}`,
  "events:PutTargets": ({ request }) => {
    const rule = said(request.rule);
    const targets = listed(objectsAt(request, "targets").map(({ arn, id }) => named(arn ?? id)));
    return rule === undefined ? undefined : `rule ${rule}${targets === undefined ? "" : `: target ${targets}`}`;
  },
  SetSMSAttributes: ({ request }) => {
    const names = listed(
      Object.keys(objectAt(request, "attributes"))
        .slice(0, 20)
        .map((name) => said(name)),
    );
    return names === undefined ? undefined : `SMS attributes ${names}`;
  },
  EnableRegion: ({ request }) => region(request),
  DisableRegion: ({ request }) => region(request),
};

function trail(request: JsonObject, what?: string): string | undefined {
  const name = named(request.name ?? request.trailName);
  return name === undefined ? undefined : `trail ${name}${what === undefined ? "" : `: ${what}`}`;
}

/** What the trail records from now on; what it no longer does stands first. */
function eventSelectors({ request }: Call): string | undefined {
  const basic = objectsAt(request, "eventSelectors");
  const advanced = objectsAt(request, "advancedEventSelectors");
  if (advanced.length > 0)
    return trail(request, `records only ${listed(advanced.map(advancedSelector)) ?? "what its selectors say"}`);
  if (basic.length === 0) return trail(request);
  const management = basic.filter((selector) => flagAt(selector, "includeManagementEvents") !== false);
  if (management.length === 0) return trail(request, "no management events");
  const types = management.map(({ readWriteType }) => said(readWriteType));
  const excluded = listed(
    management.flatMap((selector) => itemsAt(selector, "excludeManagementEventSources").map((source) => said(source))),
  );
  const only = types.every((type) => type !== undefined && type !== "All")
    ? `management events ${listed(types)}`
    : "all management events";
  return trail(request, `${only}${excluded === undefined ? "" : ` but ${excluded}`}`);
}

function advancedSelector(selector: JsonObject): string | undefined {
  const field = (name: string) =>
    listed(
      objectsAt(selector, "fieldSelectors")
        .filter((condition) => condition.field === name)
        .flatMap((condition) => itemsAt(condition, "equals").map((value) => said(value))),
    );
  const category = field("eventCategory");
  const type = field("resources.type");
  if (category === undefined) return undefined;
  return `${category} events${type === undefined ? "" : ` of ${type}`}`;
}

function region({ RegionName, AccountId }: JsonObject): string | undefined {
  const name = said(RegionName);
  const account = said(AccountId);
  if (name === undefined) return undefined;
  return `region ${name}${account === undefined ? "" : ` of account ${account}`}`;
}

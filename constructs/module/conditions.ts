import { type Condition, joined, withoutDuplicates } from "../../config/hcl/condition";
import {
  allOf,
  attribute,
  binary,
  call,
  conditional,
  type Expression,
  forEach,
  list,
  literal,
  literals,
  name,
  not,
  type Text,
  text,
} from "../../config/hcl/expression";
import { snakeCase } from "../../config/hcl/snake-case";
import { namesOf } from "../../config/names";
import type { Config, ConfigKey } from "../../config/schema";
import { type Detection, hasRule } from "../../detection/definition/detection";
import { alwaysOn } from "../../detection/suppressions/always-on";
import { enabledIds } from "./detections";
import { variableOf } from "./variables";

/** What must hold of variables together, or with the catalogue, by the variable that is to blame. */
export function conditionsBetween(
  config: Config,
  catalogue: readonly Detection[],
): Readonly<Partial<Record<ConfigKey, readonly Condition[]>>> {
  return {
    archiveRetentionDays: [retention()],
    alertsTopicName: [otherTopics(config, "alertsTopicName")],
    urgentTopicName: [otherTopics(config, "urgentTopicName")],
    disabledDetections: [knownDetections(catalogue)],
    ruleBudget: [enoughRules(catalogue)],
    suppressions: suppressionConditions(catalogue),
  };
}

function retention(): Condition {
  const [kept, moved] = [variableOf("archiveRetentionDays"), variableOf("archiveTransitionDays")];
  return {
    holds: binary(kept, ">", moved),
    message: text("archive_retention_days is ", kept, ": must be more than archive_transition_days, which is ", moved),
  };
}

/** As `loadConfig` says it: three topics, or people would be sent every log file's notice. */
function otherTopics(config: Config, key: "alertsTopicName" | "urgentTopicName"): Condition {
  const names = namesOf(config);
  const { resources } = config;
  const nameOf = {
    alertsTopicName:
      resources.alertsTopic.mode === "create" ? variableOf("alertsTopicName") : literal(names.alertsTopicName),
    urgentTopicName:
      resources.urgentTopic.mode === "create" ? variableOf("urgentTopicName") : literal(names.urgentTopicName),
  };
  const deliveries =
    resources.deliveriesTopic.mode === "create"
      ? text(variableOf("namePrefix"), "-deliveries")
      : literal(names.deliveriesTopicName);
  const own = nameOf[key];
  // Two conditions that look at each other would be a cycle: where both are variables, the urgent one is compared.
  const other = nameOf[key === "alertsTopicName" ? "urgentTopicName" : "alertsTopicName"];
  const others = key === "alertsTopicName" && other.kind === "name" ? [deliveries] : [other, deliveries];
  return {
    holds: allOf(...others.map((each) => binary(own, "!=", each))),
    message: text(
      `${snakeCase(key)} is `,
      call("jsonencode", own),
      ": must differ from ",
      joined(list(...others.map((each) => call("jsonencode", each)))),
      ", the names of the other topics",
    ),
  };
}

function knownDetections(catalogue: readonly Detection[]): Condition {
  const ids = literals(catalogue.map(({ id }) => id));
  const given = forEach({
    value: "item",
    among: variableOf("disabledDetections"),
    give: name("item"),
    where: binary(name("item"), "!=", literal(null)),
  });
  const unknown = call("setsubtract", given, ids);
  return {
    holds: binary(call("length", unknown), "==", literal(0)),
    message: text(
      "disabled_detections has ",
      joined(unknown),
      ": must be ids of detections, which the module's README lists",
    ),
  };
}

function enoughRules(catalogue: readonly Detection[]): Condition {
  const rules = call(
    "length",
    call("setintersection", enabledIds(catalogue), literals(catalogue.filter(hasRule).map(({ id }) => id))),
  );
  return {
    holds: binary(rules, "<=", variableOf("ruleBudget")),
    message: text(
      "there would be ",
      rules,
      " EventBridge rules, rule_budget is ",
      variableOf("ruleBudget"),
      ": disable detections (disabled_detections, packs), or raise rule_budget once AWS has raised the bus's quota",
    ),
  };
}

const ENTRY = name("entry");
const PLACE = name("place");
/** Fails for what is no text. */
const textOf = (value: Expression) => call("join", literal(""), list(value));
const ID = call("try", textOf(attribute(ENTRY, "use")), textOf(attribute(ENTRY, "id")), text("#", PLACE));

function suppressionConditions(catalogue: readonly Detection[]): readonly Condition[] {
  const among = variableOf("suppressions");
  const idsBeside = (deployers: readonly string[]) => literals(alwaysOn(catalogue, deployers).map(({ id }) => id));
  const reserved = conditional(
    binary(call("length", variableOf("deployers")), ">", literal(0)),
    idsBeside(["arn:aws:iam::111122223333:role/deployer"]),
    idsBeside([]),
  );
  const taken = call("contains", reserved, ID);
  const named = call(
    "try",
    forEach({ value: "item", among: attribute(ENTRY, "detections"), give: textOf(name("item")) }),
    list(),
  );
  const unknown = call("setsubtract", named, literals(catalogue.map(({ id }) => id)));
  const direct = literals(catalogue.filter(({ route }) => route === "topic").map(({ id }) => id));
  const unsuppressible = call("setintersection", named, direct);
  const none = call("try", binary(call("length", attribute(ENTRY, "detections")), "==", literal(0)), literal(false));
  const lastMoment = call("timeadd", text(attribute(ENTRY, "expires"), "T00:00:00Z"), literal("24h"));
  const expired = call(
    "try",
    binary(call("timecmp", lastMoment, call("plantimestamp")), "<=", literal(0)),
    literal(false),
  );
  const never = (bad: Expression, ...problem: Text["parts"]) => entries(among, bad, ...problem);
  const some = (ids: Expression) => binary(call("length", ids), ">", literal(0));
  return [
    never(taken, '.id is "', ID, '": reserved for a suppression that is always on; choose another id'),
    withoutDuplicates("suppressions", forEach({ key: "place", value: "entry", among, give: ID })),
    never(none, '.detections is []: must be a list of detection ids, or "*" for all that are not critical'),
    never(
      some(unknown),
      ".detections has ",
      joined(unknown),
      ": must be ids of detections, which the module's README lists",
    ),
    never(
      some(unsuppressible),
      ".detections has ",
      joined(unsuppressible),
      ": EventBridge alerts on it directly, and nothing can suppress that; leave it out, or add it to disabled_detections",
    ),
    never(
      expired,
      '.expires is "',
      attribute(ENTRY, "expires"),
      '": has expired; ask its owner whether it is still needed, then set a later day or remove it',
    ),
  ];
}

/** None of the entries is so. */
function entries(among: Expression, bad: Expression, ...problem: Text["parts"]): Condition {
  const said = forEach({
    key: "place",
    value: "entry",
    among,
    give: text("suppressions[", call("jsonencode", PLACE), "]", ...problem),
    where: bad,
  });
  const all = forEach({ key: "place", value: "entry", among, give: bad });
  return { holds: not(call("contains", all, literal(true))), message: text(call("join", literal("; "), said)) };
}

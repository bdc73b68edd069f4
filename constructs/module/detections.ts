import { call, type Expression, forEach, fromJson, literals, name } from "../../config/hcl/expression";
import type { Detection } from "../../detection/definition/detection";
import { PACKS, switchedOn } from "../../detection/definition/switched-on";
import { variableOf } from "./variables";

/** Expression of the ids of all detections that packs and disabled_detections switch on, as `switchedOn` says. */
export function enabledIds(catalogue: readonly Detection[]): Expression {
  const inPacks = (packs: Parameters<typeof switchedOn>[1]["packs"]) =>
    switchedOn(catalogue, { packs, disabledDetections: [] }).map(({ id }) => id);
  const always = inPacks([]);
  const byPack = Object.fromEntries(
    PACKS.map((pack) => [pack, inPacks([pack]).filter((id) => !always.includes(id))] as const),
  );
  const asked = forEach({
    key: "pack",
    value: "ids",
    among: fromJson(byPack),
    give: name("ids"),
    where: call("contains", variableOf("packs"), name("pack")),
  });
  return call(
    "setsubtract",
    call("flatten", { kind: "list", items: [literals(always), asked] }),
    variableOf("disabledDetections"),
  );
}

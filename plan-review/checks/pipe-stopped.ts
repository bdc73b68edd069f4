import { about, altered, indeterminate, pair } from "../evaluation/attribute";
import type { Check } from "../evaluation/check";
import { messageFilter } from "../evaluation/message-filter";
import { UNKNOWN } from "../plan/values";

const STATE = "desired_state";
const ENRICHMENT = "enrichment";

export const pipeStopped: Check = {
  id: "pipe-stopped",
  title: "Pipe stopped or filtered",
  why: "Events wait at the source of a stopped pipe until they expire. Events that a filter does not match are dropped.",
  remediation: "Keep `desired_state` at `RUNNING`, and the filter as wide as it is.",
  looksAt: { aws_pipes_pipe: [STATE, "source_parameters.0.filter_criteria", ENRICHMENT] },
  limits: "Indeterminate: another filter in place of a filter; another enrichment.",
  evaluate: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    const [was, is] = [sides.before[STATE], sides.after[STATE]];
    const stopped = is === "STOPPED" && was !== is ? [about(change, [STATE], true, "The pipe is stopped")] : [];
    return [
      ...(is === UNKNOWN && was !== "STOPPED" ? [indeterminate(change, [STATE])] : stopped),
      ...messageFilter(change, ["source_parameters", 0, "filter_criteria"]),
      ...altered(change, [ENRICHMENT], "The new enrichment may drop events"),
    ];
  },
};

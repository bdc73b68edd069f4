import { about, altered, cannotTell, pair } from "../judging/attribute";
import { messageFilter } from "../judging/message-filter";
import { UNKNOWN } from "../plan/values";
import type { Check } from "./check";

const STATE = "desired_state";
const ENRICHMENT = "enrichment";

export const pipeStopped: Check = {
  id: "pipe-stopped",
  title: "A pipe that is stopped, or lets less through",
  why: "What should go through a stopped pipe waits at its source until it expires there. What its filter does not match is thrown away.",
  mend: "Leave `desired_state` at `RUNNING`, and the filter as wide as it is.",
  looksAt: { aws_pipes_pipe: [STATE, "source_parameters.0.filter_criteria", ENRICHMENT] },
  unknown: "cannot tell; so is another filter in a filter's place, and another enrichment",
  judge: (change) => {
    const sides = pair(change);
    if (!sides) return [];
    const [was, is] = [sides.before[STATE], sides.after[STATE]];
    const stopped = is === "STOPPED" && was !== is ? [about(change, [STATE], true, "The pipe is stopped")] : [];
    return [
      ...(is === UNKNOWN && was !== "STOPPED" ? [cannotTell(change, [STATE])] : stopped),
      ...messageFilter(change, ["source_parameters", 0, "filter_criteria"]),
      ...altered(change, [ENRICHMENT], "Whether what is in between passes on all that comes can't be told"),
    ];
  },
};

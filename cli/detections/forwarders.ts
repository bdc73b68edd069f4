import type { LoadedDetections } from "../../config/custom-detections/load";
import { UserError } from "../../config/user-error";
import { switchedOn } from "../../detection/definition/switched-on";
import { compileForwarders } from "../../detection/forwarding/compile-forwarders";
import type { Forwarder } from "../../detection/forwarding/forwarder";
import { ForwarderError } from "../../detection/forwarding/forwarder-error";

/** A forwarder as programs read it. */
export interface ListedForwarder extends Forwarder {
  /** Of the pattern: EventBridge takes 2,048. */
  readonly characters: number;
}

/**
 * The forwarders that the enabled detections need, in the order of their rules' names.
 *
 * @throws UserError when a detection can't be forwarded
 */
export function listedForwarders({
  catalogue,
  config,
}: Pick<LoadedDetections, "catalogue" | "config">): readonly ListedForwarder[] {
  try {
    return compileForwarders(switchedOn(catalogue, config)).map(({ where, state, pattern }) => {
      return { where, state, characters: JSON.stringify(pattern).length, pattern };
    });
  } catch (error) {
    throw error instanceof ForwarderError ? new UserError(error.message) : error;
  }
}

/** The same for people. */
export function forwarderList(forwarders: readonly ListedForwarder[]): string {
  const lines = forwarders.flatMap(({ where, state, characters, pattern }, index) => [
    `${index + 1}  ${WHERE[where]}, ${characters} characters, ${state}`,
    JSON.stringify(pattern),
    "",
  ]);
  return `${lines.join("\n")}\n${forwarders.length} forwarders for the enabled detections\n`;
}

const WHERE: Readonly<Record<Forwarder["where"], string>> = {
  everywhere: "every region",
  globalRegion: "the global region",
};

import type { Detection } from "../../detection/definition/detection";
import { compileForwarders } from "../../detection/forwarding/compile-forwarders";
import type { Forwarder } from "../../detection/forwarding/forwarder";
import { ForwarderError } from "../../detection/forwarding/forwarder-error";
import { SynthError } from "../deployment/synth-error";

/** The last ones: the configuration's check and the construct ask for the same, and compiling takes a good part of a synth. */
let compiled: { readonly detections: readonly Detection[]; readonly forwarders: readonly Forwarder[] } | undefined;

/**
 * What brings home all that the detections' rules may match.
 *
 * @throws SynthError when a detection can't be forwarded; it names which
 */
export function forwardersOf(detections: readonly Detection[]): readonly Forwarder[] {
  const last = compiled?.detections;
  if (compiled && last?.length === detections.length && detections.every((each, index) => each === last[index])) {
    return compiled.forwarders;
  }
  try {
    const forwarders = compileForwarders(detections);
    compiled = { detections, forwarders };
    return forwarders;
  } catch (error) {
    if (error instanceof ForwarderError) throw new SynthError(error.message, { cause: error });
    throw error;
  }
}

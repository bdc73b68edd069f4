import type { Detection } from "../../detection/definition/detection";
import { compileForwarders } from "../../detection/forwarding/compile-forwarders";
import type { Forwarder } from "../../detection/forwarding/forwarder";
import { ForwarderError } from "../../detection/forwarding/forwarder-error";
import { SynthError } from "../deployment/synth-error";

/**
 * What brings home all that the detections' rules may match.
 *
 * @throws SynthError when a detection can't be forwarded; it names which
 */
export function forwardersOf(detections: readonly Detection[]): readonly Forwarder[] {
  try {
    return compileForwarders(detections);
  } catch (error) {
    if (error instanceof ForwarderError) throw new SynthError(error.message, { cause: error });
    throw error;
  }
}

import { isObject, kindOf } from "../events/json";
import type { CompiledRefinement, RefinementKind } from "./compiled-refinement";
import { type Differs, differs } from "./differs";
import { type InstanceSession, instanceSession } from "./instance-session";
import { type OtherAccount, otherAccount } from "./other-account";
import { type PortIn, portIn } from "./port-in";
import { type PublicIp, publicIp } from "./public-ip";
import { RefinementError } from "./refinement-error";

/**
 * What an event pattern can't say, as plain data.
 *
 * It is asked only about records of events that the pattern matched, so it narrows and never widens. It says no only
 * when it is sure: what it can't judge stays a match, so that no alert is lost.
 */
export type Refinement = Differs | InstanceSession | OtherAccount | PublicIp | PortIn;

const kinds: Readonly<Record<Refinement["kind"], RefinementKind>> = {
  differs,
  instanceSession,
  otherAccount,
  publicIp,
  portIn,
};

/**
 * Checks a refinement and makes it ready.
 *
 * @param value the refinement as parsed JSON
 * @param path where it stands, for the error's message
 * @throws RefinementError
 */
export function compileRefinement(value: unknown, path = "$"): CompiledRefinement {
  if (!isObject(value)) throw new RefinementError(path, `must be an object with a kind; it is ${kindOf(value)}`);
  const { kind } = value;
  if (typeof kind !== "string" || !Object.hasOwn(kinds, kind)) {
    const found = typeof kind === "string" ? `, not ${JSON.stringify(kind)}` : `; it is ${kindOf(kind)}`;
    throw new RefinementError(`${path}.kind`, `must be one of ${Object.keys(kinds).join(", ")}${found}`);
  }
  return kinds[kind as Refinement["kind"]](value, path);
}

/**
 * A refinement in plain English, to go on where `describe` ends: `…, and requestParameters.userName is given and is not
 * the caller's`.
 *
 * @throws RefinementError
 */
export function describeRefinement(value: unknown): string {
  return compileRefinement(value).describe();
}

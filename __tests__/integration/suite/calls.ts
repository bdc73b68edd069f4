import { REFUSED, TELLING, type Template } from "../../simulation/templates";

/** The call that this detection is about. */
export function telling(detection: string): Template {
  const found = TELLING.find(({ detections }) => detections[0] === detection);
  if (!found) throw new Error(`no template tells of ${detection}`);
  return found;
}

export const [refusedByEc2, refusedByS3] = REFUSED as [Template, Template];

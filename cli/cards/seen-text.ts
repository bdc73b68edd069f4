import { WORD_JOINER } from "../../alerting/channels/text";
import { visible } from "./markup";

/** Text as people see it in a channel: without the sign that keeps vendors from reading it as markup; what else hides is written out. */
export function seen(text: string): string {
  return visible(text.replaceAll(WORD_JOINER, ""));
}

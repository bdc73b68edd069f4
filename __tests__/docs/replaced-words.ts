/** What the field has other words for, in texts that users read. Pages have a longer list of their own in words.test.ts. */
const REPLACED = [
  ...["told", "tells?", "telling", "nobody", "somebody", "everybody", "anybody", "whoever", "whomever", "gravest"],
  ...["attempt at it", "speaks? up", "for want of", "in vain", "asked for", "cannot tell", "can't tell", "by the way"],
  ...["folds?", "folded", "flood", "cap", "seen table", "settled?", "buried", "bury", "gathered", "judged?", "mend"],
  ...["estate", "costly", "without further ado", "takes? a text", "own detections", "switched (on|off)"],
  ...[
    "takes (an?|one|true|texts|no|only|keys)",
    "it takes",
    "nearest (is|are)",
    "least severity",
    "there is no such key",
  ],
].map((words) => new RegExp(`\\b${words}\\b`, "i"));

/** The words of a text that should not stand there. */
export function replacedIn(text: string): readonly string[] {
  return REPLACED.flatMap((words) => words.exec(text)?.[0] ?? []);
}

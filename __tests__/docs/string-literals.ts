/** A piece of TypeScript that begins where the last one ends; what none of them matches is one character of code. */
const PIECE = new RegExp(
  [
    String.raw`(?<comment>\/\/[^\n]*|\/\*[\s\S]*?\*\/)`,
    String.raw`(?<quoted>"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*')`,
    // After what ends a value, a slash divides.
    String.raw`(?<regex>(?<![\w)\]}]\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*)`,
    String.raw`(?<code>[\s\S])`,
  ].join("|"),
  "y",
);

/** The texts that stand in the code of a TypeScript file: its strings, and its templates' parts between `${…}`. */
export function stringLiterals(source: string): readonly string[] {
  const texts: string[] = [];
  /** Of each template that is open: how many braces are open in its `${…}`. */
  const braces: number[] = [];
  let at = 0;
  const template = () => {
    const [part = ""] = /^(?:\\[\s\S]|\$(?!\{)|[^\\$`])*/.exec(source.slice(at)) ?? [];
    texts.push(part);
    at += part.length;
    if (source[at] === "`") at += 1;
    else {
      at += "${".length;
      braces.push(0);
    }
  };
  while (at < source.length) {
    PIECE.lastIndex = at;
    const { quoted, code } = PIECE.exec(source)?.groups ?? {};
    at = PIECE.lastIndex;
    if (quoted !== undefined) texts.push(quoted.slice(1, -1));
    if (code === "`") template();
    const open = braces.pop();
    if (open === undefined) continue;
    if (code === "}" && open === 0) template();
    else braces.push(open + (code === "{" ? 1 : code === "}" ? -1 : 0));
  }
  return texts;
}

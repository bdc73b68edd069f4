import type { Entry, Text, Tree } from "./tree";

const TOKEN = /\s*([{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+)/y;

/** Parses JSON text, keeping what `JSON.parse` loses. The text must be JSON. */
export function parseTree(source: string): Tree {
  JSON.parse(source);
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(source); token !== null; token = TOKEN.exec(source)) tokens.push(String(token[1]));
  let next = 0;

  const value = (): Tree => {
    const token = String(tokens[next++]);
    if (token === "[") {
      return { type: "array", items: separated("]", value) };
    }
    if (token === "{") {
      return { type: "object", entries: separated("}", member) };
    }
    return token.startsWith('"') ? textOf(token) : { type: "literal", text: token };
  };
  const member = (): Entry => {
    const key = textOf(String(tokens[next++]));
    next++;
    return { key, value: value() };
  };
  const separated = <Part>(end: string, part: () => Part): readonly Part[] => {
    const parts: Part[] = [];
    while (tokens[next] !== end) {
      parts.push(part());
      if (tokens[next] === ",") next++;
    }
    next++;
    return parts;
  };
  return value();
}

function textOf(token: string): Text {
  const value = JSON.parse(token) as string;
  return token === JSON.stringify(value) ? { type: "string", value } : { type: "string", value, spelling: token };
}

/** JSON as it was written: with duplicate keys, and every number and string in its own spelling. */
export type Tree = Text | Literal | List | Fields;

export interface Text {
  readonly type: "string";
  readonly value: string;
  /** Quotes included; only where it isn't what `JSON.stringify` writes. */
  readonly spelling?: string;
}

/** A number, `true`, `false` or `null`. */
export interface Literal {
  readonly type: "literal";
  readonly text: string;
}

export interface List {
  readonly type: "array";
  readonly items: readonly Tree[];
}

export interface Fields {
  readonly type: "object";
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly key: Text;
  readonly value: Tree;
}

export function text(value: string): Text {
  return { type: "string", value };
}

export function literal(source: string): Literal {
  return { type: "literal", text: source };
}

export function list(...items: readonly Tree[]): List {
  return { type: "array", items };
}

export function fields(...entries: readonly Entry[]): Fields {
  return { type: "object", entries };
}

export function entry(key: string, value: Tree): Entry {
  return { key: text(key), value };
}

/** An object with one key. */
export function single(key: string, value: Tree): Fields {
  return fields(entry(key, value));
}

export function isNumber(tree: Tree): tree is Literal {
  return tree.type === "literal" && /^[-\d]/.test(tree.text);
}

/** Writes the tree as JSON text. */
export function write(tree: Tree): string {
  switch (tree.type) {
    case "string":
      return tree.spelling ?? JSON.stringify(tree.value);
    case "literal":
      return tree.text;
    case "array":
      return `[${tree.items.map(write).join(",")}]`;
    case "object":
      return `{${tree.entries.map(({ key, value }) => `${write(key)}:${write(value)}`).join(",")}}`;
  }
}

/** Every tree within the tree, itself first. */
export function* within(tree: Tree): Generator<Tree> {
  yield tree;
  if (tree.type === "array") for (const item of tree.items) yield* within(item);
  if (tree.type === "object") for (const { value } of tree.entries) yield* within(value);
}

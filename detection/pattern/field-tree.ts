import type { Scalar } from "./pattern";

/** Which element of which array a value was found in, outermost first: array number, element index, … */
export type Membership = readonly number[];

export interface Found {
  readonly value: Scalar;
  readonly membership: Membership;
}

/** What of an event a set of patterns asks for: per field, by its number, the values found there. */
export type FoundFields = readonly (readonly Found[] | undefined)[];

const NO_MEMBERSHIP: Membership = [];
/** EventBridge reads no JSON that is nested deeper; what lies there is not looked at. */
const MAX_DEPTH = 1_000;
/** Keys remembered per node: more than any event's, so that a stream of made-up keys can't fill the memory. */
const MAX_REMEMBERED = 2_000;

/** A path that leads to a field, or is one. */
class Node {
  /** The field's number; -1 where the path only leads to fields. */
  field = -1;
  leads = false;
  /** Whether the field, or one that the path leads to, is among the first. */
  first = false;
  readonly children = new Map<string, Node | null>();

  /** @param path undefined at the root: an empty path is that of a key that is empty */
  constructor(readonly path: string | undefined) {}
}

/** The fields that a set of patterns asks for, as a tree to walk an event along. */
export class FieldTree {
  readonly #root = new Node(undefined);
  readonly #nodes = new Map<string, Node>();
  readonly #steps: ReadonlySet<string>;

  /**
   * @param fields dotted paths, without repetition; their places are their numbers
   * @param isFirst which of them tell whether the others are of interest
   */
  constructor(
    private readonly fields: readonly string[],
    isFirst: (field: string) => boolean,
  ) {
    this.#steps = new Set(fields.flatMap(steps));
    for (const [number, field] of fields.entries()) {
      const first = isFirst(field);
      const node = this.#node(field);
      node.field = number;
      node.first ||= first;
      for (let dot = field.indexOf("."); dot >= 0; dot = field.indexOf(".", dot + 1)) {
        const above = this.#node(field.slice(0, dot));
        above.leads = true;
        above.first ||= first;
      }
    }
    this.#root.leads = true;
  }

  /**
   * Finds the values of the first fields in an event, and leaves the others to `finish`.
   *
   * Arrays are flattened; a value within an element of an array remembers which one, a value that is itself an element
   * does not. A key with dots in it is the same as the nested path.
   */
  begin(event: unknown): Walk {
    const walk = new Walk(this.fields.length);
    if (typeof event === "object" && event !== null && !Array.isArray(event)) {
      this.#visit(event, this.#root, NO_MEMBERSHIP, 1, walk);
    }
    return walk;
  }

  /** Finds the values of the other fields. */
  finish(walk: Walk): FoundFields {
    const { later } = walk;
    walk.later = undefined;
    if (later)
      for (const { value, node, membership, depth } of later) this.#visit(value, node, membership, depth, walk);
    return walk.found;
  }

  #visit(value: unknown, node: Node, membership: Membership, depth: number, walk: Walk): void {
    if (typeof value !== "object" || value === null) {
      if (node.field >= 0) walk.keep(node.field, new Leaf(value as Scalar, membership));
    } else if (depth > MAX_DEPTH) {
      return;
    } else if (Array.isArray(value)) {
      const array = walk.arrays++;
      for (let index = 0; index < value.length; index++) {
        const element: unknown = value[index];
        const inside = typeof element === "object" && element !== null ? [...membership, array, index] : membership;
        this.#visit(element, node, inside, depth + 1, walk);
      }
    } else if (node.leads) {
      for (const key of Object.keys(value)) {
        const child = this.#child(node, key);
        if (!child) continue;
        const below = (value as Record<string, unknown>)[key];
        if (walk.later && !child.first && typeof below === "object" && below !== null) {
          walk.later.push({ value: below, node: child, membership, depth: depth + 1 });
        } else {
          this.#visit(below, child, membership, depth + 1, walk);
        }
      }
    }
  }

  #node(path: string): Node {
    let node = this.#nodes.get(path);
    if (!node) {
      node = new Node(path);
      this.#nodes.set(path, node);
    }
    return node;
  }

  #child(node: Node, key: string): Node | null {
    const remembered = node.children.get(key);
    if (remembered !== undefined) return remembered;
    const path = node.path === undefined ? key : `${node.path}.${key}`;
    const child = (this.#isUsed(key) && this.#nodes.get(path)) || null;
    if (node.children.size < MAX_REMEMBERED) node.children.set(key, child);
    return child;
  }

  /** EventBridge looks only below keys whose every part is the part of some field's path. */
  #isUsed(key: string): boolean {
    return this.#steps.has(key) || (key.includes(".") && steps(key).every((step) => this.#steps.has(step)));
  }
}

/** The parts of a path, as Java splits it: without empty ones at the end. */
function steps(path: string): readonly string[] {
  const parts = path.split(".");
  if (parts.length > 1) while (parts.at(-1) === "") parts.pop();
  return parts;
}

/** What lies in an event where none of the first fields does. */
interface Rest {
  readonly value: object;
  readonly node: Node;
  readonly membership: Membership;
  readonly depth: number;
}

/** A walk along an event. */
class Walk {
  /** V8 forgets the code that it has made for a class when no instance is left. */
  static readonly kept = new Walk(1);

  readonly found: (Found[] | undefined)[];
  /** Arrays so far. */
  arrays = 0;
  /** What `finish` is for; undefined once it has begun. */
  later: Rest[] | undefined = [];

  constructor(fields: number) {
    this.found = new Array(fields);
  }

  keep(field: number, leaf: Found): void {
    const values = this.found[field];
    if (values) values.push(leaf);
    else this.found[field] = [leaf];
  }
}

class Leaf implements Found {
  /** See `Walk.kept`. */
  static readonly kept = new Leaf("", NO_MEMBERSHIP);

  constructor(
    readonly value: Scalar,
    readonly membership: Membership,
  ) {}
}

// Over 250 lines: the graph of resources, and the walk through it.
import type { Plan } from "../plan/plan";
import { Providers } from "../plan/providers";
import { References, withoutIndexes } from "../plan/references";
import { at, isEmpty, UNKNOWN, type Value, type Values } from "../plan/values";
import { externalResource } from "./external-resource";
import { LINKS, type Link } from "./links";
import { meansElsewhere, regionsOf } from "./region";
import { policyReason, recorderReason } from "./roots";
import { namesAnother, spellings, tokensOf, valuesAt } from "./tokens";

/** Why a resource belongs to the monitoring. */
export interface Reason {
  /** Such as `the bucket of`, or the whole reason when there is no other resource. */
  readonly text: string;
  /** Address of the resource because of which it does. */
  readonly other?: string;
  /** False when it may belong to it, but the plan does not know yet. */
  readonly certain: boolean;
}

interface Node {
  readonly address: string;
  readonly type: string;
  /** Before, as the refresh found it, and after: it belongs to the monitoring when it does in any of them. */
  readonly states: Values[];
}

/** A link between two resources, by their addresses. */
export interface Tie {
  readonly link: Link;
  readonly from: string;
  readonly to: string;
}

interface Edge {
  readonly link: Link;
  readonly from: Node;
  readonly to: Node;
}

/** A link, its path in steps. */
interface Way {
  readonly link: Link;
  readonly path: readonly string[];
}

const LINKED_FROM = new Map<string, Way[]>();
for (const link of LINKS) listed(LINKED_FROM, link.from, { link, path: link.path.split(".") });
const LINKED_TO = new Set(LINKS.flatMap(({ to }) => to));
/** Types that belong to it by themselves, and refer to nothing. */
const ALONE = new Set([
  "aws_s3_account_public_access_block",
  "aws_cloudwatch_log_account_policy",
  "aws_cloudformation_stack",
]);

const NOWHERE: ReadonlySet<string> = new Set();

/** Which resources of a plan belong to the monitoring, by their types and values, whatever their addresses. */
export class Monitoring {
  readonly #reasons = new Map<string, Reason>();
  readonly #nodes = new Map<string, Node>();
  /** By type and by what others may name them. */
  readonly #named = new Map<string, Map<string, Node[]>>();
  /** By address without indexes, as the configuration has them. */
  readonly #configuredAs = new Map<string, Node[]>();
  readonly #edges = new Map<string, Edge[]>();
  /** Of existing types whose link is known only after apply. */
  readonly #unresolved: Node[] = [];
  /** Of resources that the plan doesn't have, by what they are called. */
  readonly #external = new Map<string, Node>();
  readonly #references: References;
  readonly #configuration: unknown;
  /** Read when a resource shows no region by itself. */
  #providers: Providers | undefined;
  readonly #regions = new Map<Node, ReadonlySet<string>>();

  constructor(plan: Plan) {
    this.#configuration = plan.configuration;
    this.#references = new References(at(plan.configuration as Value | undefined, "root_module"));
    this.#collect(plan);
    for (const node of this.#nodes.values()) this.#connect(node);
    this.#spread();
  }

  /** Undefined when the resource has nothing to do with it. */
  reason(address: string): Reason | undefined {
    return this.#reasons.get(address);
  }

  /** Whether an address stands for an external resource: one that the plan names but doesn't have. */
  isExternal(address: string): boolean {
    return this.#external.has(address);
  }

  /** The one region that a resource is in, before and after; undefined where it has none, or the plan doesn't say. */
  regionOf(address: string): string | undefined {
    const node = this.#nodes.get(address);
    const [region, ...others] = node ? this.#regionsOf(node) : [];
    return others.length > 0 ? undefined : region;
  }

  /** What ties a resource to those that it refers to, and that refer to it. */
  ties(address: string): readonly Tie[] {
    return (this.#edges.get(address) ?? []).map(({ link, from, to }) => ({ link, from: from.address, to: to.address }));
  }

  /** Addresses of the resources of a type that refer to one. */
  referring(address: string, type: string): readonly string[] {
    const edges = this.#edges.get(address) ?? [];
    return distinct(
      edges.flatMap(({ from, to }) => (to.address === address && from.type === type ? [from.address] : [])),
    );
  }

  /** Addresses of the resources of a type that one refers to. */
  referred(address: string, type: string): readonly string[] {
    const edges = this.#edges.get(address) ?? [];
    return distinct(
      edges.flatMap(({ from, to }) => (from.address === address && to.type === type ? [to.address] : [])),
    );
  }

  #collect({ changes, drift, others }: Plan): void {
    for (const { address, type, values } of others) if (isKnown(type)) this.#add(address, type, values);
    for (const change of [...drift, ...changes]) {
      const { address, type, action, before } = change;
      if (!isKnown(type)) continue;
      this.#add(address, type, before);
      if (action !== "no-op") this.#add(address, type, change.after);
    }
  }

  #add(address: string, type: string, values: Values | undefined): void {
    if (!values) return;
    let node = this.#nodes.get(address);
    if (!node) {
      node = { address, type, states: [] };
      this.#nodes.set(address, node);
      if (LINKED_TO.has(type)) listed(this.#configuredAs, withoutIndexes(address), node);
    }
    node.states.push(values);
    if (!LINKED_TO.has(type)) return;
    const named = this.#named.get(type) ?? new Map<string, Node[]>();
    this.#named.set(type, named);
    for (const token of tokensOf(type, values)) {
      if (!named.get(token)?.includes(node)) listed(named, token, node);
    }
  }

  #connect(from: Node): void {
    for (const { link, path } of LINKED_FROM.get(from.type) ?? []) {
      // Of most attributes there is nothing.
      const [first = ""] = path;
      if (from.states.every((values) => isEmpty(values[first]))) continue;
      const named = new Set(from.states.flatMap((values) => valuesAt(values, path)));
      if (named.size === 0) continue;
      const found = new Set<Node>();
      let unresolved = false;
      for (const value of named) {
        if (value === UNKNOWN) unresolved = !this.#configured(from, link, found);
        else if (typeof value === "string" && !this.#find(from, link, value, found)) this.#name(link.to, value, found);
      }
      for (const to of found) {
        if (to === from) continue;
        for (const { address } of [from, to]) listed(this.#edges, address, { link, from, to });
      }
      if (unresolved && found.size === 0 && link.passes === "back") this.#unresolved.push(from);
    }
  }

  /** @returns whether there is any */
  #find(from: Node, { to, path }: Link, value: string, found: Set<Node>): boolean {
    let any = false;
    const spelled = spellings(value);
    // Events of every region may reach a rule.
    const anywhere = path.startsWith("event_pattern.");
    for (const type of to) {
      const ofType = this.#named.get(type);
      if (!ofType) continue;
      for (const spelling of spelled) {
        const named = ofType.get(spelling);
        if (!named) continue;
        for (const node of named) {
          const here = anywhere ? NOWHERE : this.#regionsOf(from);
          if (namesAnother(value, node.states) || meansElsewhere(value, here, this.#regionsOf(node))) continue;
          found.add(node);
          any = true;
        }
        break;
      }
    }
    return any;
  }

  #regionsOf(node: Node): ReadonlySet<string> {
    const known = this.#regions.get(node);
    if (known) return known;
    const found = regionsOf(node.type, node.states, () => {
      this.#providers ??= new Providers(this.#configuration);
      return this.#providers.regionOf(node.address);
    });
    this.#regions.set(node, found);
    return found;
  }

  /** What isn't in the plan: all that name it are tied to one another by it. */
  #name(types: readonly string[], value: string, found: Set<Node>): void {
    const { type, key } = externalResource(types, value) ?? {};
    if (type === undefined || key === undefined) return;
    const address = `${type} ${key}`;
    const node = this.#external.get(address) ?? { address, type, states: [] };
    this.#external.set(address, node);
    found.add(node);
  }

  /** @returns whether the configuration says what is meant by a value that isn't known yet */
  #configured(from: Node, link: Link, found: Set<Node>): boolean {
    const [attribute = ""] = link.path.split(".");
    const referred = this.#references.of(from.address, attribute);
    if (referred === undefined) return false;
    for (const address of referred) {
      for (const node of this.#configuredAs.get(address) ?? []) if (link.to.includes(node.type)) found.add(node);
    }
    return true;
  }

  #spread(): void {
    const queue: Node[] = [];
    const watch = (node: Node, reason: Reason) => {
      if (this.#reasons.has(node.address)) return;
      this.#reasons.set(node.address, reason);
      queue.push(node);
    };
    // That a trail or a rule uses a resource is a better reason than its own policy.
    for (const reasonOf of [recorderReason, policyReason]) {
      for (const node of this.#nodes.values()) {
        const text = node.states.map((values) => reasonOf(node.type, values)).find((reason) => reason !== undefined);
        if (text !== undefined) watch(node, { text, certain: true });
      }
      this.#follow(queue, watch);
    }
    if (this.#reasons.size === 0) return;
    for (const node of this.#unresolved) watch(node, { text: "may belong to the monitoring", certain: false });
  }

  #follow(queue: Node[], watch: (node: Node, reason: Reason) => void): void {
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      for (const { link, from, to } of this.#edges.get(node.address) ?? []) {
        const [because, reached] = link.passes === "forward" ? [from, to] : [to, from];
        if (because === node) watch(reached, { text: link.as, other: node.address, certain: true });
      }
      if (node.type === "aws_lambda_function") this.#watchLogGroup(node, watch);
    }
  }

  /** The log group that Lambda writes to, which functions don't name. */
  #watchLogGroup(node: Node, watch: (node: Node, reason: Reason) => void): void {
    for (const { function_name: name } of node.states) {
      const groups =
        typeof name === "string" ? this.#named.get("aws_cloudwatch_log_group")?.get(`/aws/lambda/${name}`) : [];
      for (const group of groups ?? []) watch(group, { text: "the log group of", other: node.address, certain: true });
    }
  }
}

function isKnown(type: string): boolean {
  return LINKED_FROM.has(type) || LINKED_TO.has(type) || ALONE.has(type);
}

function listed<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function distinct(addresses: readonly string[]): readonly string[] {
  return [...new Set(addresses)];
}

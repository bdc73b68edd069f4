import type * as v from "valibot";
import type { ResourceName } from "./resources";

/** A key of the configuration: everything that is written of it anywhere is made from this. */
export interface Key<Schema extends v.GenericSchema = v.GenericSchema> {
  /** What is allowed, with the rule beside it, and the default. */
  readonly schema: Schema;
  /** What it is for, in a few words: its line of `help`. */
  readonly help: string;
  /**
   * What it is for, as Markdown: its row of docs/configuration.md and the docstring of the construct's property. Links lead
   * from the repository's root.
   */
  readonly docs: string;
  /**
   * What its row adds on `cdktf.json` and the environment, which don't count in a program.
   *
   * @default - nothing
   */
  readonly outsidePrograms?: string;
  /**
   * What the docstring adds.
   *
   * @default - nothing
   */
  readonly inPrograms?: string;
  /**
   * The default in words, as Markdown.
   *
   * @default - the schema's default
   */
  readonly defaultInWords?: string;
  /** The variable of the Terraform module that sets it, or why there is none. */
  readonly module: ModuleVariable | NoVariable;
}

/** The caller of the Terraform module sets the key. Name, type, default and conditions of the variable are the schema's. */
export interface ModuleVariable {
  readonly description: string;
  /**
   * The resource that the variable names: where it exists already, there is nothing to name and no variable.
   *
   * @default - there is always a variable
   */
  readonly names?: ResourceName;
}

/** The Terraform module is written with the key's value. */
export interface NoVariable {
  /** Why, or what the caller sets in its place. */
  readonly instead: string;
}

export function isVariable(module: ModuleVariable | NoVariable): module is ModuleVariable {
  return "description" in module;
}

const ENVIRONMENT_PREFIX = "TRAILWARDEN_";

/** `trailName` → `TRAILWARDEN_TRAIL_NAME`. */
export function environmentName(key: string): string {
  return ENVIRONMENT_PREFIX + key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** Whether a variable of the environment is meant for the configuration. */
export function isEnvironmentName(variable: string): boolean {
  return variable.startsWith(ENVIRONMENT_PREFIX);
}

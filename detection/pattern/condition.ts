import type { AddressRange } from "./address";
import type { Scalar } from "./pattern";

/** How `anything-but` compares a text with what it refuses. */
export type RefusedBy = "prefix" | "suffix" | "equals-ignore-case" | "wildcard";

/** What a numeric condition lets through; an end that is not given is open. */
export interface NumberRange {
  readonly bottom?: number;
  readonly openBottom: boolean;
  readonly top?: number;
  readonly openTop: boolean;
}

/** One checked condition of a field, in the terms that a value is tested in. */
export type Condition =
  | { readonly kind: "equals"; readonly value: Scalar }
  | { readonly kind: "address"; readonly range: AddressRange; readonly text: string }
  | { readonly kind: "prefix"; readonly text: string; readonly ignoreCase: boolean }
  | { readonly kind: "suffix"; readonly text: string; readonly ignoreCase: boolean }
  | { readonly kind: "equals-ignore-case"; readonly text: string }
  | { readonly kind: "wildcard"; readonly text: string }
  | { readonly kind: "numeric"; readonly range: NumberRange }
  | { readonly kind: "exists" }
  | { readonly kind: "absent" }
  | { readonly kind: "anything-but"; readonly values: readonly (string | number)[] }
  | { readonly kind: "anything-but"; readonly by: RefusedBy; readonly texts: readonly string[] };

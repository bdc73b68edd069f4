/** The package's main entry, for the programs of users; `docs/library.md` describes it. Our own files import each other directly. */
export { ConfigurationError } from "../config/errors";
export type { Detection, Severity } from "../detection/definition/detection";
export type {
  ChannelProps,
  CustomDetection,
  ResourceProps,
  SubscriberProps,
  SuppressionOwner,
  SuppressionProps,
} from "./deployable/nested-props";
export type { TrailwardenProps, TrailwardenStackProps } from "./deployable/trailwarden-props";
export type { StatementsToAdd } from "./deployment/origin";
export { SynthError } from "./deployment/synth-error";
export { type AlertTopic, Trailwarden } from "./trailwarden";
export { TrailwardenStack } from "./trailwarden-stack";

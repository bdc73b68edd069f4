import type { SynthesizedStack } from "./synthesized-stack";

/**
 * The text with references to arguments of the stack's own resources replaced by their values, as Terraform will:
 * `${aws_sqs_queue.EventsQueue_724D86F7.name}` becomes `trailwarden-events`. What only AWS knows, such as an ARN, stays.
 */
export function withNames({ resource }: SynthesizedStack, text: unknown): string {
  return String(text).replace(/\$\{(\w+)\.([\w-]+)\.(\w+)\}/g, (whole, type: string, id: string, attribute: string) => {
    const value = resource[type]?.[id]?.[attribute];
    return typeof value === "string" ? value : whole;
  });
}

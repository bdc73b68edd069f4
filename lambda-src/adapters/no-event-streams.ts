/**
 * Stands in the bundle for `@smithy/core/event-streams`. S3's client has it for SelectObjectContent, which is not called
 * here, and the SDK loads it when a call needs it: a module that is loaded so makes esbuild wrap whatever it shares with
 * the rest, nearly all of the SDK, and everything wrapped is slower to start.
 */
export class EventStreamSerde {
  constructor() {
    throw new Error("event streams are left out of the bundle, see tools/packaging/bundle.ts");
  }
}

/** Asked for when a client is made, and used by no call that we make. */
export function eventStreamSerdeProvider(): object {
  return {};
}

export function resolveEventStreamSerdeConfig<Config>(config: Config): Config {
  return config;
}

import { ChannelRefusal, ChannelUnavailable } from "../../alerting/channels/channel";
import { oneLine } from "../../detection/events/text";

/** Reads the value of a secret by name or ARN, or of a parameter. */
export type ReadSecret = (id: string) => Promise<string>;

export interface SecretSources {
  /** From Secrets Manager. */
  readonly secret: ReadSecret;
  /** From SSM's Parameter Store, decrypted. */
  readonly parameter: ReadSecret;
}

/** How long a value is used before it is read again, in milliseconds. */
const KEPT_MS = 300_000;
/** How old a value is at the least that is read again after a refusal, in milliseconds: refusals may come by the hundred. */
const REREAD_MS = 5_000;

/** What the services call a request that will be answered later. */
const LATER = /Throttl|TooManyRequests|LimitExceeded|InternalServiceError|InternalServerError|RequestTimeout/;

interface SdkError {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly $fault?: unknown;
}

/** The channels' secrets, read when they are needed and kept for five minutes, so that a rotation needs no deployment. */
export class ChannelSecrets {
  readonly #kept = new Map<string, { readonly value: string; readonly readAt: number }>();

  constructor(
    private readonly sources: SecretSources,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * @param id a parameter of SSM where it begins with `/` or is one's ARN, else a secret of Secrets Manager
   * @param reread reads it again, unless that was a moment ago
   * @throws ChannelRefusal when it does not exist or may not be read; ChannelUnavailable when it can't be read now, and never was
   */
  async value(id: string, reread = false): Promise<string> {
    const kept = this.#kept.get(id);
    const age = kept ? this.now() - kept.readAt : Number.POSITIVE_INFINITY;
    if (kept && age < (reread ? REREAD_MS : KEPT_MS)) return kept.value;
    const isParameter = isParameterId(id);
    try {
      const value = await (isParameter ? this.sources.parameter(id) : this.sources.secret(id));
      if (value.trim() === "") throw new ChannelRefusal(`${nameOf(id)} is empty: put the channel's secret into it`);
      this.#kept.set(id, { value, readAt: this.now() });
      return value;
    } catch (error) {
      const { name, message, $fault }: SdkError = Object(error);
      if (name === "ChannelRefusal") throw error;
      const reason = oneLine(`${String(name)}: ${String(message)}`, 300);
      if ($fault === "client" && !LATER.test(String(name))) {
        // A value that is no longer to be had must not be used on.
        this.#kept.delete(id);
        const help = "check the name, and that the notifier's role may read and decrypt it";
        throw new ChannelRefusal(`${nameOf(id)} can't be read: ${reason}; ${help}`);
      }
      if (kept) return kept.value;
      throw new ChannelUnavailable(`${nameOf(id)} can't be read now: ${reason}`);
    }
  }
}

export function isParameterId(id: string): boolean {
  return id.startsWith("/") || /^arn:[^:]+:ssm:/.test(id);
}

function nameOf(id: string): string {
  return `${isParameterId(id) ? "parameter" : "secret"} ${JSON.stringify(id.slice(0, 200))}`;
}

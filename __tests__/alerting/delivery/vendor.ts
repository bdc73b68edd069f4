import type { Card } from "../../../alerting/channels/card";
import { type Channel, ChannelUnavailable, type SendTools, type Thread } from "../../../alerting/channels/channel";
import type { ConfiguredChannel } from "../../../alerting/channels/configured-channel";
import type { Acknowledgement } from "../../../alerting/incidents/incident";

interface Post {
  readonly channel: string;
  readonly notification: string;
  readonly headline: string;
  readonly thread: string | undefined;
  readonly incident: string | undefined;
  readonly secret: string;
}

/** A vendor in memory, and the kind of channel that sends to it. Settings `name` tells its channels apart. */
export class Vendor {
  readonly posts: Post[] = [];
  readonly shown: { readonly channel: string; readonly thread: string; readonly by: string }[] = [];
  readonly asked: string[] = [];
  /** By channel's name: called before a post is taken; what it throws is the vendor's answer. */
  readonly before = new Map<string, (card: Card, secret: string) => void>();
  /** The same, after it was taken: its answer is lost. */
  readonly after = new Map<string, (card: Card) => void>();
  /** By thread. */
  readonly acknowledgements = new Map<string, Acknowledgement>();

  /** Threads, and says who has acknowledged. */
  readonly chat: Channel = {
    type: "chat",
    label: "Chat",
    settings: {},
    secret: "a token",
    threads: true,
    permissions: () => [],
    render: (card) => ({ card }),
    send: async (card, thread, tools) => {
      const ts = this.#post(card, thread, tools);
      return thread ?? { ts };
    },
    acknowledgement: async ({ ts = "" }, { settings, secret }) => {
      this.asked.push(settings.name ?? "");
      this.before.get(`ask ${settings.name}`)?.({} as Card, secret);
      return this.acknowledgements.get(ts);
    },
    acknowledge: async ({ ts = "" }, { by }, { settings, secret }) => {
      this.before.get(`show ${settings.name}`)?.({} as Card, secret);
      this.shown.push({ channel: settings.name ?? "", thread: ts, by });
      return { ts, acknowledged: by };
    },
  };

  /** Neither. */
  readonly hook: Channel = {
    type: "hook",
    label: "Hook",
    settings: {},
    secret: "an address",
    threads: false,
    permissions: () => [],
    render: (card) => ({ card }),
    send: async (card, thread, tools) => {
      this.#post(card, thread, tools);
      return undefined;
    },
  };

  readonly channelOf = (type: string): Channel | undefined => [this.chat, this.hook].find((each) => each.type === type);

  /** Ids of the notifications that the channel holds, in their order. */
  held(channel: string): readonly string[] {
    return this.posts.filter((post) => post.channel === channel).map(({ notification }) => notification);
  }

  #post(card: Card, thread: Thread | undefined, { settings, secret }: SendTools): string {
    const channel = settings.name ?? "";
    this.before.get(channel)?.(card, secret);
    this.posts.push({
      channel,
      notification: card.notificationId,
      headline: card.headline,
      thread: thread?.ts,
      incident: card.incident?.id,
      secret,
    });
    const ts = `${channel}-${this.held(channel).length}`;
    this.after.get(channel)?.(card);
    return ts;
  }
}

/** A configured channel, called by its id. */
export function channel(id: string, over: Partial<ConfiguredChannel> = {}): ConfiguredChannel {
  return { id, type: "chat", secret: `/secrets/${id}`, minSeverity: "low", settings: { name: id }, ...over };
}

export const unavailable = (retryAfterSeconds?: number) => () => {
  throw new ChannelUnavailable("overloaded", retryAfterSeconds);
};

import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import type { Construct } from "constructs";

/**
 * The value as people read it, with words in the place of Terraform's references.
 *
 * @param words references by the word that stands in for each
 */
export function renderTokens<T>(scope: Construct, value: T, words: Readonly<Record<string, string>>): T {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const json = (tokens: unknown) => JSON.stringify(Tokenization.resolve(tokens, { scope, resolver, preparing: false }));
  const rendered = Object.entries(words).reduce(
    (text, [word, reference]) => text.replaceAll(JSON.parse(json(reference)) as string, word),
    json(value),
  );
  return JSON.parse(rendered) as T;
}

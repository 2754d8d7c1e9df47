/**
 * Live examples: every `html` fence of a page is one, which the page shows and runs. The fences right behind it go
 * with it:
 *
 * ```html          the example itself; `html as=ana` makes it the page of a user who is signed in
 * ```css           its styles, for nothing but this example
 * ```js            its script
 * ```json publish  what a back end publishes for it, with a button that does
 * ```json before   what it published before the page was rendered
 *
 * Whatever stands elsewhere is only shown.
 */
import type { Token } from 'markdown-it';

export interface Example {
  /** Of its element on the page. */
  readonly id: string;
  /** The heading it stands under. */
  readonly heading: string;
  /** The user's id: letters and digits. */
  readonly as?: string;
  readonly html: string;
  readonly css?: string;
  readonly js?: string;
  /** A request of `POST /api/publish`, as JSON. */
  readonly publish?: string;
  /** Another one, or a batch. */
  readonly before?: string;
}

/** An example's fences beside its HTML, by their info string. */
const companions = { css: 'css', js: 'js', 'json publish': 'publish', 'json before': 'before' } as const;

/** Type of the tokens that stand for examples; their `meta` is the {@link Example}. */
export const EXAMPLE_TOKEN = 'example';

/**
 * Puts one token in place of each example's fences.
 *
 * @throws {Error} An `html` fence asks for something unknown, an example has two fences of a kind, or something is
 *   published that goes with none; the message names the line.
 */
export function joinExamples(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  let heading = '';
  let count = 0;
  for (const [index, token] of tokens.entries()) {
    if (tokens[index - 1]?.type === 'heading_open') heading = plainText(token);
    const info = token.type === 'fence' ? token.info.trim() : '';
    const fail = (problem: string) => new Error(`line ${(token.map?.[0] ?? 0) + 1}: ${problem}`);
    const last = joined.at(-1);
    if (/^html\b/.test(info)) {
      const match = /^html(?: as=([a-z0-9]+))?$/.exec(info);
      if (!match) throw fail(`expected "html" or "html as=user", got "${info}"`);
      const meta = { id: `example-${++count}`, heading, as: match[1], html: token.content };
      joined.push(Object.assign(token, { type: EXAMPLE_TOKEN, meta }));
    } else if (Object.hasOwn(companions, info) && last?.type === EXAMPLE_TOKEN && last.meta) {
      const key = companions[info as keyof typeof companions];
      if (last.meta[key] !== undefined) throw fail(`a second "${info}" for one example`);
      last.meta[key] = token.content;
    } else if (info.startsWith('json ')) {
      throw fail(`"${info}" needs an "html" right before it`);
    } else {
      joined.push(token);
    }
  }
  return joined;
}

/** What a token of {@link EXAMPLE_TOKEN} stands for. */
export function exampleOf({ meta }: Token): Example {
  return meta as unknown as Example;
}

/** All examples in tokens that {@link joinExamples} returned. */
export function examplesIn(tokens: readonly Token[]): Example[] {
  return tokens.filter(({ type }) => type === EXAMPLE_TOKEN).map(exampleOf);
}

/** An inline token's text, without its marks. */
export function plainText(token: Token | undefined): string {
  return (token?.children ?? []).map(({ type, content }) => (type === 'softbreak' ? ' ' : content)).join('');
}

/**
 * Styles that reach nothing but their example: nested in it, without adding to what a selector weighs. What is set on
 * `:root` is set on the example.
 */
export function scopeStyles(css: string, id: string): string {
  return `:where(#${id}) {\n${css.replaceAll(':root', '&')}}\n`;
}

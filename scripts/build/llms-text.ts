import { elementSection } from '../readme-sections.ts';
import { elementsOf, type Manifest } from './manifest.ts';

export interface About {
  name: string;
  description: string;
  /** Paths from the root of the package. */
  documents: { path: string; title: string }[];
}

/** `llms.txt` (llmstxt.org): the package for a language model, in Markdown. It lies one folder below the documents. */
export function llmsText(manifest: Manifest, { name, description, documents }: About): string {
  return `# ${name}

> ${description}

The script tag registers every element, then they are written as HTML. Nothing is built and no JavaScript is needed: attributes
configure, events tell, CSS parts and custom properties style. All elements on a page share one connection. Events bubble as
\`CustomEvent\`; a boolean attribute is on where it is present, whatever its value.

## Script tag

\`\`\`html
<script src="/assets/ws-elements.js" data-url="wss://shop.example/ws" data-token-url="/websocket/token" defer></script>
\`\`\`

\`data-url\` is the server's address, by default the page's own origin with the path \`/ws\`. \`data-token-url\` answers
\`{"token": "…"}\`, a short-lived JWT that says who the user is and what they may do. With a bundler, import one element each:
\`import '${name}/elements/<name>.js'\`, where the tag is \`ws-<name>\`.

## Elements

${elementsOf(manifest).map(elementSection).join('\n\n')}

## Docs

${documents.map(({ path, title }) => `- [${title}](../${path})`).join('\n')}
- [Custom elements manifest](custom-elements.json)
`;
}

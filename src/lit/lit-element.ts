/**
 * Lit's element class for the script tag's file: of `LitElement` what our elements use. Every property has an
 * attribute, a string or a boolean unless it brings a `converter`; only booleans reflect. An element has one controller.
 */
import { render } from './templates.ts';

interface PropertyOptions {
  attribute?: string;
  type?: BooleanConstructor;
  reflect?: boolean;
  converter?: (value: string | null) => unknown;
  /** What it is until it is set, and while it is null; a boolean is false. */
  initial?: unknown;
}

interface Controller {
  hostConnected(): void;
  hostDisconnected(): void;
  hostUpdate(): void;
}

/** @param text Without expressions: see template-literals.ts. */
export function css([text]: TemplateStringsArray): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text as string);
  return sheet;
}

export abstract class LitElement extends HTMLElement {
  static styles?: CSSStyleSheet[];
  static properties?: Record<string, PropertyOptions>;

  /** Of its properties and its base classes', by attribute. */
  static attributes: Record<string, PropertyOptions & { attribute: string; name: string }>;

  /** The last update. */
  declare updateComplete?: Promise<unknown>;

  /** By property. */
  readonly #values: Record<string, unknown> = {};
  #controller?: Controller;
  #isPending = false;

  /** Turns properties into accessors; the browser asks for it when the class is defined. */
  static get observedAttributes(): string[] {
    // biome-ignore-start lint/complexity/noThisInStatic: the class that is being defined.
    this.attributes = {};
    for (let element = this; element.properties; element = Object.getPrototypeOf(element)) {
      for (const [name, options] of Object.entries(element.properties)) {
        const { attribute = name.toLowerCase(), type, initial = type && false } = options;
        this.attributes[attribute] ??= { ...options, attribute, name };
        Object.defineProperty(this.prototype, name, {
          // A class without properties of its own comes upon its base's twice.
          configurable: true,
          get() {
            return this.#values[name] ?? initial;
          },
          set(value) {
            if (value === this.#values[name]) return;
            this.#values[name] = value;
            this.requestUpdate();
          },
        });
      }
    }
    return Object.keys(this.attributes);
    // biome-ignore-end lint/complexity/noThisInStatic: the class that is being defined.
  }

  addController(controller: Controller): void {
    this.#controller = controller;
  }

  /** Not by the accessors, which may be hidden still: see `connectedCallback`. */
  attributeChangedCallback(changed: string, _: string | null, value: string | null): void {
    const { name, type, converter } = this.#class.attributes[changed] as { name: string } & PropertyOptions;
    this.#values[name] = converter ? converter(value) : type ? value !== null : value;
    this.requestUpdate();
  }

  connectedCallback(): void {
    if (!this.shadowRoot) {
      this.attachShadow({ mode: 'open' }).adoptedStyleSheets = this.#class.styles ?? [];
      // What was set before the element was defined hides the accessors, and goes before its attributes.
      const own = this as unknown as Record<string, unknown>;
      for (const { name } of Object.values(this.#class.attributes)) {
        if (!Object.hasOwn(own, name)) continue;
        const value = own[name];
        delete own[name];
        own[name] = value;
      }
    }
    this.requestUpdate();
    this.#controller?.hostConnected();
  }

  disconnectedCallback(): void {
    this.#controller?.hostDisconnected();
  }

  /** No update before the element is connected. */
  requestUpdate(): void {
    if (this.#isPending || !this.shadowRoot) return;
    this.#isPending = true;
    this.updateComplete = this.#update();
  }

  abstract render(): unknown;
  willUpdate(): void {}
  updated(): void {}

  get #class() {
    return this.constructor as typeof LitElement;
  }

  async #update(): Promise<void> {
    // What is set in succession is drawn once.
    await undefined;
    let content: unknown;
    try {
      this.willUpdate();
      this.#controller?.hostUpdate();
      content = this.render();
      for (const { attribute, name, reflect } of Object.values(this.#class.attributes))
        if (reflect) this.toggleAttribute(attribute, !!this[name as keyof this]);
    } finally {
      this.#isPending = false;
    }
    render(content, this.shadowRoot as ShadowRoot);
    this.updated();
  }
}

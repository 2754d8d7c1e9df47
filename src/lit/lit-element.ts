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
  static styles: CSSStyleSheet[] = [];
  static properties?: Record<string, PropertyOptions>;

  /** Of its properties and its base classes', by attribute. */
  static attributes: Record<string, PropertyOptions & { attribute: string; name: string }>;

  /** By property. */
  readonly #values: Record<string, unknown> = {};
  /** Set on the element before it was defined, where it hides the accessors. */
  #given: Record<string, unknown> = {};
  #controller?: Controller;
  #isPending = false;
  #updated?: Promise<unknown>;

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

  constructor() {
    super();
    for (const { name } of this.#attributes) {
      if (!Object.hasOwn(this, name)) continue;
      this.#given[name] = this.#own[name];
      delete this.#own[name];
    }
  }

  get updateComplete(): Promise<unknown> | undefined {
    return this.#updated;
  }

  addController(controller: Controller): void {
    this.#controller = controller;
  }

  attributeChangedCallback(changed: string, _: string | null, value: string | null): void {
    for (const { attribute, name, type, converter } of this.#attributes)
      if (attribute === changed)
        this.#own[name] = converter ? converter(value) : type ? value !== null : value;
  }

  connectedCallback(): void {
    if (!this.shadowRoot) {
      const { styles } = this.constructor as typeof LitElement;
      this.attachShadow({ mode: 'open' }).adoptedStyleSheets = styles;
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
    this.#updated = this.#update();
  }

  abstract render(): unknown;
  willUpdate(): void {}
  updated(): void {}

  get #attributes() {
    return Object.values((this.constructor as typeof LitElement).attributes);
  }

  get #own() {
    return this as unknown as Record<string, unknown>;
  }

  async #update(): Promise<void> {
    // What is set in succession is drawn once.
    await undefined;
    try {
      Object.assign(this, this.#given);
      this.#given = {};
      this.willUpdate();
      this.#controller?.hostUpdate();
      const content = this.render();
      for (const { attribute, name, reflect } of this.#attributes)
        if (reflect) this.toggleAttribute(attribute, !!this.#own[name]);
      this.#isPending = false;
      render(content, this.shadowRoot as ShadowRoot);
      this.updated();
    } catch (error) {
      this.#isPending = false;
      reportError(error);
    }
  }
}

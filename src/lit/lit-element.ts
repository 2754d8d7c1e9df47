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
  static styles?: CSSStyleSheet | CSSStyleSheet[];
  static properties?: Record<string, PropertyOptions>;

  /** Of its properties and its base classes', by attribute. */
  static attributes: Record<string, PropertyOptions & { attribute: string; name: string }>;

  isUpdatePending = false;
  renderRoot?: ShadowRoot;

  /** By property. */
  readonly #values: Record<string, unknown> = {};
  /** Set on the element before it was defined, where it hides the accessors. */
  #given: Record<string, unknown> = {};
  #controller?: Controller;
  #enable!: (value?: unknown) => void;
  /** Fulfilled with the last update; no update before the element is connected. */
  #updated: Promise<unknown> = new Promise((resolve) => {
    this.#enable = resolve;
  });

  /** Turns properties into accessors; the browser asks for it when the class is defined. */
  static get observedAttributes(): string[] {
    // biome-ignore-start lint/complexity/noThisInStatic: the class that is being defined.
    this.attributes = {};
    for (let element = this; element.properties; element = Object.getPrototypeOf(element)) {
      for (const [name, options] of Object.entries(element.properties)) {
        const { attribute = name.toLowerCase() } = options;
        this.attributes[attribute] ??= { ...options, attribute, name };
        Object.defineProperty(this.prototype, name, {
          configurable: true,
          get() {
            return this.#values[name];
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
    const own = this as unknown as Record<string, unknown>;
    for (const { name } of Object.values(this.#attributes)) {
      if (!Object.hasOwn(this, name)) continue;
      this.#given[name] = own[name];
      delete own[name];
    }
    this.requestUpdate();
  }

  get updateComplete(): Promise<unknown> {
    return this.#updated;
  }

  addController(controller: Controller): void {
    this.#controller = controller;
  }

  attributeChangedCallback(attribute: string, _: string | null, value: string | null): void {
    const options = this.#attributes[attribute];
    if (!options) return;
    const { name, type, converter } = options;
    const own = this as unknown as Record<string, unknown>;
    own[name] = converter ? converter(value) : type ? value !== null : value;
  }

  connectedCallback(): void {
    if (!this.renderRoot) {
      this.renderRoot = this.attachShadow({ mode: 'open' });
      const { styles = [] } = this.constructor as typeof LitElement;
      this.renderRoot.adoptedStyleSheets = [styles].flat();
    }
    this.#enable();
    this.#controller?.hostConnected();
  }

  disconnectedCallback(): void {
    this.#controller?.hostDisconnected();
  }

  requestUpdate(): void {
    if (this.isUpdatePending) return;
    this.isUpdatePending = true;
    this.#updated = this.#updated.then(() => {
      try {
        this.#update();
      } catch (error) {
        this.isUpdatePending = false;
        reportError(error);
      }
      return !this.isUpdatePending;
    });
  }

  abstract render(): unknown;
  willUpdate(): void {}
  updated(): void {}

  get #attributes() {
    return (this.constructor as typeof LitElement).attributes;
  }

  #update(): void {
    Object.assign(this, this.#given);
    this.#given = {};
    this.willUpdate();
    this.#controller?.hostUpdate();
    const content = this.render();
    for (const { attribute, name, reflect } of Object.values(this.#attributes))
      if (reflect) this.toggleAttribute(attribute, !!this[name as keyof this]);
    this.isUpdatePending = false;
    render(content, this.renderRoot as ShadowRoot, { host: this });
    this.updated();
  }
}

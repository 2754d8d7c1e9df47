/**
 * Lit's element class for the script tag's file: of `LitElement` what our elements use. Every property has an
 * attribute, a string or a boolean unless it brings a `converter`; only booleans reflect.
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

type Attributes = Record<string, PropertyOptions & { name: string }>;

type ElementClass = typeof LitElement & { properties?: Record<string, PropertyOptions> };

const attributesByClass = new Map<ElementClass, Attributes>();

/** @param text Without expressions: see template-literals.ts. */
export function css([text]: TemplateStringsArray): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text as string);
  return sheet;
}

/** By attribute; reads `static properties` once, and turns them into accessors. */
function attributesOf(element: ElementClass): Attributes {
  if (element === LitElement) return {};
  let attributes = attributesByClass.get(element);
  if (attributes) return attributes;
  attributes = { ...attributesOf(Object.getPrototypeOf(element)) };
  attributesByClass.set(element, attributes);
  const properties = (Object.hasOwn(element, 'properties') && element.properties) || {};
  for (const name in properties) {
    const options = properties[name] as PropertyOptions;
    attributes[options.attribute ?? name.toLowerCase()] = { ...options, name };
    const values = new WeakMap<LitElement, unknown>();
    Object.defineProperty(element.prototype, name, {
      get() {
        return values.get(this);
      },
      set(value) {
        if (value === values.get(this)) return;
        values.set(this, value);
        this.requestUpdate();
      },
    });
  }
  return attributes;
}

export class LitElement extends HTMLElement {
  static styles?: CSSStyleSheet | CSSStyleSheet[];

  hasUpdated = false;
  isUpdatePending = false;
  renderRoot?: ShadowRoot;

  /** Set on the element before it was defined, where it hides the accessors. */
  #given: Record<string, unknown> = {};
  readonly #controllers: Controller[] = [];
  #enable!: (value?: unknown) => void;
  /** Fulfilled with the last update; no update before the element is connected. */
  #updated: Promise<unknown> = new Promise((resolve) => {
    this.#enable = resolve;
  });

  static get observedAttributes(): string[] {
    // biome-ignore lint/complexity/noThisInStatic: of the class that is being defined.
    return Object.keys(attributesOf(this));
  }

  constructor() {
    super();
    const own = this as unknown as Record<string, unknown>;
    for (const { name } of Object.values(attributesOf(this.constructor as ElementClass))) {
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
    this.#controllers.push(controller);
  }

  attributeChangedCallback(attribute: string, _: string | null, value: string | null): void {
    const options = attributesOf(this.constructor as ElementClass)[attribute];
    if (!options) return;
    const { name, type, converter } = options;
    Object.assign(this, { [name]: converter ? converter(value) : type ? value !== null : value });
  }

  connectedCallback(): void {
    if (!this.renderRoot) {
      this.renderRoot = this.attachShadow({ mode: 'open' });
      const { styles = [] } = this.constructor as ElementClass;
      this.renderRoot.adoptedStyleSheets = [styles].flat();
    }
    this.#enable();
    for (const controller of this.#controllers) controller.hostConnected();
  }

  disconnectedCallback(): void {
    for (const controller of this.#controllers) controller.hostDisconnected();
  }

  requestUpdate(): void {
    if (this.isUpdatePending) return;
    this.isUpdatePending = true;
    this.#updated = this.#updated.then(() => {
      try {
        this.#update();
      } catch (error) {
        reportError(error);
      }
      return !this.isUpdatePending;
    });
  }

  render(): unknown {
    return '';
  }
  willUpdate(): void {}
  firstUpdated(): void {}
  updated(): void {}

  #update(): void {
    const isFirst = !this.hasUpdated;
    try {
      Object.assign(this, this.#given);
      this.#given = {};
      this.willUpdate();
      for (const controller of this.#controllers) controller.hostUpdate();
      const content = this.render();
      const attributes = Object.entries(attributesOf(this.constructor as ElementClass));
      for (const [attribute, { name, reflect }] of attributes)
        if (reflect) this.toggleAttribute(attribute, !!this[name as keyof this]);
      this.isUpdatePending = false;
      render(content, this.renderRoot as ShadowRoot, { host: this });
    } finally {
      this.isUpdatePending = false;
    }
    this.hasUpdated = true;
    if (isFirst) this.firstUpdated();
    this.updated();
  }
}

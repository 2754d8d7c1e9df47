/**
 * Stands for `lit` in the script tag's file: its `html`, and of `LitElement` what our elements use, a fifth of its size.
 * Every property has an attribute, a string or a boolean unless it brings a `converter`; only booleans reflect. The
 * modules have the real one. Element tests run on both; the build stops at an import that is missing here.
 */
import { render } from 'lit-html';

export { html, nothing, render } from 'lit-html';

/** @param {TemplateStringsArray} strings - Without expressions: see template-literals.ts. */
export function css([text]) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

/** By class: for each attribute its property's name and options. */
const known = new Map();

function attributesOf(element) {
  if (element === LitElement) return {};
  if (!known.has(element)) {
    const attributes = { ...attributesOf(Object.getPrototypeOf(element)) };
    known.set(element, attributes);
    const properties = Object.hasOwn(element, 'properties') && element.properties;
    for (const name in properties) {
      const { attribute = name.toLowerCase() } = properties[name];
      attributes[attribute] = { ...properties[name], name };
      const key = Symbol();
      Object.defineProperty(element.prototype, name, {
        get() {
          return this[key];
        },
        set(value) {
          if (value === this[key]) return;
          this[key] = value;
          this.requestUpdate();
        },
      });
    }
  }
  return known.get(element);
}

export class LitElement extends HTMLElement {
  hasUpdated = false;
  isUpdatePending = false;
  /** Set on the element before it was defined, where it hides the accessors. */
  #given = {};
  #controllers = [];
  #enable;
  /** Fulfilled with the last update; no update before the element is connected. */
  #updated = new Promise((resolve) => {
    this.#enable = resolve;
  });

  static get observedAttributes() {
    return Object.keys(attributesOf(this));
  }

  constructor() {
    super();
    for (const { name } of Object.values(attributesOf(this.constructor))) {
      if (!Object.hasOwn(this, name)) continue;
      this.#given[name] = this[name];
      delete this[name];
    }
    this.requestUpdate();
  }

  get updateComplete() {
    return this.#updated;
  }

  addController(controller) {
    this.#controllers.push(controller);
  }

  attributeChangedCallback(attribute, _, value) {
    const { name, type, converter } = attributesOf(this.constructor)[attribute];
    this[name] = converter ? converter(value) : type ? value !== null : value;
  }

  connectedCallback() {
    if (!this.renderRoot) {
      this.renderRoot = this.attachShadow({ mode: 'open' });
      this.renderRoot.adoptedStyleSheets = [this.constructor.styles ?? []].flat();
    }
    this.#enable();
    for (const controller of this.#controllers) controller.hostConnected();
  }

  disconnectedCallback() {
    for (const controller of this.#controllers) controller.hostDisconnected();
  }

  requestUpdate() {
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

  #update() {
    const isFirst = !this.hasUpdated;
    try {
      Object.assign(this, this.#given);
      this.#given = {};
      this.willUpdate?.();
      for (const controller of this.#controllers) controller.hostUpdate();
      const content = this.render();
      for (const [attribute, { name, reflect }] of Object.entries(attributesOf(this.constructor)))
        if (reflect) this.toggleAttribute(attribute, this[name]);
      this.isUpdatePending = false;
      render(content, this.renderRoot, { host: this });
    } finally {
      this.isUpdatePending = false;
    }
    this.hasUpdated = true;
    if (isFirst) this.firstUpdated?.();
    this.updated?.();
  }
}

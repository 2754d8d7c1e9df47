import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { findScript, resolveConfiguration } from './configuration.ts';
import { acquire, keyOf } from './registry.ts';
import type { Configuration } from './shared-connection.ts';
import type { Connection, ConnectionOptions, ConnectionStatus } from './types.ts';

/** An element that wants a connection; its own `url`, `token` and `tokenUrl` come first. */
export type ConnectionHost = ReactiveControllerHost &
  Element &
  Pick<ConnectionOptions, 'url' | 'token' | 'tokenUrl'>;

const controllers = new Set<ConnectionController>();
const observer = new MutationObserver(refreshConfiguration);

/** Lets every element look again where its connection comes from. */
export function refreshConfiguration(): void {
  for (const controller of [...controllers]) controller.hostUpdate();
}

/**
 * The bridge from elements to the connection: holds the one that the element's surroundings ask for, from its first
 * update to its removal, changes it when they change, and updates the element with each change of status.
 */
export class ConnectionController implements ReactiveController {
  /** Undefined before the first update and while removed. */
  connection: Connection | undefined;

  readonly #host: ConnectionHost;
  readonly #changed?: (connection: Connection | undefined, previous: Connection | undefined) => void;
  #key: string | undefined;
  #stopListening: (() => void) | undefined;

  /** @param changed - The connection is another, or none any more: subscribe anew. */
  constructor(
    host: ConnectionHost,
    changed?: (connection: Connection | undefined, previous: Connection | undefined) => void,
  ) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  get status(): ConnectionStatus {
    return this.connection?.status ?? { state: 'connecting' };
  }

  hostConnected(): void {
    const script = findScript();
    controllers.add(this);
    if (script) observer.observe(script, { attributes: true });
    // Not at once: attributes that are set right after the element was made come first.
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    controllers.delete(this);
    this.#use();
  }

  hostUpdate(): void {
    if (controllers.has(this)) this.#use(resolveConfiguration(this.#host));
  }

  #use(configuration?: Configuration): void {
    const key = configuration && keyOf(configuration);
    const previous = this.connection;
    if (key === this.#key) return;
    this.#key = key;
    this.#stopListening?.();
    this.connection = configuration && acquire(configuration);
    this.#stopListening = this.connection?.onStatusChange(() => this.#host.requestUpdate());
    this.#changed?.(this.connection, previous);
    previous?.release();
    this.#host.requestUpdate();
  }
}

import type { PublishRequest } from '../protocol/src/index.ts';

/** The shop's systems, as its back end knows them; pages show them before any script arrives. */
export interface System {
  readonly id: string;
  readonly label: string;
  status: string;
  message: string;
}

const STATUSES: Record<string, string> = {
  online: 'is operational',
  degraded: 'answers slowly',
  offline: 'does not answer',
};

export const PRIORITIES = ['low', 'normal', 'high'];
export const STATUS_NAMES = Object.keys(STATUSES);

/** A form that cannot be what a page of ours sent. */
export class FormError extends Error {
  override readonly name = 'FormError';
}

/** The demo's own back end. It reaches pages as any PHP application would: by `POST /api/publish` with the key. */
export class BackEnd {
  readonly systems: readonly System[] = [
    { id: 'payment_gateway', label: 'Payment gateway', status: 'online', message: '' },
    { id: 'shipping', label: 'Shipping labels', status: 'online', message: '' },
    { id: 'stock', label: 'Stock sync', status: 'online', message: '' },
  ];
  readonly #publishUrl: URL;
  readonly #apiKey: string;
  #nextOrder = 12346;

  /** @param server - The server's address, `http://…`. */
  constructor(server: string, apiKey: string) {
    this.#publishUrl = new URL('/api/publish', server);
    this.#apiKey = apiKey;
    for (const system of this.systems) system.message = describe(system, 'online');
  }

  /** Tells one user, or everyone, of a new order. */
  async notify(user: string | undefined, priority: string): Promise<void> {
    if (!PRIORITIES.includes(priority)) throw new FormError(`priority: expected ${PRIORITIES.join(', ')}`);
    const order = this.#nextOrder++;
    await this.publish({
      ...(user === undefined ? { broadcast: true } : { user }),
      data: {
        type: 'notification',
        title: 'New order',
        message: `You have received a new order #${order}`,
        priority,
        actions: [{ name: 'accept', label: 'Accept' }],
        timestamp: new Date().toISOString(),
      },
      idempotencyKey: `order-${order}`,
    });
  }

  /** Sets a system's status and tells everyone. */
  async setStatus(id: string, status: string): Promise<void> {
    const system = this.systems.find((candidate) => candidate.id === id);
    if (!system) throw new FormError(`system: expected ${this.systems.map(({ id }) => id).join(', ')}`);
    if (!STATUS_NAMES.includes(status)) throw new FormError(`status: expected ${STATUS_NAMES.join(', ')}`);
    system.status = status;
    system.message = describe(system, status);
    await this.publish({
      broadcast: true,
      data: {
        type: 'status_update',
        system: id,
        status,
        message: system.message,
        timestamp: new Date().toISOString(),
      },
    });
  }

  /** Writes to a chat as one of the shop's own programs. */
  async say(name: string, message: string): Promise<void> {
    await this.publish({
      channel: 'lobby',
      data: { type: 'message', userId: `bot:${name.toLowerCase()}`, name, message },
    });
  }

  async publish(request: PublishRequest): Promise<void> {
    const response = await fetch(this.#publishUrl, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(2000),
    });
    if (!response.ok) {
      throw new Error(`POST /api/publish: expected 200, got ${response.status} ${await response.text()}`);
    }
    await response.arrayBuffer();
  }
}

function describe(system: System, status: string): string {
  return `${system.label} ${STATUSES[status]}`;
}

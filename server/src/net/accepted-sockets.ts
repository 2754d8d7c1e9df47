import type { BlockList, Socket } from 'node:net';
import { isIn } from './address-ranges.ts';
import { addressKey, plainAddress } from './client-address.ts';
import { Tally } from './tally.ts';

interface AcceptedSocket {
  /** When it was accepted, ms; `undefined` once it is through to what it came for. */
  waitingSince: number | undefined;
  /** What it is counted by; a trusted proxy's only once its request says whose it is. */
  address: string | undefined;
  /** The limit that it came above. Those before it keep their place, however many come behind. */
  excess: Excess | undefined;
}

type Excess = 'connections' | 'connectionsPerAddress';

export interface SocketLimits {
  connections: number;
  connectionsPerAddress: number;
  connecting: number;
}

/**
 * Every TCP socket from accept to close, whether or not it ever says a word: connections count from here, and here those
 * are found that take too long to become one.
 */
export class AcceptedSockets {
  readonly #sockets = new Map<Socket, AcceptedSocket>();
  readonly #byAddress = new Tally();
  readonly #limits: SocketLimits;
  readonly #proxies: BlockList;

  constructor(limits: SocketLimits, proxies: BlockList) {
    this.#limits = limits;
    this.#proxies = proxies;
  }

  get size(): number {
    return this.#sockets.size;
  }

  /**
   * Counts a socket until it closes. Up to twice a limit it may go on, so that it can be told by a close code what is
   * wrong; beyond that it is destroyed.
   *
   * @returns false if it was, or is counted already.
   */
  accept(socket: Socket, now: number): boolean {
    if (this.#sockets.has(socket)) return false;
    const peer = plainAddress(socket.remoteAddress ?? '');
    const address = isIn(this.#proxies, peer) ? undefined : addressKey(peer);
    if (
      this.#sockets.size >= 2 * this.#limits.connections ||
      (address !== undefined && this.#byAddress.count(address) >= 2 * this.#limits.connectionsPerAddress)
    ) {
      socket.destroy();
      return false;
    }
    if (address !== undefined) this.#byAddress.add(address);
    const excess = this.#sockets.size >= this.#limits.connections ? 'connections' : this.#excessOf(address);
    this.#sockets.set(socket, { waitingSince: now, address, excess });
    return true;
  }

  /** Counts a proxy's socket for the client that its request named. */
  attribute(socket: Socket, address: string): void {
    const accepted = this.#sockets.get(socket);
    if (!accepted || accepted.address !== undefined) return;
    accepted.address = addressKey(address);
    this.#byAddress.add(accepted.address);
    accepted.excess ??= this.#excessOf(accepted.address);
  }

  /** Which limit a socket was above when it came, now that it wants to be a connection. */
  excess(socket: Socket): Excess | undefined {
    return this.#sockets.get(socket)?.excess;
  }

  /** It said what it wants, or was told `welcome`: its time to connect no longer runs. */
  settle(socket: Socket): void {
    const accepted = this.#sockets.get(socket);
    if (accepted) accepted.waitingSince = undefined;
  }

  release(socket: Socket): void {
    const accepted = this.#sockets.get(socket);
    if (!accepted) return;
    this.#sockets.delete(socket);
    if (accepted.address !== undefined) this.#byAddress.remove(accepted.address);
  }

  /** Destroys those that took longer than `limits.connecting`. @returns how many. */
  sweep(now: number): number {
    let count = 0;
    for (const [socket, { waitingSince }] of this.#sockets) {
      if (waitingSince === undefined || now - waitingSince < this.#limits.connecting) continue;
      socket.destroy();
      count += 1;
    }
    return count;
  }

  destroyAll(): void {
    for (const socket of this.#sockets.keys()) socket.destroy();
  }

  #excessOf(address: string | undefined): Excess | undefined {
    return address !== undefined && this.#byAddress.count(address) > this.#limits.connectionsPerAddress
      ? 'connectionsPerAddress'
      : undefined;
  }
}

import type { BlockList, Socket } from 'node:net';
import { isIn } from './address-ranges.ts';
import { addressKey, plainAddress } from './client-address.ts';
import { Tally } from './tally.ts';

interface AcceptedSocket {
  /** When it was accepted, ms; `undefined` once it is through to what it came for. */
  waitingSince: number | undefined;
  /** What it is counted by; a trusted proxy's only once its request says whose it is. */
  address: string | undefined;
}

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
   * @returns false if it was.
   */
  accept(socket: Socket, now: number): boolean {
    const peer = plainAddress(socket.remoteAddress ?? '');
    const address = isIn(this.#proxies, peer) ? undefined : addressKey(peer);
    if (
      this.#sockets.size >= 2 * this.#limits.connections ||
      (address !== undefined && this.#byAddress.count(address) >= 2 * this.#limits.connectionsPerAddress)
    ) {
      socket.destroy();
      return false;
    }
    this.#sockets.set(socket, { waitingSince: now, address });
    if (address !== undefined) this.#byAddress.add(address);
    return true;
  }

  /** Counts a proxy's socket for the client that its request named. */
  attribute(socket: Socket, address: string): void {
    const accepted = this.#sockets.get(socket);
    if (!accepted || accepted.address !== undefined) return;
    accepted.address = addressKey(address);
    this.#byAddress.add(accepted.address);
  }

  /** Which limit a socket is above, now that it wants to be a connection. */
  excess(socket: Socket): 'connections' | 'connectionsPerAddress' | undefined {
    if (this.#sockets.size > this.#limits.connections) return 'connections';
    const address = this.#sockets.get(socket)?.address;
    return address !== undefined && this.#byAddress.count(address) > this.#limits.connectionsPerAddress
      ? 'connectionsPerAddress'
      : undefined;
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
}

import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import type { Position } from '../../protocol/src/position.ts';
import { launchChromium } from '../support/chromium.ts';
import { type Site, signToken, startSite } from '../support/site.ts';
import { BackEnd } from './back-end.ts';
import { ChaosPage } from './chaos-page.ts';
import { compare, type Entry, type Problem } from './compare.ts';
import { publishByHttp } from './http-publisher.ts';
import { Line } from './line.ts';
import type { Off } from './off.ts';
import type { Fault, Plan } from './plan.ts';
import { Random } from './random.ts';
import { ScriptedClient } from './scripted-client.ts';
import { ServerProcess } from './server-process.ts';

export interface Result {
  publications: number;
  kills: number;
  linkFaults: number;
  pageFaults: number;
  /** What does not agree at the end; empty if all is well. */
  problems: Problem[];
  seconds: number;
}

/** Nothing was published or delivered for so long: there is no more to come, ms. */
const STUCK = 45_000;
/** How often is looked whether everybody has everything, ms. */
const LOOK = 200;
/** For what comes although everybody has everything, ms. */
const QUIET = 500;

/** Goes through a plan and says what came of it. Everything it starts has ended when it returns. */
export async function runChaos(plan: Plan, off?: Off): Promise<Result> {
  const begin = performance.now();
  const run = new Run(plan, off);
  try {
    await run.start();
    await run.publish();
    await run.settle();
    return { ...(await run.judge()), seconds: (performance.now() - begin) / 1000 };
  } finally {
    await run.end();
  }
}

/** Everything that takes part, from its start to its end. */
class Run {
  readonly #plan: Plan;
  readonly #off: Off | undefined;
  readonly #random: Random;
  readonly #secret = randomBytes(32).toString('base64url');
  readonly #apiKey = randomBytes(24).toString('base64url');
  readonly #backEnd = new BackEnd(() => this.#server.port, this.#apiKey);
  readonly #stop = new AbortController();
  readonly #lines = new Map<string, Line>();
  readonly #clients = new Map<string, ScriptedClient>();
  readonly #pages = new Map<string, ChaosPage>();
  readonly #acknowledged: Entry[] = [];
  #folder = '';
  #server!: ServerProcess;
  #browser: Browser | undefined;
  #site: Site | undefined;
  #kills = 0;
  /** Messages that are no longer with who published them. */
  #settled = 0;
  /** When something last was settled or delivered. */
  #movedAt = performance.now();
  /** How many of the plan's faults were begun. */
  #begun = 0;
  /** Kills one after the other, each until the server is there again. */
  #killing: Promise<void> = Promise.resolve();

  constructor(plan: Plan, off: Off | undefined) {
    this.#plan = plan;
    this.#off = off;
    this.#random = new Random(plan.seed);
  }

  async start(): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), 'ws-chaos-'));
    this.#server = new ServerProcess(
      {
        secret: this.#secret,
        apiKey: this.#apiKey,
        history: `sqlite:${join(this.#folder, 'history.sqlite')}`,
        heartbeat: 1000,
        retention: ['*=1000000/30d/1G', 'user:*=1000000/30d/1G'],
        limits: { publications: 1_000_000, frames: 1_000_000, errors: 1_000_000 },
      },
      this.#off,
    );
    await this.#server.start();
    for (const name of this.#plan.messages.keys()) {
      this.#lines.set(name, await Line.open(() => this.#server.port));
    }
    const positions = await this.#backEnd.positions(this.#plan.channels);
    for (const name of this.#named('client')) {
      const url = new URL(this.#url(name));
      url.searchParams.set('protocol', '1');
      url.searchParams.set('token', await this.#token(name));
      const client = new ScriptedClient({
        url: String(url),
        positions,
        random: this.#random.fork(),
        off: this.#off,
        onAcknowledged: (entry) => void this.#acknowledged.push(entry),
        onSettled: () => this.#advance(),
        onDelivered: () => this.#move(),
      });
      this.#clients.set(name, client);
    }
    if (this.#named('page').length > 0) await this.#openPages(positions);
  }

  /** Until everything is published that the plan has, and everything went wrong that it has. */
  async publish(): Promise<void> {
    const { signal } = this.#stop;
    const byHttp = this.#named('http').map((name) =>
      publishByHttp({
        url: this.#url(name).replace('ws:', 'http:'),
        apiKey: this.#apiKey,
        messages: this.#plan.messages.get(name) ?? [],
        random: this.#random.fork(),
        signal,
        onAcknowledged: (entry) => this.#acknowledge(entry),
      }),
    );
    const byClients = [...this.#clients].map(async ([name, client]) => {
      for (const { id, channel, pause } of this.#plan.messages.get(name) ?? []) {
        await sleep(pause, undefined, { signal });
        client.send(id, channel);
      }
    });
    await this.#until(Promise.all([...byHttp, ...byClients]));
    await this.#waitFor(async () => {
      for (const client of this.#clients.values()) if (!client.isSettled) return false;
      for (const page of this.#pages.values()) {
        await page.idle;
        if (!(await page.isSettled())) return false;
      }
      return true;
    });
    this.#beginFaults(Number.POSITIVE_INFINITY);
  }

  /** Until everybody has everything, or nothing more comes. */
  async settle(): Promise<void> {
    await this.#killing;
    const last = await this.#backEnd.positions(this.#plan.channels);
    const readers = [...this.#clients.values(), ...this.#pages.values()];
    await this.#waitFor(async () => {
      for (const page of this.#pages.values()) await page.comeOnline();
      return readers.every((reader) =>
        [...last].every(([channel, { offset }]) => reader.position(channel) >= offset),
      );
    });
    await sleep(QUIET);
  }

  async judge(): Promise<Omit<Result, 'seconds'>> {
    const { channels, messages } = this.#plan;
    const kept = (await Promise.all(channels.map((channel) => this.#backEnd.publications(channel)))).flat();
    const readers = [...this.#clients, ...this.#pages];
    const complaints = [...readers, ['server', this.#server] as const].flatMap(([name, { complaints }]) =>
      complaints.map((text): Problem => ({ kind: 'complaint', text: `${name}: ${text}` })),
    );
    const disagreements = compare({
      channels,
      accepted: messages,
      acknowledged: this.#acknowledged,
      kept,
      delivered: new Map(readers.map(([name, { log }]) => [name, log])),
    });
    return {
      publications: kept.length,
      kills: this.#kills,
      linkFaults: countFaults(this.#lines),
      pageFaults: countFaults(this.#pages),
      problems: [...complaints, ...disagreements],
    };
  }

  async end(): Promise<void> {
    this.#stop.abort();
    for (const client of this.#clients.values()) client.close();
    await this.#browser?.close();
    await this.#site?.close();
    await this.#killing;
    await Promise.all([...this.#lines.values()].map((line) => line.close()));
    await this.#server?.kill();
    if (this.#folder) await rm(this.#folder, { recursive: true });
  }

  async #openPages(positions: ReadonlyMap<string, Position>): Promise<void> {
    [this.#browser, this.#site] = await Promise.all([launchChromium(), startSite()]);
    for (const name of this.#named('page')) {
      const page = await ChaosPage.open({
        browser: this.#browser,
        site: this.#site,
        name,
        url: this.#url(name),
        token: await this.#token(name),
        positions,
        messages: this.#plan.messages.get(name) ?? [],
        onAcknowledged: (entry) => this.#acknowledge(entry),
        onDelivered: () => this.#move(),
      });
      this.#pages.set(name, page);
    }
  }

  #acknowledge(entry: Entry): void {
    this.#acknowledged.push(entry);
    this.#advance();
  }

  #advance(): void {
    this.#settled += 1;
    this.#move();
    this.#beginFaults(this.#settled);
  }

  #move(): void {
    this.#movedAt = performance.now();
  }

  /** Begins what is due once so many are settled. */
  #beginFaults(settled: number): void {
    for (let next = this.#plan.faults[this.#begun]; next && next.after <= settled; ) {
      this.#begun += 1;
      this.#begin(next);
      next = this.#plan.faults[this.#begun];
    }
  }

  #begin(fault: Fault): void {
    if (fault.kind === 'kill')
      this.#killing = this.#killing.then(() => this.#kill(fault.delay, fault.outage));
    else if (fault.kind === 'link') this.#lines.get(fault.line)?.break(fault.fault);
    else this.#pages.get(fault.page)?.break(fault.fault);
  }

  async #kill(delay: number, outage: number): Promise<void> {
    if (this.#stop.signal.aborted) return;
    await sleep(delay);
    await this.#server.kill();
    this.#kills += 1;
    await sleep(outage);
    // Why it does not start is found where somebody waits.
    await this.#server.start().catch(() => undefined);
  }

  /** Waits for it, unless nothing moves any more: what is missing is found in the end. */
  async #until(done: Promise<unknown>): Promise<void> {
    let isDone = false;
    const finished = done.finally(() => {
      isDone = true;
    });
    await Promise.race([finished, this.#waitFor(() => isDone)]);
  }

  async #waitFor(isSo: () => boolean | Promise<boolean>): Promise<void> {
    this.#move();
    while (!(await isSo()) && performance.now() - this.#movedAt < STUCK) {
      await sleep(LOOK);
      if (this.#server.failure) throw this.#server.failure;
    }
  }

  #named(kind: string): string[] {
    return [...this.#plan.messages.keys()].filter((name) => name.startsWith(`${kind}-`));
  }

  /** Where somebody finds the server: the other end of its line. */
  #url(name: string): string {
    return `ws://127.0.0.1:${this.#lines.get(name)?.port}`;
  }

  #token(name: string): Promise<string> {
    return signToken(name, this.#secret, { life: 86_400, channels: [...this.#plan.channels] });
  }
}

function countFaults(broken: ReadonlyMap<string, { faults: number }>): number {
  let count = 0;
  for (const { faults } of broken.values()) count += faults;
  return count;
}

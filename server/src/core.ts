import type { Logger } from 'pino';
import type { TokenVerifier } from './auth/token.ts';
import type { Hub } from './hub/hub.ts';
import type { Allowances } from './limits/allowances.ts';
import type { Tally } from './net/tally.ts';
import type { Settings } from './options/settings.ts';
import type { Session } from './session/session.ts';
import type { Stats } from './stats.ts';
import type { TickWriter } from './wire/tick-writer.ts';

/** What everything in one server shares. */
export interface Core {
  readonly settings: Settings;
  readonly now: () => number;
  readonly log: Logger;
  /** Whether frames are logged. */
  readonly debug: boolean;
  readonly stats: Stats;
  readonly hub: Hub;
  readonly writer: TickWriter;
  readonly allowances: Allowances;
  /** Absent where there is no secret: then no token is right. */
  readonly verifier: TokenVerifier | undefined;
  /** By client id. */
  readonly sessions: Map<string, Session>;
  /** Connections by user. */
  readonly users: Tally;
}

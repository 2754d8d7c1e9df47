/** The format of the conformance cases; `README.md` beside this folder explains it. */
import * as v from 'valibot';

const Name = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]*$/));
const Anything = v.unknown();

const Connect = v.strictObject({
  protocol: v.optional(v.string()),
  /** Claims; what begins with `$` says how it is signed. A string is taken as the token itself. */
  token: v.optional(v.union([v.string(), v.looseObject({})])),
  name: v.optional(v.string()),
  session: v.optional(v.string()),
  /** Further parameters. */
  query: v.optional(v.record(v.string(), v.string())),
  path: v.optional(v.string()),
  origin: v.optional(v.string()),
  /** `false`: control pings of the server stay unanswered. */
  pongs: v.optional(v.boolean()),
});

const on = { on: Name };

export const Step = v.union([
  /** Without `welcome`, any welcome is taken; `false` waits for nothing. */
  v.strictObject({ ...on, connect: Connect, welcome: v.optional(Anything) }),
  v.strictObject({ ...on, send: Anything }),
  v.strictObject({ ...on, sendText: Anything }),
  v.strictObject({ ...on, sendBinary: Anything }),
  v.strictObject({ ...on, expect: Anything }),
  v.strictObject({ ...on, expectEventually: Anything }),
  v.strictObject({ ...on, expectNothing: v.literal(true) }),
  v.strictObject({ ...on, expectControl: v.literal('ping') }),
  v.strictObject({
    ...on,
    expectClose: v.strictObject({ code: Anything, reason: v.optional(Anything) }),
    ignoring: v.optional(v.literal(true)),
  }),
  v.strictObject({ ...on, close: v.literal(true) }),
  v.strictObject({ publish: Anything, status: v.optional(v.number()), answer: Anything }),
  v.strictObject({
    http: v.strictObject({
      method: v.string(),
      path: v.string(),
      key: v.optional(v.picklist(['right', 'wrong', 'absent'])),
      authorization: v.optional(v.string()),
      body: v.optional(Anything),
      text: v.optional(Anything),
    }),
    status: v.number(),
    headers: v.optional(v.record(v.string(), Anything)),
    answer: v.optional(Anything),
  }),
  v.strictObject({ repeat: v.pipe(v.number(), v.integer()), steps: v.lazy(() => Steps) }),
]) as v.GenericSchema<Step>;

const Steps: v.GenericSchema<Step[]> = v.array(Step);

export const CaseFile = v.strictObject({
  $schema: v.optional(v.string()),
  about: v.string(),
  /** Of the cases that name none. */
  configuration: v.string(),
  cases: v.array(v.strictObject({ name: v.string(), configuration: v.optional(v.string()), steps: Steps })),
});

export interface ConnectStep {
  on: string;
  connect: v.InferOutput<typeof Connect>;
  welcome?: unknown;
}

export interface HttpStep {
  http: {
    method: string;
    path: string;
    key?: 'right' | 'wrong' | 'absent';
    authorization?: string;
    body?: unknown;
    text?: unknown;
  };
  status: number;
  headers?: Record<string, unknown>;
  answer?: unknown;
}

export type Step =
  | ConnectStep
  | { on: string; send: unknown }
  | { on: string; sendText: unknown }
  | { on: string; sendBinary: unknown }
  | { on: string; expect: unknown }
  | { on: string; expectEventually: unknown }
  | { on: string; expectNothing: true }
  | { on: string; expectControl: 'ping' }
  | { on: string; expectClose: { code: unknown; reason?: unknown }; ignoring?: true }
  | { on: string; close: true }
  | { publish: unknown; status?: number; answer: unknown }
  | HttpStep
  | { repeat: number; steps: Step[] };

export interface Case {
  /** File and name: `plain: the sender gets its own message`. */
  name: string;
  configuration: string;
  steps: Step[];
}

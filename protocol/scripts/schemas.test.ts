import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import * as v from 'valibot';
import * as protocol from '../src/index.ts';
import { jsonSchema, schemaFiles, schemas } from './json-schemas.ts';

const folder = new URL('../schemas/', import.meta.url);

describe('protocol/schemas', () => {
  const files = schemaFiles();

  it('has a file for each schema and no other', async () => {
    assert.deepEqual((await readdir(folder)).sort(), [...files.keys()].sort());
  });

  for (const [name, text] of files) {
    it(`${name} is up to date (else: node protocol/scripts/generate-schemas.ts)`, async () => {
      assert.equal(await readFile(new URL(name, folder), 'utf8'), text);
    });
  }

  it('covers every schema by which the server reads frames and data', () => {
    const covered = new Set(Object.values(schemas).map(({ schema }) => schema as object));
    for (const [type, schema] of Object.entries({
      ...protocol.clientFrames,
      ...protocol.documentedMessages,
    })) {
      assert.ok(covered.has(schema), type);
    }
  });
});

describe('a JSON Schema', () => {
  const ajv = new Ajv({ strict: false });

  /** Values near what the protocol knows, so that many are just right and many just wrong. */
  const text = fc.oneof(
    fc.constantFrom(
      'message',
      'subscribe',
      'typing',
      'notification',
      'lobby',
      'user:1',
      'e1:3',
      'e1:x',
      '*',
      '',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.nat({ max: 130 }).map((n) => '😀'.repeat(n)),
    fc.nat({ max: 260 }).map((n) => 'a'.repeat(n)),
  );
  const value = fc.oneof(
    text,
    fc.constantFrom(true, false, null, 0, 1, -1, 0.5, 1e300),
    fc.array(text, { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('type', 'id', 'a'), text, { maxKeys: 3 }),
  );

  for (const [name, { schema }] of Object.entries(schemas)) {
    const validate = ajv.compile(jsonSchema(name) as object);
    const entries =
      'entries' in schema ? Object.entries(schema.entries as Record<string, v.GenericSchema>) : [];
    const object = fc.record(
      Object.fromEntries(
        entries.map(([key, entry]) => {
          const literal = 'literal' in entry ? [fc.constant(entry.literal)] : [];
          return [key, fc.oneof(...literal, ...literal, value)];
        }),
      ),
      { requiredKeys: [] },
    );

    it(`takes as ${name} what valibot takes`, () => {
      fc.assert(
        fc.property(object, (candidate) => {
          // Exactly one target: of JSON Schema's own saying, see jsonSchema().
          const targets = Object.keys(candidate).filter((key) =>
            /^(channel|user|client|broadcast)$/.test(key),
          );
          fc.pre(name !== 'publish:request' || targets.length === 1);
          assert.equal(
            validate(candidate),
            v.safeParse(schema, candidate).success,
            JSON.stringify(candidate),
          );
        }),
        { seed: 3, numRuns: 500 },
      );
    });
  }

  it('wants exactly one target of a publish', () => {
    const validate = ajv.compile(jsonSchema('publish:request') as object);
    const data = { type: 'order' };
    assert.equal(validate({ data }), false);
    assert.equal(validate({ channel: 'a', data }), true);
    assert.equal(validate({ channel: 'a', broadcast: true, data }), false);
  });
});

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import * as v from 'valibot';
import { jsonSchema, schemas } from './scripts/json-schemas.ts';
import { ApiErrorCode, CloseCode, ErrorCode, PROTOCOL_TYPES } from './src/index.ts';

const text = await readFile(new URL('specification.md', import.meta.url), 'utf8');
const examples = [...text.matchAll(/^```json ?(\S*)\n([\s\S]*?)^```$/gm)].map(
  ([, name = '', json = ''], index) => ({
    name,
    json,
    line: text.slice(0, text.indexOf(json)).split('\n').length,
    index,
  }),
);

describe('the specification', () => {
  const ajv = new Ajv({ strict: false });

  for (const { name, json, line } of examples) {
    it(`line ${line}: the example is a valid ${name}`, () => {
      const entry = schemas[name];
      assert.ok(entry, `no schema is called "${name}"`);
      const value: Record<string, unknown> = JSON.parse(json);
      const validate = ajv.compile(jsonSchema(name) as object);
      assert.ok(validate(value), ajv.errorsText(validate.errors));
      assert.deepEqual(v.safeParse(entry.schema, value).issues, undefined);
      // An example shows only what is explained: a field that the schema does not know is a slip of the pen.
      const known = 'entries' in entry.schema ? Object.keys(entry.schema.entries as object) : [];
      const loose = /custom|back-end|delivery|plain-publication|plain-message|^data:/.test(name);
      if (!loose)
        assert.deepEqual(
          Object.keys(value).filter((key) => !known.includes(key)),
          [],
        );
    });
  }

  it('has an example of every frame, both ways', () => {
    const shown = new Set(examples.map(({ name }) => name));
    assert.deepEqual(
      Object.keys(schemas).filter((name) => !shown.has(name)),
      [],
    );
  });

  it('names every error code, close code and type of the protocol', () => {
    for (const name of [...Object.values(ErrorCode), ...Object.values(ApiErrorCode), ...PROTOCOL_TYPES]) {
      assert.ok(text.includes(`\`${name}\``), name);
    }
    for (const code of Object.values(CloseCode))
      assert.match(text, new RegExp(`^\\| [0-9, ]*${code}[0-9, ]* \\|`, 'm'));
  });

  it('links to headings that are there', () => {
    const anchors = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    );
    for (const [, anchor = ''] of text.matchAll(/\]\(#([^)]*)\)/g))
      assert.ok(anchors.includes(anchor), anchor);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findRegistryReferences } from './registry-references.ts';

// Put together here, so that this file names no registry either.
const host = ['registry', 'npmjs', 'org'].join('.');

describe('findRegistryReferences', () => {
  it('finds a host, by line', () => {
    assert.deepEqual(findRegistryReferences(`one\nsee https://${host}/lit\n`), [2]);
  });

  it('finds where a lock file says a package was fetched', () => {
    assert.deepEqual(findRegistryReferences(`{\n"resolved": "https${'://'}mirror.test/lit.tgz"\n}`), [2]);
  });

  it("finds a registry in npm's configuration, a scope's too", () => {
    assert.deepEqual(findRegistryReferences(`registry${'='}https://a.test\n@b:registry${'='}x`), [1, 2]);
  });

  it('leaves links inside the workspace, and code, alone', () => {
    assert.deepEqual(
      findRegistryReferences('"resolved": "server",\n  registry = new Map();\nthe registry'),
      [],
    );
  });
});

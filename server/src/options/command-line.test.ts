import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCommandLine, type Sources } from './command-line.ts';
import { flagOf, optionTable, variableOf } from './option-table.ts';
import type { Settings } from './settings.ts';

const long = 'x'.repeat(32);

function sources(
  argv: string,
  env: Sources['env'] = {},
  files: Record<string, string> = {},
): Sources & { warnings: string[] } {
  const warnings: string[] = [];
  return {
    argv: argv.split(' ').filter(Boolean),
    env,
    readFile(path) {
      const found = Object.entries(files).find(([name]) => path === name || path.endsWith(`/${name}`));
      if (!found) throw Object.assign(new Error('missing'), { code: 'ENOENT' });
      return found[1];
    },
    warn: (message) => void warnings.push(message),
    warnings,
  };
}

function settings(argv: string, env?: Sources['env'], files?: Record<string, string>): Settings {
  const command = readCommandLine(sources(argv, env, files));
  assert.equal(command.action, 'serve');
  return (command as { settings: Settings }).settings;
}

function complaint(argv: string, env?: Sources['env'], files?: Record<string, string>): string {
  try {
    settings(argv, env, files);
  } catch (error) {
    const { message } = error as Error;
    assert.ok(!message.includes('\n'), 'it is one line');
    return message;
  }
  throw new Error('nothing was complained about');
}

describe('options', () => {
  it('have their defaults', () => {
    const { port, defaultChannel, heartbeat, origins, limits } = settings('--anonymous');
    assert.deepEqual([port, defaultChannel, heartbeat, origins], [8081, 'lobby', 25_000, []]);
    assert.deepEqual([limits.message, limits.frame, limits.publications], [1000, 65_536, 100]);
  });

  it('come from flags before environment before the file', () => {
    const file = { 'c.json': '{"port": 1, "heartbeat": 1000, "defaultChannel": "hall", "anonymous": true}' };
    const { port, heartbeat, defaultChannel } = settings(
      '--port 3 --config c.json',
      { WS_PORT: '2', WS_HEARTBEAT: '2000' },
      file,
    );
    assert.deepEqual([port, heartbeat, defaultChannel], [3, 2000, 'hall']);
  });

  it('can each be given as a flag, in the environment and in the file', () => {
    const texts: Record<string, string> = {
      host: '127.0.0.1',
      secret: long,
      apiKey: 'k',
      origins: 'https://shop.example',
      anonymousRead: 'news-*',
      anonymousWrite: 'news-*',
      defaultChannel: 'hall',
      trustProxy: '10.0.0.0/8',
      history: 'sqlite:x.sqlite',
      retention: 'lobby=5/1h/1k,*=9',
    };
    for (const row of optionTable) {
      const text = texts[row.key] ?? (row.kind.placeholder ? '5000' : 'true');
      const flag = settings(`--${flagOf(row)}=${text} --anonymous`);
      const variable = settings('--anonymous', { [variableOf(row)]: text });
      const [group = '', name] = row.key.split('.');
      const file = name ? { [group]: { [name]: text } } : { [group]: text };
      assert.deepEqual(variable, flag, row.key);
      assert.deepEqual(
        settings('--anonymous --config c.json', {}, { 'c.json': JSON.stringify(file) }),
        flag,
        row.key,
      );
      assert.notDeepEqual(flag, row.key === 'anonymous' ? {} : settings('--anonymous'), row.key);
    }
  });

  it('that are true or false may say so behind the flag, or be a flag alone', () => {
    const debug = (argv: string) => settings(`--secret ${long} ${argv}`).debug;
    assert.deepEqual([debug('--debug'), debug('--debug true'), debug('--debug false')], [true, true, false]);
    assert.deepEqual([debug('--debug --port 1')], [true]);
  });

  it('take lists by commas and by repetition', () => {
    const { origins } = settings('--anonymous --origin https://a.example,http://b.example:80 --origin null');
    assert.deepEqual(origins, ['https://a.example', 'http://b.example', 'null']);
    const file = { 'c.json': '{"anonymous": true, "origin": ["https://a.example"]}' };
    assert.deepEqual(settings('--config c.json', {}, file).origins, ['https://a.example']);
  });

  it('may have their secrets in files', () => {
    assert.equal(settings('--secret-file s', {}, { s: `${long}\n` }).secret, long);
    assert.equal(settings('', { WS_SECRET_FILE: 's' }, { s: long }).secret, long);
    const files = { 'etc/c.json': '{"secretFile": "s"}', 'etc/s': long };
    assert.equal(settings('--config etc/c.json', {}, files).secret, long);
  });

  it('may stand in files that begin with a byte order mark', () => {
    const files = { 'c.json': '\uFEFF{"port": 1, "secretFile": "s"}', s: `\uFEFF${long}\r\n` };
    const { port, secret } = settings('--config c.json', {}, files);
    assert.deepEqual([port, secret], [1, long]);
  });

  it('that are set but empty in the environment are not set', () => {
    assert.equal(settings('--anonymous', { WS_PORT: '', WS_SECRET: '' }).port, 8081);
  });

  it('are not looked at where help or the version is wanted', () => {
    assert.equal(readCommandLine(sources('--port x --help')).action, 'help');
    assert.equal(readCommandLine(sources('-v', { WS_PORT: 'x' })).action, 'version');
  });
});

describe('a wrong option', () => {
  it('is told by its name, what was expected and what was given', () => {
    assert.equal(complaint('--port 99999'), '--port: expected a whole number from 0 to 65535, got "99999"');
    assert.match(
      complaint('', { WS_LIMIT_FRAME: '1e5' }),
      /^WS_LIMIT_FRAME: expected a whole number from .*, got "1e5"$/,
    );
    assert.match(
      complaint('--config c.json', {}, { 'c.json': '{"limits":{"frame":-1}}' }),
      /^limits.frame in c.json: expected .*, got -1$/,
    );
    assert.match(complaint('--anonymous=perhaps'), /^--anonymous: expected true or false, got "perhaps"$/);
    assert.equal(complaint('--debug yes'), '--debug: expected true or false, got "yes"');
    assert.match(complaint('--origin shop.example'), /^--origin: expected origins such as/);
    assert.match(complaint('--origin https://*.shop.example'), /^--origin: expected origins such as/);
    assert.match(complaint('--trust-proxy 10.0.0.0/33'), /^--trust-proxy: expected IP addresses/);
    assert.match(complaint('--anonymous-read user*lobby'), /^--anonymous-read: expected channels/);
    assert.match(complaint('--host'), /^--host: expected .*, got nothing$/);
    assert.match(complaint('--port --anonymous'), /^--port: expected .*, got nothing$/);
  });

  it('is told, if it is a secret, by its length alone', () => {
    const given = 'SoSecret'.repeat(3);
    for (const message of [
      complaint(`--secret ${given}`),
      complaint('', { WS_SECRET: given }),
      complaint('--secret-file s', {}, { s: given }),
      complaint('--config c.json', {}, { 'c.json': JSON.stringify({ secret: given }) }),
    ]) {
      assert.match(message, /expected at least 32 bytes, got 24 bytes$/);
      assert.ok(!message.includes('SoSecret'));
    }
    const broken = complaint('--config c.json', {}, { 'c.json': `{"secret": "${given}" oops}` });
    assert.ok(!broken.includes('SoSecret'));
  });

  it('is a publication that would be too much for any reader', () => {
    const message = complaint('--anonymous --limit-publication 600000');
    assert.match(message, /^--limit-publication: expected at most half of .*--limit-queued.*, got 600000$/);
    const { limits } = settings('--anonymous --limit-publication 600000 --limit-queued 1200000');
    assert.equal(limits.publication, 600_000);
    assert.equal(settings('--anonymous --limit-queued 4096').limits.queued, 4096);
  });

  it('is an API key that no request could bring', () => {
    for (const given of [' ', 'key ', ' key', 'two\nlines', 'k\u0000y']) {
      const message = complaint('--anonymous', { WS_API_KEY: given });
      assert.match(message, /^WS_API_KEY: expected a key without spaces at its ends, .*, got \d bytes$/);
    }
    assert.equal(settings('--anonymous', { WS_API_KEY: 'two words' }).apiKey, 'two words');
  });

  it('is one that there is not', () => {
    assert.match(complaint('--prot 1'), /^--prot: no such option/);
    assert.match(complaint('8081'), /no such option/);
    assert.match(
      complaint('--config c.json', {}, { 'c.json': '{"prot":1}' }),
      /^prot in c.json: no such option$/,
    );
    assert.match(
      complaint('--config c.json', {}, { 'c.json': '{"limits":{"prot":1}}' }),
      /^limits.prot in c.json/,
    );
    assert.match(complaint('--config c.json', {}, { 'c.json': '{"__proto__":1}' }), /^__proto__ in c.json/);
  });

  it('is a file that cannot be read, or is no JSON object', () => {
    assert.match(
      complaint('--config nowhere.json'),
      /^--config: expected a file that can be read, got "nowhere.json"|ENOENT/,
    );
    assert.match(complaint('--config c.json', {}, { 'c.json': '[]' }), /^c.json: expected a JSON object$/);
    assert.match(complaint('', { WS_CONFIG: 'nowhere.json' }), /^WS_CONFIG: .*"nowhere.json" \(ENOENT\)$/);
    assert.match(complaint('--secret-file nowhere'), /^--secret-file: .*ENOENT/);
  });

  it('is the same one twice in two ways', () => {
    assert.match(
      complaint(`--secret ${long} --secret-file s`, {}, { s: long }),
      /expected one of --secret and --secret-file, got both/,
    );
  });

  it('is neither a secret nor --anonymous, which names both ways', () => {
    assert.match(complaint(''), /secret.*--anonymous/);
  });

  it('is only warned of where it is a variable that may be somebody else’s', () => {
    const given = sources('--anonymous', { WS_PROT: '1', PORT: '2' });
    readCommandLine(given);
    assert.deepEqual(given.warnings, ['WS_PROT: no such option, ignored; --help lists them all']);
  });
});

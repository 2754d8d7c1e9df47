import { spawnSync } from 'node:child_process';
import { ensure } from './debian.ts';

/** What CodeIgniter needs is among them. */
const EXTENSIONS = ['curl', 'dom', 'intl', 'mbstring', 'openssl', 'sqlite3', 'tokenizer', 'xml', 'xmlwriter'];
const PACKAGES = [
  'php-cli',
  'php-curl',
  'php-intl',
  'php-mbstring',
  'php-sqlite3',
  'php-xml',
  'composer',
  'unzip',
];
const MINIMUM = '8.2';

/**
 * The version of a PHP ≥ 8.2 that has its extensions and Composer; installs Debian's where there is none.
 *
 * @throws {Error} Something is missing and could not be installed; the message says what to install.
 */
export function ensurePhp(): string {
  return ensure('PHP with Composer and the extensions of the tests', PACKAGES, findPhp);
}

function findPhp(): string {
  const script = `echo json_encode(['version' => PHP_VERSION, 'extensions' => array_map('strtolower', get_loaded_extensions())]);`;
  const php = spawnSync('php', ['-r', script], { encoding: 'utf8' });
  if (php.status !== 0) throw missing('php');
  const { version, extensions } = JSON.parse(php.stdout) as { version: string; extensions: string[] };
  if (version.localeCompare(MINIMUM, 'en', { numeric: true }) < 0)
    throw missing(`a newer PHP than ${version}`);
  const lacking = EXTENSIONS.filter((name) => !extensions.includes(name));
  if (lacking.length) throw missing(`PHP's ${lacking.join(', ')}`);
  if (spawnSync('composer', ['--version'], { stdio: 'ignore' }).status !== 0) throw missing('composer');
  return version;
}

function missing(what: string): Error {
  return new Error(
    `PHP's tests: ${what} is missing. They need PHP ≥ ${MINIMUM} with ${EXTENSIONS.join(', ')}, and Composer 2 (getcomposer.org).`,
  );
}

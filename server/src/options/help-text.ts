import { flagOf, type OptionRow, optionTable, variableOf } from './option-table.ts';

const WIDTH = 38;

/** What `--help` prints. */
export function helpText(): string {
  return [
    'ws-elements-server: the WebSocket server of ws-elements',
    '',
    'Usage: ws-elements-server [options]',
    '',
    'Options come from flags, else from the environment, else from the JSON file of --config (or WS_CONFIG).',
    'A flag --like-this is WS_LIKE_THIS in the environment and likeThis in the file; --limit-x is limits.x there.',
    'It needs a secret, or --anonymous, or both.',
    '',
    ...optionTable.flatMap(lines),
    line('--config FILE', 'JSON file with options'),
    line('--help, -h', 'prints this'),
    line('--version, -v', 'prints the version'),
    '',
  ].join('\n');
}

function lines(row: OptionRow): string[] {
  const { placeholder } = row.kind;
  const flag = `--${flagOf(row)}${placeholder ? ` ${placeholder}` : ''}${row.kind.list ? ' …' : ''}`;
  const own = line(flag, `${row.help}${defaultOf(row)}`);
  return row.secret
    ? [own, line(`--${flagOf(row)}-file FILE`, `the same, in a file (${variableOf(row)}_FILE)`)]
    : [own];
}

function line(flag: string, help: string): string {
  return `  ${flag.padEnd(WIDTH)} ${help}`;
}

function defaultOf({ default: value }: OptionRow): string {
  return value === undefined || value === false || Array.isArray(value) ? '' : ` (default ${value})`;
}

import { readdirSync, readFileSync } from 'node:fs';
import * as v from 'valibot';
import { type Case, CaseFile } from './case.ts';

/** A way in which a server can be set up; cases name the one that they need. */
export interface Configuration {
  about: string;
  /** Options as in the server's JSON file, without port, secret and API key. */
  options: Record<string, unknown>;
  /** `false`: the server has no API key. */
  apiKey?: boolean;
}

export function loadConfigurations(): Record<string, Configuration> {
  return JSON.parse(readFileSync(new URL('../configurations.json', import.meta.url), 'utf8'));
}

/** Every case in `cases/`, by file and place in it. */
export function loadCases(): Case[] {
  const folder = new URL('../cases/', import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((file) => {
      const read = v.safeParse(CaseFile, JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
      if (!read.success) throw new Error(`${file}: ${read.issues.map(explain).join('; ')}`);
      const { configuration, cases } = read.output;
      return cases.map((one) => ({ configuration, ...one, name: `${file.slice(0, -5)}: ${one.name}` }));
    });
}

function explain(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? ''} ${issue.message}`;
}

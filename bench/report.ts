/** What a part of the benchmark found out. */
export interface PartResult {
  name: string;
  /** Column heads and rows, as they are printed. */
  table: string[][];
  bars: Bar[];
  /** Everything that was measured, for `latest.json`. */
  measured: unknown;
}

/** A figure that has to stay below another, at most reach it, or at least. */
export type Bar = {
  what: string;
  value: number;
  /** To print it with; none for a ratio. */
  unit?: string;
} & ({ atMost: number } | { atLeast: number } | { below: number });

export function holds(bar: Bar): boolean {
  if ('below' in bar) return bar.value < bar.below;
  return 'atLeast' in bar ? bar.value >= bar.atLeast : bar.value <= bar.atMost;
}

/** Columns as wide as their widest cell; numbers to the right. */
export function formatTable(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function formatBar(bar: Bar): string {
  const { what, value, unit = '' } = bar;
  return `${holds(bar) ? 'holds ' : 'MISSED'}  ${what}: ${value.toFixed(2)}, ${wanted(bar)}${unit}`;
}

function wanted(bar: Bar): string {
  if ('below' in bar) return `below ${bar.below}`;
  return 'atLeast' in bar ? `at least ${bar.atLeast}` : `at most ${bar.atMost}`;
}

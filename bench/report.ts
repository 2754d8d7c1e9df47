/** What a part of the benchmark found out. */
export interface PartResult {
  name: string;
  /** Column heads and rows, as they are printed. */
  table: string[][];
  bars: Bar[];
  /** Everything that was measured, for `latest.json`. */
  measured: unknown;
}

/** A figure that has to stay below another, or at most reach it. */
export type Bar = {
  what: string;
  value: number;
  /** To print it with; none for a ratio. */
  unit?: string;
} & ({ atMost: number } | { below: number });

export function holds(bar: Bar): boolean {
  return 'below' in bar ? bar.value < bar.below : bar.value <= bar.atMost;
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
  const wanted = 'below' in bar ? `below ${bar.below}` : `at most ${bar.atMost}`;
  return `${holds(bar) ? 'holds ' : 'MISSED'}  ${what}: ${value.toFixed(2)}, ${wanted}${unit}`;
}

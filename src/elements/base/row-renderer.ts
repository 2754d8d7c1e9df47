import { render } from 'lit';

/**
 * Renders items as the `<li>`s of a list, each item always into the same one. A row that stays is never moved, so
 * that focus and selection in it survive what comes before it; Lit's `repeat` does more and costs 800 bytes.
 */
export function rowRenderer<Item extends object>(content: (item: Item) => unknown) {
  const known = new WeakMap<Item, HTMLLIElement>();
  return (list: Element, items: readonly Item[]): void => {
    const rows = items.map((item) => {
      const row = known.get(item) ?? document.createElement('li');
      known.set(item, row);
      render(content(item), row);
      return row;
    });
    for (const row of [...list.children]) if (!rows.includes(row as HTMLLIElement)) row.remove();
    rows.forEach((row, index) => {
      const there = list.children[index];
      if (there !== row) list.insertBefore(row, there ?? null);
    });
  };
}

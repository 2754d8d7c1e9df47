import { render } from 'lit';

/**
 * Renders items as the `<li>`s of a list, each item always into the same one. A row that stays is never moved, so
 * that focus and selection in it survive what comes before it; Lit's `repeat` does more and costs 800 bytes.
 *
 * @param key - What an item is known by, however often it is replaced.
 */
export function rowRenderer<Item>(key: (item: Item) => object, content: (item: Item) => unknown) {
  const known = new WeakMap<object, HTMLLIElement>();
  return (list: Element, items: readonly Item[]): void => {
    const rows = items.map((item) => {
      const row = known.get(key(item)) ?? document.createElement('li');
      known.set(key(item), row);
      render(content(item), row);
      return row;
    });
    for (const row of [...list.children]) if (!rows.includes(row as HTMLLIElement)) row.remove();
    rows.forEach((row, index) => {
      if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
    });
  };
}

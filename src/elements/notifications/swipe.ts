/** Share of its width by which a thing is to be pushed aside. */
const FAR = 0.3;

/**
 * Lets a finger push a row aside: call it at `pointerdown` on what is in the row. Where the finger turns to scrolling or
 * lets go too early, the row goes back to its place. Give it `touch-action: pan-y`.
 */
export function swipe(down: PointerEvent, gone: () => void): void {
  const row = (down.currentTarget as Element).closest('li');
  if (!row || down.pointerType === 'mouse') return;
  const ended = new AbortController();
  const { signal } = ended;
  const follow = ({ type, clientX }: PointerEvent) => {
    const way = clientX - down.clientX;
    const isMove = type === 'pointermove';
    row.style.translate = isMove ? `${way}px` : '';
    if (isMove) return;
    ended.abort();
    if (type === 'pointerup' && Math.abs(way) > FAR * row.clientWidth) gone();
  };
  for (const type of ['pointermove', 'pointerup', 'pointercancel'] as const)
    addEventListener(type, follow, { signal });
}

/** Share of its width by which a thing is to be pushed aside. */
const FAR = 0.3;

/**
 * Lets a finger push `element` aside: call it at `pointerdown`. Where the finger turns to scrolling or lets go too
 * early, the element goes back to its place. Give it `touch-action: pan-y`.
 */
export function swipe(down: PointerEvent, element: HTMLElement, gone: () => void): void {
  if (down.pointerType === 'mouse') return;
  const ended = new AbortController();
  const { signal } = ended;
  const follow = ({ type, clientX }: PointerEvent) => {
    const way = clientX - down.clientX;
    const isMove = type === 'pointermove';
    element.style.translate = isMove ? `${way}px` : '';
    if (isMove) return;
    ended.abort();
    if (type === 'pointerup' && Math.abs(way) > FAR * element.clientWidth) gone();
  };
  for (const type of ['pointermove', 'pointerup', 'pointercancel'] as const)
    addEventListener(type, follow, { signal });
}

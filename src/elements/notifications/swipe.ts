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
  let way = 0;
  const move = ({ clientX }: PointerEvent) => {
    way = clientX - down.clientX;
    element.style.translate = `${way}px`;
  };
  const end = ({ type }: Event) => {
    ended.abort();
    element.style.translate = '';
    if (type === 'pointerup' && Math.abs(way) > FAR * element.clientWidth) gone();
  };
  addEventListener('pointermove', move, { signal });
  addEventListener('pointerup', end, { signal });
  addEventListener('pointercancel', end, { signal });
}

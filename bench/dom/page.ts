/** What runs in the browser: shows one candidate, gives it messages, and watches the frames. */
import { type CandidateName, candidates, type Rows } from './candidates.ts';
import { countNodes, type NodeCounts, sumOf } from './count-nodes.ts';
import { createMessages } from './messages.ts';

/** Of a run, ms. */
export interface Timing {
  /** From the first message to the end of the frame that shows the last one. */
  total: number;
  /** The longest time from one frame to the next, until {@link AFTERWARDS} after the last message was shown. */
  longestFrame: number;
  /** The longest task, by the browser's own count (W3C Long Tasks, from 50 ms); else 0. */
  longestTask: number;
}

export interface Size {
  all: NodeCounts;
  rows: number;
  /** The nodes in `rows` rows, themselves included. */
  inRows: NodeCounts;
}

export interface Page {
  /** Gives it `count` messages, `perFrame` in a task; all of them in one where that is as many. */
  run(count: number, perFrame: number): Promise<Timing>;
  /** Resolves once nothing is added or removed any more. */
  size(): Promise<Size>;
}

/** Messages at the end that have to be as they were given. */
const COMPARED = 20;
/** Work that is put off is work too, ms. */
const AFTERWARDS = 1500;
/** At rest is what has as many nodes at so many looks. */
const LOOKS = 3;
/** Ms. */
const LOOK_EVERY = 100;

/** Shows a candidate alone on the page. */
export async function open(name: CandidateName): Promise<Page> {
  const candidate = await candidates[name](document.querySelector('main') as Element);
  const { element } = candidate;
  const size = async (): Promise<Size> => {
    let before = -1;
    for (let same = 0; same < LOOKS; ) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
      const now = sumOf(countNodes(element));
      same = now === before ? same + 1 : 0;
      before = now;
    }
    const rows = [...(candidate.rows() ?? [])];
    return { all: countNodes(element), rows: rows.length, inRows: rows.map(countNodes).reduce(add, none) };
  };
  await size();
  return {
    size,
    async run(count, perFrame) {
      const messages = createMessages(count);
      const inputs = messages.map(candidate.prepare);
      const expected = messages.slice(-COMPARED).map(({ text }) => text);
      const tasks = watchTasks();
      await nextFrame();
      await frameEnd();
      const begin = performance.now();
      let longestFrame = 0;
      let previous = begin;
      const frame = () => {
        const now = performance.now();
        longestFrame = Math.max(longestFrame, now - previous);
        previous = now;
      };
      for (let given = 0; given < count; given += perFrame) {
        for (const input of inputs.slice(given, given + perFrame)) candidate.take(input);
        await nextFrame();
        frame();
      }
      for (;;) {
        await frameEnd();
        if (isShown(candidate.rows(), element, expected.at(-1) as string)) break;
        await nextFrame();
        frame();
      }
      const total = performance.now() - begin;
      compare(candidate.rows(), expected);
      for (const end = previous + AFTERWARDS; previous < end; ) {
        await nextFrame();
        frame();
      }
      return { total, longestFrame, longestTask: await tasks.longest() };
    },
  };
}

const none: NodeCounts = { elements: 0, texts: 0, comments: 0, others: 0 };

function add(a: NodeCounts, b: NodeCounts): NodeCounts {
  return {
    elements: a.elements + b.elements,
    texts: a.texts + b.texts,
    comments: a.comments + b.comments,
    others: a.others + b.others,
  };
}

/** Resolves in the next frame, before it is laid out. */
function nextFrame(): Promise<number> {
  return new Promise(requestAnimationFrame);
}

/** Called in a frame: resolves in the first task after it, when it was laid out and painted. */
function frameEnd(): Promise<unknown> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = resolve;
    port2.postMessage(undefined);
  });
}

/** Whether the last message is there, in sight. */
function isShown(rows: Rows | undefined, element: HTMLElement, text: string): boolean {
  const last = rows?.[rows.length - 1];
  if (!last || !contains(last, text)) return false;
  const { top } = last.getBoundingClientRect();
  const box = element.getBoundingClientRect();
  return top >= box.top && top < box.bottom;
}

/** @throws {Error} Its last messages are not the last ones that were given. */
function compare(rows: Rows | undefined, expected: string[]): void {
  const last = [...(rows ?? [])].slice(-expected.length);
  const wrong = expected.findIndex((text, index) => !last[index] || !contains(last[index], text));
  if (wrong >= 0) throw new Error(`shows "${last[wrong]?.textContent}" where "${expected[wrong]}" belongs`);
}

/** However it breaks the lines. */
function contains(row: Element, text: string): boolean {
  const dense = (value: string) => value.replace(/\s/g, '');
  return dense(row.textContent ?? '').includes(dense(text));
}

function watchTasks(): { longest(): Promise<number> } {
  let longest = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: 'longtask' });
  return {
    async longest() {
      // It is told of a task after its end.
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
      observer.disconnect();
      return longest;
    },
  };
}

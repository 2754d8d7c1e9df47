/** Those that are measured beside each other, each behind the same few methods. In the page. */
import type {} from 'deep-chat';
import { FakeSocket } from './fake-socket.ts';
import type { Message } from './messages.ts';

export interface Candidate<Input = unknown> {
  readonly element: HTMLElement;
  /** What a message comes as; made before the clock runs. */
  prepare(message: Message, index: number): Input;
  take(input: Input): void;
  /** Its messages as they are shown, the newest last. */
  rows(): Rows | undefined;
}

export type Rows = HTMLCollection | NodeListOf<Element>;

export type CandidateName = 'ours' | 'deep-chat' | 'plain';

type Show = (parent: Element) => Promise<Candidate>;

/** Each brings its own script, so that no page carries another's, and resolves when messages can come. */
export const candidates: Record<CandidateName, Show> = {
  ours: showOurs as Show,
  'deep-chat': showDeepChat as Show,
  plain: showPlain as Show,
};

/** Gets frames, so that reading JSON is part of its time. */
async function showOurs(parent: Element): Promise<Candidate<string>> {
  Object.assign(globalThis, { WebSocket: FakeSocket });
  const element = document.createElement('ws-chat');
  element.setAttribute('url', 'ws://bench.test/ws');
  parent.append(element);
  await load('/ws-elements.js');
  const socket = FakeSocket.last as FakeSocket;
  await socket.subscribed;
  return {
    element,
    prepare: ({ userId, name, text, timestamp }, index) =>
      JSON.stringify({
        type: 'message',
        channel: 'lobby',
        offset: index + 1,
        id: `m${index}`,
        clientId: `c_${userId}`,
        userId,
        name,
        message: text,
        timestamp,
      }),
    take: (frame) => socket.deliver(frame),
    rows: () => element.shadowRoot?.querySelectorAll('[part=messages] li[part^=message]'),
  };
}

/** As it comes; `connect.handler` is its way to a server of one's own, and keeps it from asking for another. */
async function showDeepChat(parent: Element): Promise<Candidate<{ role: string; text: string }>> {
  await import('/deep-chat.js' as string);
  const element = document.createElement('deep-chat');
  const rendered = new Promise<void>((resolve) => {
    element.onComponentRender = () => resolve();
  });
  element.connect = { handler() {} };
  element.chatStyle = { width: '100%', height: '100%' };
  parent.append(element);
  await rendered;
  return {
    element,
    // Any role but the user's; it becomes part of a class, which no name has to fit.
    prepare: ({ userId, text }) => ({ role: `user-${userId}`, text }),
    take: (message) => element.addMessage(message),
    rows: () => element.shadowRoot?.querySelectorAll('#messages .outer-message-container'),
  };
}

/** What is left without any component; the oldest rows go. */
async function showPlain(parent: Element): Promise<Candidate<Message>> {
  const kept = 500;
  const element = document.createElement('div');
  element.className = 'plain';
  parent.append(element);
  let isToScroll = false;
  return {
    element,
    prepare: (message) => message,
    take({ name, text }) {
      const row = document.createElement('div');
      const sender = document.createElement('b');
      sender.textContent = name;
      row.append(sender, ' ', text);
      element.append(row);
      if (element.childElementCount > kept) element.firstElementChild?.remove();
      if (isToScroll) return;
      isToScroll = true;
      requestAnimationFrame(() => {
        isToScroll = false;
        element.scrollTop = element.scrollHeight;
      });
    },
    rows: () => element.children,
  };
}

function load(src: string): Promise<unknown> {
  const script = document.createElement('script');
  script.src = src;
  const loaded = new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error(`${src} does not load`));
  });
  document.head.append(script);
  return loaded;
}

import type { FrameLocator } from 'playwright-core';
import type { Script } from './scripted-server.ts';
import type { Words } from './words.ts';

export interface Frame {
  type: string;
  id?: string;
  channel?: string;
  [field: string]: unknown;
}

export interface Closing {
  code: number;
  /** ms */
  after?: number;
}

/** What a scene may do to get into its state, in its own page and with its own server. */
export interface Play {
  /** The scene's page. */
  page: FrameLocator;
  words: Words;
  send(...frames: Frame[]): void;
  end(closing: Closing): void;
}

/** A state of an element, as the contact sheet shows it and the themes are tried in it. */
export interface Scene {
  /** Its caption; unlike any other of the same element. */
  name: string;
  /** The element; where it connects to, the page's script tag says. */
  html: string;
  server?: Script;
  /** Seen once the server has said what it has to say; CSS, through shadow roots. The state itself where nothing is done. */
  until: string;
  /** What is done then. */
  act?(play: Play): Promise<void>;
  /** px; by default its element's. */
  height?: number;
  /** Has no part and no colour that another scene has not: themes need not be tried in it. */
  alike?: boolean;
}

/** All states of an element. */
export interface Scenes {
  element: 'ws-chat' | 'ws-notifications' | 'ws-status-indicator';
  /** px, of a scene. */
  height: number;
  scenes(words: Words): Scene[];
}

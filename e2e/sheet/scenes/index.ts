import type { Scenes } from '../scene.ts';
import { chat } from './chat.ts';
import { notifications } from './notifications.ts';
import { statusIndicator } from './status-indicator.ts';

/** Every element that shows something, with all of its states. */
export const elements: readonly Scenes[] = [chat, notifications, statusIndicator];

/** The fewest scenes that have every part and colour in them. */
export const telling: readonly Scenes[] = elements.map((set) => ({
  ...set,
  scenes: (words) => set.scenes(words).filter(({ alike }) => !alike),
}));

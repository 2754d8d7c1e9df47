/** A text by number: the forms of `Intl.PluralRules` that the language has. `{n}` stands for the number. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Every text that elements show, in English. `{…}` stands for what is put in. */
export const english = {
  connected: 'Connected',
  connecting: 'Connecting',
  reconnecting: 'Reconnecting',
  reconnectingIn: 'Reconnecting in {n} s',
  disconnected: 'Disconnected',
  offline: 'You are offline',
  refusedToken: 'Sign-in expired. Reload the page.',
  refusedOrigin: 'This site may not connect to this server.',
  refusedProtocol: 'This page is out of date. Reload it.',
  refusedEnded: 'The server ended the connection.',
  refusedConfiguration: 'The address of the server is wrong.',
  connect: 'Connect',
  connectNow: 'Retry now',
  disconnect: 'Disconnect',
  latency: '{n} ms',
  /** Follows the connection's own words. */
  later: 'What you write is sent later.',
  /** The same, for a page as a whole. */
  stale: 'What you see may be out of date. What you write is sent later.',

  notifications: 'Notifications',
  unread: '{n} unread',
  onlyUnread: 'Unread',
  markRead: 'Mark as read',
  markUnread: 'Mark as unread',
  markAllRead: 'Mark all as read',
  dismiss: 'Dismiss',
  noNotifications: 'Nothing new. What arrives is listed here.',
  lowPriority: 'Low priority',
  highPriority: 'High priority',
  more: '{n} more',
  newNotifications: { one: '{n} new notification', other: '{n} new notifications' } as Plural,
  /** The button that asks for the browser's permission. */
  showOnDevice: 'Show on this device',

  message: 'Message',
  send: 'Send',
  pending: 'Sending',
  sent: 'Sent',
  notSent: 'Not sent.',
  forbidden: 'You may not write here.',
  tooLong: 'It is too long.',
  tooMany: 'Too many messages are waiting.',
  lost: 'The connection was lost.',
  notTaken: 'The server did not take it.',
  retry: 'Retry',
  discard: 'Discard',
  /** Characters; other languages have plural forms of them. */
  left: '{n} left',
  over: '{n} too many',
  you: 'You',
  server: 'Server',
  guest: 'Guest {id}',
  people: { one: '{n} person', other: '{n} people' } as Plural,
  /** `{n}` people, at most two: `{names}`. */
  typing: { one: '{names} is typing', other: '{names} are typing' } as Plural,
  manyTyping: { one: '{n} person is typing', other: '{n} people are typing' } as Plural,
  join: '{name} joined',
  leave: '{name} left',
  connectionLost: 'Connection lost',
  connectedAgain: 'Connected again',
  gap: 'Messages may be missing here',
  newMessages: { one: '{n} new message', other: '{n} new messages' } as Plural,
  /** Stands above the first message that came while the reader was elsewhere. */
  newBelow: 'New',
  noMessages: 'No messages yet. Write the first one.',
  unreadable: 'You may not read this channel.',
  unavailable: 'This channel is not available.',
};

/** All texts of one language. */
export type Texts = Record<keyof typeof english, string | Plural>;

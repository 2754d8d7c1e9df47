/** Every text that elements show, in English. */
export const strings = {
  connection: {
    connected: 'Connected',
    connecting: 'Connecting',
    reconnecting: 'Reconnecting',
    /** Stands behind `reconnecting`. */
    inSeconds: (seconds: number) => ` in ${seconds} s`,
    disconnected: 'Disconnected',
    offline: 'You are offline',
    refused: {
      token: 'Sign-in expired. Reload the page.',
      origin: 'This site may not connect to this server.',
      protocol: 'This page is out of date. Reload it.',
      ended: 'The server ended the connection.',
      configuration: 'The address of the server is wrong.',
    },
    connect: 'Connect',
    retry: 'Retry now',
    disconnect: 'Disconnect',
  },
  notifications: {
    label: 'Notifications',
    unread: (count: string) => `${count} unread`,
    read: 'Mark as read',
    readAll: 'Mark all as read',
    empty: 'Nothing new. What arrives is listed here.',
    low: 'Low priority',
    high: 'High priority',
    dismiss: 'Dismiss',
    more: (count: number) => `${count} more`,
  },
  chat: {
    input: 'Message',
    send: 'Send',
    pending: 'Sending',
    sent: 'Sent',
    notSent: 'Not sent.',
    retry: 'Retry',
    /** Why a message was not sent, by code; `other` for any that is not named. */
    reasons: {
      forbidden: 'You may not write here.',
      message_too_long: 'It is too long.',
      outbox_full: 'Too many messages are waiting.',
      closed: 'The connection was lost.',
      other: 'The server did not take it.',
    } as Readonly<Record<string, string>>,
    /** Characters. */
    left: (count: number) => (count < 0 ? `${-count} too many` : `${count} left`),
    you: 'You',
    server: 'Server',
    guest: (id: string) => `Guest ${id}`,
    people: (count: number) => (count === 1 ? '1 person' : `${count} people`),
    typing: (names: readonly string[]) =>
      names.length > 2
        ? `${names.length} people are typing`
        : names.join(' and ') + (names[1] ? ' are typing' : ' is typing'),
    join: (name: string) => `${name} joined`,
    leave: (name: string) => `${name} left`,
    lost: 'Connection lost',
    back: 'Connected again',
    gap: 'Messages may be missing here',
    newMessages: (count: number) => `${count} new message${count === 1 ? '' : 's'}`,
    empty: 'No messages yet. Write the first one.',
    unreadable: 'You may not read this channel.',
    unavailable: 'This channel is not available.',
    /** Follows the connection's own words. */
    later: 'What you write is sent later.',
  },
};

/**
 * `import { connect } from 'ws-elements'`: the shared connection without any element, and the elements' texts.
 */
export { connect } from './connection/connect.ts';
export type {
  Acknowledgement,
  AnnouncedLimits,
  Connection,
  ConnectionOptions,
  ConnectionState,
  ConnectionStatus,
  ErrorFrame,
  Person,
  Position,
  Publication,
  RefusedReason,
  SendOptions,
  Subscription,
  SubscriptionOptions,
  TypingNotice,
} from './connection/types.ts';
export { SendError } from './connection/types.ts';
export type { Plural, Texts } from './elements/base/texts.ts';
export { setTexts } from './elements/base/translate.ts';

/**
 * The documentation's messages that back ends publish, field for field. Further fields are let through: a
 * notification may carry a link, a status a since.
 */
import * as v from 'valibot';
import { CustomType } from './client-frames.ts';
import { NOTIFICATION_MARK } from './names.ts';
import { Text } from './text.ts';

/** An object as JSON means it; valibot's own take arrays too. */
export const JsonObject = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'expected an object',
);

export const MessageData = v.looseObject({ type: v.literal('message'), message: Text });

export const Notification = v.looseObject({
  type: v.literal('notification'),
  title: Text,
  message: v.optional(v.string()),
  /** `low`, `normal` or `high`; elements show any other as `normal`. */
  priority: v.optional(v.string()),
});

export const DataUpdate = v.looseObject({
  type: v.literal('data_update'),
  entity: Text,
  action: Text,
  data: v.optional(JsonObject),
});

export const StatusUpdate = v.looseObject({
  type: v.literal('status_update'),
  system: Text,
  status: Text,
  message: v.optional(v.string()),
});

export const UserActivity = v.looseObject({
  type: v.literal('user_activity'),
  userId: v.union([v.string(), v.number()]),
  activity: Text,
});

/** What a user did with notifications, by their ids: {@link NOTIFICATION_MARK}. */
export const NotificationMark = v.looseObject({
  type: v.literal(NOTIFICATION_MARK),
  ids: v.pipe(v.array(Text), v.minLength(1), v.maxLength(1000)),
  read: v.optional(v.boolean()),
  dismissed: v.optional(v.boolean()),
});

/** An application's own type. */
export const CustomData = v.looseObject({ type: CustomType });

/** Schemas of a publication's `data` by `type`; any other type is {@link CustomData}. */
export const documentedMessages = {
  message: MessageData,
  notification: Notification,
  data_update: DataUpdate,
  status_update: StatusUpdate,
  user_activity: UserActivity,
  notification_mark: NotificationMark,
} as const;

export type Notification = v.InferOutput<typeof Notification>;
export type DataUpdate = v.InferOutput<typeof DataUpdate>;
export type StatusUpdate = v.InferOutput<typeof StatusUpdate>;
export type UserActivity = v.InferOutput<typeof UserActivity>;

/** Codes of an `error` frame. The connection stays. */
export const ErrorCode = {
  /** Not JSON, or not a JSON object. */
  InvalidJson: 'invalid_json',
  /** A field is missing or has the wrong type; `field` names it. */
  InvalidFrame: 'invalid_frame',
  /** A binary frame; the protocol is text. */
  BinaryFrame: 'binary_frame',
  /** More bytes than `limits.frame`. */
  FrameTooLarge: 'frame_too_large',
  /** More code points than `limits.message`. */
  MessageTooLong: 'message_too_long',
  /** A type that only servers send, or one that this server does not know yet. */
  UnsupportedType: 'unsupported_type',
  /** The token does not grant this; `channel` names where. */
  Forbidden: 'forbidden',
  /** Too many frames in a minute; `retryAfter` says when to try again. */
  RateLimited: 'rate_limited',
  /** More subscriptions than `limits.channels`. */
  TooManyChannels: 'too_many_channels',
  /** `auth` came with a wrong, expired or another user's token. */
  InvalidToken: 'invalid_token',
  /** The message could not be kept, or the history cannot be read: the disk is full, say, or damaged. */
  Unavailable: 'unavailable',
} as const;

export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

/** Codes of the HTTP API's `{"error": {"code", "message", "field"?}}`. */
export const ApiErrorCode = {
  /** 400: the body is not a JSON object. */
  InvalidJson: 'invalid_json',
  /** 400: `field` names what is missing or wrong. */
  InvalidRequest: 'invalid_request',
  /** 401: no API key, or a wrong one. */
  Unauthorized: 'unauthorized',
  /** 404: no such route or method. */
  NotFound: 'not_found',
  /** 413: body or publication over its limit. */
  TooLarge: 'too_large',
  /** 429: too many wrong keys from this address. */
  RateLimited: 'rate_limited',
  /** 503: the server shuts down, or its history cannot be written or read. */
  Unavailable: 'unavailable',
  /** 503: the server has no API key, so its API is off. */
  ApiDisabled: 'api_disabled',
} as const;

export type ApiErrorCode = (typeof ApiErrorCode)[keyof typeof ApiErrorCode];

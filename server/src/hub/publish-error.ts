import { ApiErrorCode } from '../../../protocol/src/error-codes.ts';

/** A publish request is wrong, or too large. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
  /** One of the HTTP API's codes. */
  readonly code: ApiErrorCode;
  /** What is missing or wrong, as a path: `data.type`. */
  readonly field: string | undefined;

  constructor(code: ApiErrorCode, message: string, field?: string) {
    super(message);
    this.code = code;
    this.field = field;
  }

  /** Status of its answer over HTTP. */
  get status(): number {
    return this.code === ApiErrorCode.TooLarge ? 413 : this.code === ApiErrorCode.Unavailable ? 503 : 400;
  }
}

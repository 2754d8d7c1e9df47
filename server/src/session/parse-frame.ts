import { ErrorCode } from '../../../protocol/src/error-codes.ts';

/** A JSON object with a `type`. */
export interface Frame {
  type: string;
  [field: string]: unknown;
}

export interface FrameError {
  code: ErrorCode;
  message: string;
  field?: string;
}

/** Reads a text frame. */
export function parseFrame(
  data: Buffer,
  isBinary: boolean,
  limit: number,
): { frame: Frame; error?: undefined } | { error: FrameError } {
  if (isBinary) return fail(ErrorCode.BinaryFrame, 'expected a text frame, got a binary one');
  if (data.length > limit) {
    return fail(ErrorCode.FrameTooLarge, `expected at most ${limit} bytes, got ${data.length}`);
  }
  let frame: unknown;
  try {
    frame = JSON.parse(data.toString('utf8'));
  } catch {
    return fail(ErrorCode.InvalidJson, 'expected a JSON object, got what is no JSON');
  }
  if (typeof frame !== 'object' || frame === null || Array.isArray(frame)) {
    const got = frame === null ? 'null' : Array.isArray(frame) ? 'an array' : `a ${typeof frame}`;
    return fail(ErrorCode.InvalidJson, `expected a JSON object, got ${got}`);
  }
  if (!Object.hasOwn(frame, 'type') || typeof (frame as Frame).type !== 'string') {
    return fail(ErrorCode.InvalidFrame, 'type: expected text', 'type');
  }
  return { frame: frame as Frame };
}

function fail(code: ErrorCode, message: string, field?: string): { error: FrameError } {
  return { error: { code, message, field } };
}

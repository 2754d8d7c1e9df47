import { ErrorCode } from '../../../protocol/src/error-codes.ts';
import { isProtocolType, MESSAGE_TYPE } from '../../../protocol/src/names.ts';
import type { Frame } from './parse-frame.ts';
import { publishMessage } from './publish-message.ts';
import type { Session } from './session.ts';

/** A frame from a client that asked for nothing: a message, or another type that its token grants, on the default channel. */
export function receivePlain(session: Session, frame: Frame): void {
  const { type } = frame;
  if (isProtocolType(type)) {
    session.refuse(
      ErrorCode.UnsupportedType,
      `type: ${type} is for connections that were opened with protocol=1`,
      { field: 'type' },
    );
  } else if (!MESSAGE_TYPE.test(type)) {
    session.refuse(
      ErrorCode.InvalidFrame,
      'type: expected 1–64 of A–Z a–z 0–9 _ . : - beginning with a letter',
      {
        field: 'type',
      },
    );
  } else {
    publishMessage(session, session.core.settings.defaultChannel, frame);
  }
}

import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

/** Longest piece of a frame that is logged, in UTF-16 units. */
const MAX_LOGGED = 2000;

/** To standard output: pretty on a terminal, one JSON object a line otherwise. */
export function createLogger(debug: boolean): Logger {
  const options = { level: debug ? 'debug' : 'info', base: undefined };
  return process.stdout.isTTY
    ? pino(options, pretty({ sync: true, translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname' }))
    : pino(options);
}

/** A frame as it may be logged: tokens masked, whether in the field of that name or anywhere else, and cut. */
export function forLog(frame: string): string {
  const masked = frame
    .slice(0, 4 * MAX_LOGGED)
    .replace(/("token"\s*:\s*")[^"]*/gi, '$1***')
    .replace(/([?&]token=)[^&"\s]*/gi, '$1***')
    // Anything that begins as a JWT does: {" in Base64.
    .replace(/eyJ[\w-]{8,}(?:\.[\w-]*)*/g, '***');
  return masked.length > MAX_LOGGED ? `${masked.slice(0, MAX_LOGGED)}…` : masked;
}

/** What a log line says beside its event: numbers, codes, names of ours. Never ids, addresses, keys or query strings. */
export type Facts = Record<string, string | number | boolean | undefined>;

/** Takes structured log lines. `event` is a fixed word such as `applier-failed`. */
export interface Logger {
  info(event: string, facts?: Facts): void;
  warn(event: string, facts?: Facts): void;
  error(event: string, facts?: Facts): void;
}

/** A logger that writes one JSON object a line. JSON escapes line breaks, so a value cannot forge a line. */
export function jsonLogger(write: (line: string) => void): Logger {
  const line = (level: string) => (event: string, facts?: Facts) =>
    write(`${JSON.stringify({ at: new Date().toISOString(), level, event, ...facts })}\n`);
  return { info: line('info'), warn: line('warn'), error: line('error') };
}

const MESSAGE_LENGTH = 160;

/** A logger that says nothing: the default of an embedded receiver. */
export const silentLogger: Logger = { info() {}, warn() {}, error() {} };

/**
 * What may be logged of an error: its name and code, and its message with everything removed that could be a value, for
 * engines quote data in their messages. What stands after a quotation mark goes too: a value may hold more of them, and
 * line breaks.
 */
export function errorFacts(error: unknown): Facts {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const message = (/^.*/.exec(error.message.slice(0, MESSAGE_LENGTH))?.[0] ?? '')
    .replace(/(?<!\w)['"`].*/, '…')
    .replace(/[^\s,;:)]+/g, (word) => (/[@\d]/.test(word) ? '…' : word));
  return { error: error.name, code, message };
}

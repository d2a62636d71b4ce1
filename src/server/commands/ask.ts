import { type CommandFailure, failure, MOST_SECONDS } from './options.js';

/** A server and the key to it. */
export interface ServerAccess {
  url: string;
  adminKey: string;
  /** Seconds that it may be silent. */
  timeout: number;
}

/** Asks the running server; rejects with a sentence for the user when it does not answer, refuses, or falls silent. */
export async function ask(
  { url, adminKey, timeout }: ServerAccess,
  path: string,
  method = 'GET',
  body?: string,
): Promise<Response> {
  const patience = limitSilence(url, timeout);
  const request = {
    method,
    headers: { authorization: `Bearer ${adminKey}` },
    signal: patience.signal,
    ...(body !== undefined && { body }),
  };
  let response: Response;
  try {
    response = await patience.wait(fetch(url + path, request));
  } catch {
    if (patience.signal.aborted) throw patience.signal.reason;
    throw failure(`No filrouge server answers at ${url}. Start one with "filrouge serve", or name another with --url.`);
  }
  if (!response.ok) throw await refusal(url, response);
  return response.body ? new Response(watched(response.body, patience.wait), response) : response;
}

/** Flags that are not for the server, or that each command gives in words of its own. */
const OWN_FLAGS = new Set(['url', 'adminKey', 'timeout', 'format', 'out', 'person']);

/** The flags of a question, as commander hands them over, as the parameters of a request: each under its own name. */
export function parametersOf(flags: object): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const [flag, value] of Object.entries<unknown>({ ...flags })) {
    const name = flag.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (!OWN_FLAGS.has(flag) && value !== undefined) parameters.set(name, String(value));
  }
  return parameters;
}

/** Gives up when one wait takes too long; what takes long but goes on is no reason. */
function limitSilence(url: string, seconds: number) {
  const stopping = new AbortController();
  const tooLong = failure(
    `${url} said nothing for ${seconds} ${seconds === 1 ? 'second' : 'seconds'}. It may still be at work; --timeout gives it longer, at most ${MOST_SECONDS}.`,
  );
  return {
    signal: stopping.signal,
    async wait<T>(step: Promise<T>): Promise<T> {
      const timer = setTimeout(() => stopping.abort(tooLong), seconds * 1000);
      try {
        return await step;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** The same bytes; each is waited for only while somebody wants it: a slow reader is not a silent server. */
function watched(
  body: ReadableStream<Uint8Array>,
  wait: <T>(step: Promise<T>) => Promise<T>,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await wait(reader.read());
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

async function refusal(url: string, response: Response): Promise<CommandFailure> {
  if (response.status === 401)
    return failure(`${url} does not know this admin key. Give the right one with --admin-key.`);
  const body: unknown = await response.json().catch(() => undefined);
  const { code, message } = errorOf(body);
  if (code === 'bad-query') return failure(message, 2);
  return failure(`${url} answered ${response.status}${code ? ` ${code}` : ''}: ${message}`);
}

function errorOf(body: unknown): { code: string; message: string } {
  const { error } = (body ?? {}) as { error?: { code?: string; message?: string } };
  return { code: error?.code ?? '', message: error?.message ?? 'it gave no reason.' };
}

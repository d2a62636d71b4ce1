import { type CommandFailure, failure } from './options.js';

/** A server and the key to it. */
export interface ServerAccess {
  url: string;
  adminKey: string;
}

/** Asks the running server; rejects with a sentence for the user when it does not answer, or refuses. */
export async function ask(
  { url, adminKey }: ServerAccess,
  path: string,
  method = 'GET',
  body?: string,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${adminKey}` },
      ...(body !== undefined && { body }),
    });
  } catch {
    throw failure(`No filrouge server answers at ${url}. Start one with "filrouge serve", or name another with --url.`);
  }
  if (response.ok) return response;
  throw await refusal(url, response);
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

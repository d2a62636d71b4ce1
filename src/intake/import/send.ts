import { setTimeout as wait } from 'node:timers/promises';
import type { Notice } from '../webhooks/contract.js';

/** What became of a batch. */
export interface Sent {
  accepted: number;
  rejected: { index: number; code: string }[];
}

/** Sends a batch and resolves when it is acknowledged. Rejects with a sentence for the user when it cannot be. */
export type SendNotices = (notices: readonly Notice[]) => Promise<Sent>;

/** Where to send. */
export interface SendOptions {
  url: string;
  secretKey: string;
  /** Names the other system, see `POST /v1/notices`. */
  source: string;
  /** How long an answer may take before the batch is sent again, in ms; default 60,000. */
  answerMs?: number;
  /** How often a batch is tried while the receiver does not answer or is busy; default 12, some two minutes. */
  attempts?: number;
}

const LONGEST_PAUSE_MS = 20_000;
/** A batch is on disk in milliseconds; a receiver that takes longer than this has died on the way. */
const ANSWER_MS = 60_000;

/** Batches for `POST /v1/notices` of a running receiver, repeated while it is busy or away. Repeats are harmless. */
export function sendNotices(options: SendOptions): SendNotices {
  const { url, secretKey, source, answerMs = ANSWER_MS, attempts = 12 } = options;
  const authorization = `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  return async (notices) => {
    const body = JSON.stringify({ source, notices });
    for (let attempt = 1; ; attempt += 1) {
      const request = { method: 'POST', headers, body, signal: AbortSignal.timeout(answerMs) };
      const answer = await fetch(`${url}/v1/notices`, request).catch(() => undefined);
      const taken = answer?.ok ? await readSent(answer) : undefined;
      if (taken) return taken;
      const isPassing = !answer || answer.ok || answer.status >= 500 || answer.status === 429;
      if (!isPassing) throw new Error(await refusal(url, answer));
      if (attempt >= attempts)
        throw new Error(answer ? await refusal(url, answer) : `No filrouge server answers at ${url}.`);
      const seconds = Number(answer?.headers.get('retry-after') ?? Number.NaN);
      if (!answer?.bodyUsed) await answer?.body?.cancel();
      const pause = Number.isNaN(seconds) ? 200 * 2 ** attempt : seconds * 1000;
      await wait(Math.min(pause, LONGEST_PAUSE_MS));
    }
  };
}

/** Undefined when the answer breaks off: then nobody knows what was taken, and a repeat does no harm. */
async function readSent(answer: Response): Promise<Sent | undefined> {
  const body: unknown = await answer.json().catch(() => undefined);
  const { accepted, rejected = [] } = (body ?? {}) as { accepted?: unknown; rejected?: Sent['rejected'] };
  return typeof accepted === 'number' ? { accepted, rejected } : undefined;
}

async function refusal(url: string, answer: Response): Promise<string> {
  if (answer.status === 401) return `${url} does not know this secret key. Give the right one with --secret-key.`;
  if (answer.status === 404) return `${url} has no /v1/notices: is it a filrouge server of this version?`;
  const body = (await answer.json().catch(() => undefined)) as
    | { error?: { code?: string; message?: string } }
    | undefined;
  return `${url} answered ${answer.status}: ${body?.error?.message ?? 'it gave no reason.'}`;
}

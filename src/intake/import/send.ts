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
  /** How often a batch is tried while the receiver does not answer or is busy; default 12, some two minutes. */
  attempts?: number;
}

const LONGEST_PAUSE_MS = 20_000;

/** Batches for `POST /v1/notices` of a running receiver, repeated while it is busy or away. Repeats are harmless. */
export function sendNotices({ url, secretKey, source, attempts = 12 }: SendOptions): SendNotices {
  const authorization = `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  return async (notices) => {
    const body = JSON.stringify({ source, notices });
    for (let attempt = 1; ; attempt += 1) {
      const answer = await fetch(`${url}/v1/notices`, { method: 'POST', headers, body }).catch(() => undefined);
      if (answer?.ok) {
        const { accepted, rejected = [] } = (await answer.json()) as { accepted: number; rejected?: Sent['rejected'] };
        return { accepted, rejected };
      }
      const isPassing = !answer || answer.status >= 500 || answer.status === 429;
      if (!isPassing) throw new Error(await refusal(url, answer));
      if (attempt >= attempts)
        throw new Error(answer ? await refusal(url, answer) : `No filrouge server answers at ${url}.`);
      const seconds = Number(answer?.headers.get('retry-after') ?? Number.NaN);
      await answer?.body?.cancel();
      const pause = Number.isNaN(seconds) ? 200 * 2 ** attempt : seconds * 1000;
      await wait(Math.min(pause, LONGEST_PAUSE_MS));
    }
  };
}

async function refusal(url: string, answer: Response): Promise<string> {
  if (answer.status === 401) return `${url} does not know this secret key. Give the right one with --secret-key.`;
  if (answer.status === 404) return `${url} has no /v1/notices: is it a filrouge server of this version?`;
  const body = (await answer.json().catch(() => undefined)) as
    | { error?: { code?: string; message?: string } }
    | undefined;
  return `${url} answered ${answer.status}: ${body?.error?.message ?? 'it gave no reason.'}`;
}

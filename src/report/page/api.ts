import type { Person, StoredEvent } from '../../stores/contract.js';
import type { Dated } from '../answers/age.js';
import type { AttributionReport } from '../attribution/attribution.js';
import type { Explanation } from '../attribution/explain.js';
import type { AudienceReport } from '../audience.js';
import type { ConsentReport } from '../consent.js';
import type { DeliveryReport } from '../delivery.js';
import type { JourneysReport } from '../journeys.js';
import type { KpisReport } from '../kpis.js';
import type { PeopleAnswers } from '../people/reports.js';
import type { Draft } from './once.js';

type DatedPeopleAnswers = { [N in keyof PeopleAnswers]: PeopleAnswers[N] & Dated };

/** What `GET /v1/reports/{name}` answers, by name. */
export interface Answers extends DatedPeopleAnswers {
  kpis: KpisReport & Dated;
  attribution: AttributionReport & Dated;
  journeys: JourneysReport & Dated;
  delivery: DeliveryReport & Dated;
  consent: ConsentReport & Dated;
  audience: AudienceReport;
}

/** Parameters of a report; undefined ones are left out. */
export interface Parameters {
  [name: string]: string | number | boolean | undefined;
}

/** What `GET /v1/people/{identifier}/consent` answers, as far as the page reads it. */
export interface ConsentRecord {
  choices: {
    at: string;
    receivedAt: string;
    preferences: { [category: string]: boolean };
    source?: string;
    version?: string;
    messageId: string;
  }[];
  /** Withdrawals that were acted on. */
  actions: { at: string; removed: number; trimmed: number }[];
}

/** Why the receiver did not answer: its status (0 when it could not be reached), its code ('' without one) and sentence. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Asks the receiver, with the admin key. */
export interface Api {
  /** A report as it is now; `draft` is told of an earlier one that is kept, if there is one, while this one is counted. */
  report<K extends keyof Answers>(
    name: K,
    parameters: Parameters,
    signal?: AbortSignal,
    draft?: Draft<Answers[K]>,
  ): Promise<Answers[K]>;
  /** Saves a report as a CSV file. */
  download(name: keyof Answers, parameters: Parameters): Promise<void>;
  /** Why an order's touches have their credit; rejects with 404 when there is no such order. */
  explain(order: string, parameters: Parameters): Promise<Explanation>;
  /** Saves the same as a CSV file, which is named after no order. */
  creditsFile(order: string, parameters: Parameters): Promise<void>;
  /** Who has this identifier and what they did; rejects with 404 when nobody has. */
  person(identifier: string): Promise<Person>;
  /** What they agreed to and when, oldest first; rejects with 404 when nobody has this identifier. */
  consent(identifier: string): Promise<ConsentRecord>;
  /** Saves everything about a person as a JSON file, which is named after nobody. */
  personFile(identifier: string): Promise<void>;
  /** Events since an instant, oldest first. */
  eventsSince(from: string, signal?: AbortSignal): Promise<StoredEvent[]>;
}

/** `base` is the address of this page; the API is beside it. */
export function createApi(key: string, base: string): Api {
  const get = async (path: string, parameters: Parameters, signal?: AbortSignal) => {
    const url = new URL(path, base);
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const response = await fetch(url, { headers: { authorization: `Bearer ${key}` }, ...(signal && { signal }) }).catch(
      (error: unknown) => {
        if (signal?.aborted) throw error;
        throw new ApiError(0, '', '');
      },
    );
    if (!response.ok) throw await refusal(response);
    return response;
  };
  return {
    async report<K extends keyof Answers>(
      name: K,
      parameters: Parameters,
      signal?: AbortSignal,
      draft?: Draft<Answers[K]>,
    ): Promise<Answers[K]> {
      const ask = async (age: Parameters): Promise<Answers[K]> =>
        (await get(`v1/reports/${name}`, { ...parameters, ...age }, signal)).json();
      // The audience is of another store, which has its sums at hand.
      if (!draft || name === 'audience') return ask({});
      const found = await ask({ 'max-age': A_DAY });
      if (!found.recounting) return found;
      draft(found);
      return ask({ 'max-age': A_DAY, 'newer-than': found.asOf });
    },
    download: async (name, parameters) => {
      const response = await get(`v1/reports/${name}`, { ...parameters, format: 'csv' });
      save(await response.blob(), `filrouge-${name}.csv`);
    },
    explain: async (order, parameters) => (await get('v1/reports/explain', { ...parameters, order })).json(),
    creditsFile: async (order, parameters) => {
      const response = await get('v1/reports/explain', { ...parameters, order, format: 'csv' });
      save(await response.blob(), 'filrouge-explain.csv');
    },
    person: async (identifier) => (await get(`v1/people/${encodeURIComponent(identifier)}`, {})).json(),
    consent: async (identifier) => (await get(`v1/people/${encodeURIComponent(identifier)}/consent`, {})).json(),
    personFile: async (identifier) => {
      const response = await get(`v1/people/${encodeURIComponent(identifier)}/export`, {});
      save(await response.blob(), 'filrouge-person.json');
    },
    eventsSince: async (from, signal) => {
      const text = await (await get('v1/events', { from }, signal)).text();
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as StoredEvent);
    },
  };
}

/** The oldest answers that a receiver keeps, in seconds. */
const A_DAY = 86_400;

/** What the receiver says; a proxy in between says it in HTML, so that its status is all there is. */
async function refusal(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as { error?: { code?: string; message?: string } };
  const { code = '', message = `${response.status} ${response.statusText}`.trim() } = body.error ?? {};
  return new ApiError(response.status, code, message);
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own reference by the next task.
  setTimeout(() => URL.revokeObjectURL(url));
}

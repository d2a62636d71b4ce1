import { nameAsked } from '../persons/identifiers.js';
import { threadsIn } from '../thread-columns.js';
import { removeLeftovers } from './compact.js';
import { readConsent } from './consent.js';
import { readDelivery } from './delivery.js';
import { streamEvents } from './event-pages.js';
import { readProblems } from './identities/identities.js';
import { readJourneys } from './journeys.js';
import { readKpis } from './kpis.js';
import { readPerson } from './people.js';
import type { EngineStore } from './process/calls.js';
import { createQuestions } from './questions.js';
import { readEverySource, readSources } from './sources.js';
import { type EngineOptions, openStoreFile } from './store-file.js';
import { openWriter } from './writer.js';

/** The DuckDB store in this process. `duckdbStore` runs it in another. */
export async function openEngine(options: EngineOptions): Promise<EngineStore> {
  const file = await openStoreFile(options);
  // Only now that the file is ours: another process may have been at work on them.
  removeLeftovers(options.file);
  const writer = await openWriter(file, options);
  const { ask, askVisits, readThreads } = createQuestions(file);
  return {
    ...writer,
    events: (query) => streamEvents(ask, query),
    person: (identifier, known) => ask((session) => readPerson(session, nameAsked(identifier, options)), known),
    identityProblems: () => ask(readProblems),
    sources: (query) => ask((session) => readSources(session, query), query),
    everySource: () => ask(readEverySource),
    kpis: (query) => askVisits(query, (session) => readKpis(session, query)),
    async *journeys(query) {
      yield* await askVisits(query, (session) => readJourneys(session, query));
    },
    threadColumns: readThreads,
    async *threads(query) {
      for await (const columns of readThreads(query)) yield* threadsIn(columns);
    },
    delivery: (query) => ask((session) => readDelivery(session, query)),
    consent: (query) => ask((session) => readConsent(session, query)),
  };
}

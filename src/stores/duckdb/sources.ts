import type { ReportQuery, SourceFacts } from '../contract.js';
import { DIRECT } from '../stamp/source.js';
import { type Session, sqlBounds } from './database.js';

/** All sources that anything ever named, and direct. */
export async function readEverySource(session: Session): Promise<SourceFacts[]> {
  const rows = await session.rows<{ facts: string }>('SELECT facts FROM sources');
  return [{ key: DIRECT }, ...rows.map((row) => parseFacts(row.facts))];
}

/** The sources that interactive events and touches in the range name, and direct; sorted by key. */
export async function readSources(
  session: Session,
  query: Pick<ReportQuery, 'from' | 'to' | 'bots'>,
): Promise<SourceFacts[]> {
  const rows = await session.rows<{ facts: string }>(
    `SELECT facts FROM sources WHERE id IN (
       SELECT source FROM events
       WHERE (interactive OR touch IS NOT NULL) AND (NOT automated OR $bots) AND happened >= $from::BIGINT AND happened < $to::BIGINT
     )`,
    { ...sqlBounds(query), bots: query.bots === true },
  );
  const facts = [{ key: DIRECT }, ...rows.map((row) => parseFacts(row.facts))];
  return facts.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The facts of a row of `sources`. */
export function parseFacts(facts: string): SourceFacts {
  return JSON.parse(facts) as SourceFacts;
}

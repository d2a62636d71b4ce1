import { isContextOnly, isReferrerOnly } from '../stamp/source.js';
import type { Stamped } from '../stamp/stamp.js';
import { appendRows, type Session, type Value } from './database.js';
import { agentKey, type WriterState } from './state.js';

const SOURCE_TYPES = ['DOUBLE', 'VARCHAR', 'VARCHAR', 'BOOLEAN', 'BOOLEAN', 'VARCHAR'] as const;

/** Gives numbers to sources and agents that are new, and returns what looks up those of an event. */
export async function numberShared(
  session: Session,
  events: readonly Pick<Stamped, 'facts' | 'agent'>[],
  state: WriterState,
) {
  const sources: Value[][] = [];
  const agents: Value[][] = [];
  // By object first: equal ones are mostly the same, and their texts are long.
  const numbers = new Map<object, number>();
  for (const { facts, agent } of events) {
    if (facts && !numbers.has(facts)) {
      let number = state.sources.get(facts.key);
      if (number === undefined) {
        number = state.lastSource += 1;
        state.sources.set(facts.key, number);
        const bare = [isReferrerOnly(facts), isContextOnly(facts)];
        sources.push([number, facts.key, JSON.stringify(facts), ...bare, facts.referrer ?? null]);
      }
      numbers.set(facts, number);
    }
    if (!numbers.has(agent)) {
      const key = agentKey(agent);
      const number = state.agents.get(key) ?? state.agents.size + 1;
      if (!state.agents.has(key)) agents.push([number, agent.browser, agent.os, agent.device]);
      state.agents.set(key, number);
      numbers.set(agent, number);
    }
  }
  await appendRows(session, 'sources', SOURCE_TYPES, sources);
  await appendRows(session, 'agents', ['DOUBLE', 'VARCHAR', 'VARCHAR', 'VARCHAR'], agents);
  return {
    sourceOf: ({ facts }: Pick<Stamped, 'facts'>) => (facts ? (numbers.get(facts) ?? null) : null),
    agentOf: ({ agent }: Pick<Stamped, 'agent'>) => numbers.get(agent) ?? null,
  };
}

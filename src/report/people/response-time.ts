import { eventsNamed, grouped, median, quantile, ratio, textIn } from './read/facts.js';
import type { PeopleReport } from './read/scene.js';
import type { Way, WayEvent } from './read/way.js';

/** Conversations of one channel that people began in the period. */
export interface ResponseFigures {
  conversations: number;
  /** An agent wrote after the person's first message. */
  answered: number;
  answeredRate: number | null;
  /** From the person's first message to the agent's first after it; only where there was one. */
  medianSeconds: number | null;
  p90Seconds: number | null;
  /** Share of all conversations that were answered within a minute. */
  withinOneMinute: number | null;
}

/** What `response-time` answers besides its heading. */
export interface ResponseTimeReport {
  rows: ({ channel: string } & ResponseFigures)[];
  totals: ResponseFigures;
}

const STARTED = 'Live Chat Conversation Started';
/** In the Segment spec the person sends and receives. */
const ASKED = 'Live Chat Message Sent';
const ANSWERED = 'Live Chat Message Received';

/** How soon people get an answer, by channel (the event's `context.channel`, else `Live chat`). Chats by `conversation_id`. */
export const responseTime: PeopleReport<ResponseTimeReport> = {
  name: 'response-time',
  plan: () => ({ events: [STARTED, ASKED, ANSWERED], only: 'asked', days: 1 }),
  tally(scene) {
    const groups = grouped((): Talk[] => []);
    const all: Talk[] = [];
    return {
      add(thread) {
        for (const talk of talksOf(thread)) {
          if (talk.askedAt < scene.from || talk.askedAt >= scene.to) continue;
          all.push(talk);
          groups.of(talk.channel === undefined ? 'Live chat' : (scene.stated(talk.channel) ?? talk.channel)).push(talk);
        }
      },
      result: () => ({
        rows: groups
          .entries()
          .map(([channel, talks]) => ({ channel, ...figures(talks) }))
          .sort((a, b) => b.conversations - a.conversations),
        totals: figures(all),
      }),
    };
  },
};

interface Talk {
  channel: string | undefined;
  askedAt: number;
  seconds: number | undefined;
}

function talksOf(thread: Way): Talk[] {
  const talks = new Map<string, WayEvent[]>();
  for (const event of eventsNamed(thread, STARTED, ASKED, ANSWERED)) {
    const id = textIn(event.properties, 'conversation_id') ?? '';
    const events = talks.get(id) ?? [];
    events.push(event);
    talks.set(id, events);
  }
  return [...talks.values()].flatMap((events) => {
    // Without messages of the person, the beginning is what waits for an answer.
    const asked = events.find(({ name }) => name === ASKED) ?? events.find(({ name }) => name === STARTED);
    if (!asked) return [];
    const answer = events.find(({ name, ms }) => name === ANSWERED && ms >= asked.ms);
    const seconds = answer && (answer.ms - asked.ms) / 1000;
    return [{ channel: asked.channel, askedAt: asked.ms, seconds }];
  });
}

function figures(talks: readonly Talk[]): ResponseFigures {
  const seconds = talks.flatMap((talk) => talk.seconds ?? []);
  return {
    conversations: talks.length,
    answered: seconds.length,
    answeredRate: ratio(seconds.length, talks.length),
    medianSeconds: median(seconds),
    p90Seconds: quantile(seconds, 0.9),
    withinOneMinute: ratio(seconds.filter((one) => one <= 60).length, talks.length),
  };
}

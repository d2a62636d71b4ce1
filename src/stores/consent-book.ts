import { CHOICE_EVENTS, LEDGER_EVENTS, WITHDRAWAL_APPLIED_EVENT, type WireEvent } from '../protocol/index.js';
import type { ConsentAccount, ConsentFigures, ConsentQuery, ConsentRow } from './consent.js';
import { dayAt, daysBetween } from './days.js';
import { objectOf, textOf } from './loose.js';
import { boundsOf, isWithin } from './range.js';
import { compareRows } from './sessions.js';
import type { EventRow } from './stamp/stamp.js';

/** What tells a choice of the ledger from the one before. */
export interface Told {
  /** Purpose or category -> granted; what is undecided is absent. */
  preferences: { readonly [category: string]: boolean };
  source?: string | undefined;
  version?: string | undefined;
  /** The TC or GPP string, or a number that stands for it. */
  string?: string | number | undefined;
}

/** True when a choice says what is known of the same device. A stamp proves nothing new about it. */
export function isRepeat(choice: Told, before: Told): boolean {
  const isSameProof = before.version === choice.version && before.string === choice.string;
  return isSame(before.preferences, choice.preferences) && (isSameProof || choice.source === 'stamp');
}

function isSame(one: Told['preferences'], other: Told['preferences']): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

/** A line of the ledger. */
export interface Choice extends Told {
  /** Stands for the device. */
  device: number;
  at: number;
}

/** Counts choices. */
export interface ConsentBook {
  /** The next one: device by device, those of one device in their order. */
  add(choice: Choice): void;
  figures(): Pick<ConsentAccount, 'rows' | 'total'>;
}

/** An empty book for choices made from `first` to `last` (milliseconds). */
export function openConsentBook(query: ConsentQuery, { first, last }: { first: number; last: number }): ConsentBook {
  const { by } = query;
  const { from, to } = boundsOf(query);
  const days = by === 'day' && first <= last ? daysBetween(first, last, query.timezone) : [];
  const groups = new Map<string, Tally>();
  const total = emptyTally();
  let latest: Choice | undefined;
  return {
    add(choice) {
      const before = latest?.device === choice.device ? latest : undefined;
      if (choice.at >= to || (before && isRepeat(choice, before))) return;
      latest = choice;
      if (choice.at < from) return;
      count(total, choice, before, 'analytics');
      const keys = by === 'purpose' ? purposesIn(choice, before) : by === 'day' ? [dayAt(days, choice.at)] : [];
      if (by === 'platform') keys.push(choice.source ?? '');
      if (by === 'version') keys.push(choice.version ?? '');
      for (const key of keys) {
        const tally = groups.get(key) ?? emptyTally();
        groups.set(key, tally);
        count(tally, choice, before, by === 'purpose' ? key : 'analytics');
      }
    },
    figures() {
      const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
      const rows = sorted.map(([key, tally]): ConsentRow => ({ [by]: key, ...figuresOf(tally) }));
      return { rows, total: figuresOf(total) };
    },
  };
}

/** Figures while they are counted. */
interface Tally extends ConsentFigures {
  lastDevice: number | undefined;
}

const emptyTally = (): Tally => ({
  choices: 0,
  devices: 0,
  granted: 0,
  denied: 0,
  withdrawn: 0,
  lastDevice: undefined,
});

const figuresOf = ({ lastDevice: _, ...figures }: Tally): ConsentFigures => figures;

function count(tally: Tally, { device, preferences }: Choice, before: Choice | undefined, purpose: string): void {
  const granted = preferences[purpose];
  tally.choices += 1;
  if (device !== tally.lastDevice) tally.devices += 1;
  tally.lastDevice = device;
  if (granted === true) tally.granted += 1;
  else if (granted === false) tally.denied += 1;
  if (granted !== true && before?.preferences[purpose] === true) tally.withdrawn += 1;
}

/** The purposes that a choice is about: what was granted and is not even named is withdrawn. */
function purposesIn({ preferences }: Choice, before: Choice | undefined): string[] {
  return [...new Set([...Object.keys(preferences), ...grantedIn(before)])];
}

function grantedIn(choice: Choice | undefined): string[] {
  return Object.entries(choice?.preferences ?? {}).flatMap(([purpose, granted]) => (granted ? [purpose] : []));
}

/** The account of the events of an engine in memory. */
export function accountForConsent(
  query: ConsentQuery,
  stored: readonly { row: EventRow; wire: WireEvent }[],
): ConsentAccount {
  const told = stored.filter(({ row }) => CHOICE_EVENTS.includes(row.event ?? ''));
  told.sort(({ row: a }, { row: b }) => a.deviceNo - b.deviceNo || compareRows(a, b));
  const times = told.map(({ row }) => row.at);
  const book = openConsentBook(query, {
    first: times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    last: times.reduce((a, b) => Math.max(a, b), 0),
  });
  for (const one of told) book.add(choiceOf(one.row, one.wire));
  const began = new Map<number, number>();
  for (const { row } of told) began.set(row.deviceNo, Math.min(row.at, began.get(row.deviceNo) ?? row.at));
  const inside = stored.filter(({ row }) => isWithin(query, row.at));
  const events = inside.filter(({ row }) => !LEDGER_EVENTS.includes(row.event ?? ''));
  const known = events.flatMap(({ row }) => {
    const at = began.get(row.deviceNo);
    return at === undefined ? [] : [row.receivedAt < at];
  });
  const early = known.filter(Boolean).length;
  const actions = inside.filter(({ row }) => row.event === WITHDRAWAL_APPLIED_EVENT);
  const sum = (name: 'removed' | 'trimmed') =>
    actions.reduce((so, { wire }) => so + (Number(wire.properties?.[name]) || 0), 0);
  return {
    ...book.figures(),
    ...{ removed: sum('removed'), trimmed: sum('trimmed') },
    ...{ events: events.length, recorded: known.length - early, early },
  };
}

/** What the ledger's line of a stored event says. */
export function choiceOf({ deviceNo: device, at }: Pick<EventRow, 'deviceNo' | 'at'>, wire: WireEvent): Choice {
  const properties = objectOf(wire.properties);
  return {
    device,
    at,
    preferences: wire.context?.consent?.categoryPreferences ?? {},
    source: textOf(properties?.source) ?? undefined,
    version: textOf(properties?.version) ?? undefined,
    string: textOf(properties?.string) ?? undefined,
  };
}

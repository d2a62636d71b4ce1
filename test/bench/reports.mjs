// The reports that are timed, by the name under which they are shown; with how old an answer may be.
import { PERIOD } from './made-up.mjs';

const people = ['sales', 'customers', 'lifetime', 'cohorts'];
const everybody = ['visitors', 'engagement', 'transitions', 'overlap', 'funnel'];
const ofPeople = (name) => [name, (reports, age) => reports.people(name, { ...PERIOD, ...age })];

export const REPORTS = {
  'kpis in all': (reports, age) => reports.kpis({ ...PERIOD, ...age, by: 'total' }),
  'kpis by day and channel': (reports, age) => reports.kpis({ ...PERIOD, ...age, by: 'day-channel' }),
  'kpis of the last week, by channel': (reports, age) =>
    reports.kpis({ from: '2026-11-09', to: '2026-11-15', by: 'channel', ...age }),
  'attribution, all models': (reports, age) => reports.attribution({ ...PERIOD, ...age }),
  journeys: (reports, age) => reports.journeys({ ...PERIOD, ...age }),
  // Reads those who bought.
  ...Object.fromEntries(people.map(ofPeople)),
  // Reads everybody.
  ...Object.fromEntries(everybody.map(ofPeople)),
  'attribution, markov with nulls': (reports, age) => reports.attribution({ ...PERIOD, ...age, model: 'markov' }),
};

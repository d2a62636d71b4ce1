// The reports that are timed, by the name under which they are shown.
import { PERIOD } from './made-up.mjs';

const people = ['sales', 'customers', 'lifetime', 'cohorts'];
const everybody = ['visitors', 'transitions', 'overlap', 'funnel'];
const ofPeople = (name) => [name, (reports) => reports.people(name, PERIOD)];

export const REPORTS = {
  'kpis in all': (reports) => reports.kpis({ ...PERIOD, by: 'total' }),
  'kpis by day and channel': (reports) => reports.kpis({ ...PERIOD, by: 'day-channel' }),
  'kpis of the last week, by channel': (reports) =>
    reports.kpis({ from: '2026-11-09', to: '2026-11-15', by: 'channel' }),
  'attribution, all models': (reports) => reports.attribution(PERIOD),
  journeys: (reports) => reports.journeys(PERIOD),
  // Reads those who bought.
  ...Object.fromEntries(people.map(ofPeople)),
  // Reads everybody.
  ...Object.fromEntries(everybody.map(ofPeople)),
  'attribution, markov with nulls': (reports) => reports.attribution({ ...PERIOD, model: 'markov' }),
};

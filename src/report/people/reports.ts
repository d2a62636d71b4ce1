import type { ReportContext } from '../query.js';
import { ads } from './ads.js';
import { awareness } from './awareness.js';
import { carts } from './carts.js';
import { channelsPerJourney } from './channels-per-journey.js';
import { cohesion } from './cohesion.js';
import { cohorts } from './cohorts.js';
import { combinations } from './combinations.js';
import { customers } from './customers.js';
import { email } from './email.js';
import { engagement } from './engagement.js';
import { funnel } from './funnel.js';
import { gauges } from './gauges.js';
import { lifetime } from './lifetime.js';
import { overlap } from './overlap.js';
import { pickup } from './pickup.js';
import {
  answerPeople,
  type PeopleAnswer,
  type PeopleFigures,
  type PeopleQuery,
  type PeopleReport,
} from './read/scene.js';
import { responseTime } from './response-time.js';
import { roles } from './roles.js';
import { sales } from './sales.js';
import { satisfaction } from './satisfaction.js';
import { storeToWeb, webToStore } from './store-and-web.js';
import { touchpoints } from './touchpoints.js';
import { transitions } from './transitions.js';
import { visitors } from './visitors.js';
import { vitals } from './vitals.js';

/** All reports over whole people. One more is a file, and a line here and in `PeopleReports`. */
const ALL = {
  sales,
  customers,
  cohorts,
  combinations,
  lifetime,
  visitors,
  engagement,
  transitions,
  roles,
  'channels-per-journey': channelsPerJourney,
  overlap,
  funnel,
  touchpoints,
  email,
  satisfaction,
  carts,
  pickup,
  'web-to-store': webToStore,
  'store-to-web': storeToWeb,
  ads,
  vitals,
  cohesion,
  'response-time': responseTime,
  gauges,
  awareness,
};

/** The name of a report over people, as the API takes it. */
export type PeopleReportName = keyof typeof ALL;

/** Their names, in the order in which they are listed. */
export const PEOPLE_REPORT_NAMES = Object.keys(ALL) as readonly PeopleReportName[];

/** What a report answers besides its heading. */
type FiguresOf<N extends PeopleReportName> = (typeof ALL)[N] extends PeopleReport<infer T> ? T : never;

/** The answer of each report over people. */
export type PeopleAnswers = { [N in PeopleReportName]: PeopleAnswer<FiguresOf<N>> };

/** Asks one of the reports over people; `rows` are at most `limit`, `totals` are of all. Rejects with `BadQuery`. */
export async function askPeople<N extends PeopleReportName>(
  context: ReportContext,
  name: N,
  query: PeopleQuery = {},
): Promise<PeopleAnswers[N]> {
  const report: PeopleReport<PeopleFigures> = ALL[name];
  const answer = await answerPeople(context, report, query);
  const { limit } = query;
  // The table above is the proof that a report of this name has this answer; an index type cannot say so.
  return (limit === undefined ? answer : { ...answer, rows: answer.rows.slice(0, limit) }) as PeopleAnswers[N];
}

import type { Store } from '../stores/contract.js';
import type { Dated } from './answers/age.js';
import { asKnown } from './answers/as-known.js';
import { reportsBeside } from './answers/beside.js';
import { rememberAnswers } from './answers/remember.js';
import { type AttributionQuery, type AttributionReport, reportAttribution } from './attribution/attribution.js';
import { type ExplainQuery, type Explanation, explainOrder } from './attribution/explain.js';
import { type ChannelMode, type ChannelsOptions, createChannels } from './channels/channels.js';
import { type ConsentReport, type ConsentReportQuery, reportConsent } from './consent.js';
import { type DeliveryReport, type DeliveryReportQuery, reportDelivery } from './delivery.js';
import { type JourneysQuery, type JourneysReport, reportJourneys } from './journeys.js';
import { type KpisQuery, type KpisReport, reportKpis } from './kpis.js';
import type { PeopleQuery } from './people/read/scene.js';
import { askPeople, type PeopleAnswers, type PeopleReportName } from './people/reports.js';
import type { ReportContext } from './query.js';

/** Settings of `createReports`. */
export interface ReportsOptions {
  /**
   * Channel rules: `extended` (default), or `ga4` for Google's default channel group to the letter; or these with rules
   * and hosts of the site's own.
   */
  channels?: ChannelMode | ChannelsOptions;
  /** The goal of queries that name none; default `Order Completed`. */
  goal?: string;
  /** The time zone of queries that name none; default UTC. */
  timezone?: string;
  /** The currency of amounts that name none, and of reports that are asked for no other; an ISO code such as EUR. */
  currency?: string;
  /** The clock, for default periods. */
  now?: () => Date;
}

/**
 * The reports over one store. Each may be called without a query; a wrong value rejects with `BadQuery`. Each answer says of
 * when it is, and with `maxAgeSeconds` an earlier one will do (age.ts).
 */
export interface Reports {
  kpis(query?: KpisQuery): Promise<KpisReport & Dated>;
  attribution(query?: AttributionQuery): Promise<AttributionReport & Dated>;
  journeys(query?: JourneysQuery): Promise<JourneysReport & Dated>;
  /** What became of the events that browsers numbered: received, refused, lost, late, doubled. */
  delivery(query?: DeliveryReportQuery): Promise<DeliveryReport & Dated>;
  /** What everybody chose, and whether what is stored came after a choice. */
  consent(query?: ConsentReportQuery): Promise<ConsentReport & Dated>;
  /** Why each touch of one conversion has its credit; by order id, or message id. Undefined when there is none. */
  explain(orderId: string, query?: ExplainQuery): Promise<(Explanation & Dated) | undefined>;
  /** Any report over whole people: `sales`, `customers`, `cohorts`, `transitions`, … (`PEOPLE_REPORT_NAMES`). */
  people<N extends PeopleReportName>(name: N, query?: PeopleQuery): Promise<PeopleAnswers[N] & Dated>;
}

/**
 * Makes the reports of a store. Each answer is what the store knows then, unless an older one is allowed; see remember.ts for
 * what is kept between calls. They are counted where the store's engine works, if that is elsewhere.
 */
export function createReports(store: Store, options: ReportsOptions = {}): Reports {
  const now = options.now ?? (() => new Date());
  const remember = rememberAnswers(store, now, options.timezone);
  const fresh = reportsBeside(store, options) ?? reportsHere(createContext(store, options));
  return {
    kpis: (query = {}) => remember('kpis', query, fresh.kpis),
    attribution: (query = {}) => remember('attribution', query, fresh.attribution),
    journeys: (query = {}) => remember('journeys', query, fresh.journeys),
    delivery: (query = {}) => remember('delivery', query, fresh.delivery),
    consent: (query = {}) => remember('consent', query, fresh.consent),
    // Not remembered: it is about one person, who may want to be forgotten.
    explain: fresh.explain,
    people: (name, query = {}) => remember(name, query, (asked) => fresh.people(name, asked)),
  };
}

/** Reports that are counted in this process, anew each time. `async`: what is wrong with a query rejects, whoever finds it. */
export function reportsHere(context: ReportContext): Reports {
  const dated = async <T>(counted: Promise<T>): Promise<T & Dated> => {
    const asOf = context.now().toISOString();
    return { ...(await counted), asOf };
  };
  return {
    kpis: async (query) => dated(reportKpis(asKnown(context, query), query)),
    attribution: async (query) => dated(reportAttribution(asKnown(context, query), query)),
    journeys: async (query) => dated(reportJourneys(asKnown(context, query), query)),
    delivery: async (query) => dated(reportDelivery(context, query)),
    consent: async (query) => dated(reportConsent(context, query)),
    async explain(orderId, query) {
      const asOf = context.now().toISOString();
      const found = await explainOrder(asKnown(context, query), orderId, query);
      return found && { ...found, asOf };
    },
    people: async (name, query) => dated(askPeople(asKnown(context, query), name, query)),
  };
}

/** A store with the settings of its reports. */
export function createContext(store: Store, options: ReportsOptions = {}): ReportContext {
  return {
    store,
    channels: createChannels(options.channels),
    goal: options.goal ?? 'Order Completed',
    timezone: options.timezone ?? 'UTC',
    currency: options.currency?.toUpperCase(),
    now: options.now ?? (() => new Date()),
  };
}

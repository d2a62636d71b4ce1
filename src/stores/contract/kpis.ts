/** Conversions whose amounts are in one currency, and what they brought. */
export interface KpiAmount {
  /** As the event names it, in upper case; '' where it names none. */
  currency: string;
  conversions: number;
  /** Exact to 1/10,000. */
  revenue: number;
}

/**
 * Sessions are recomputed from event time. Interactive events are `page` and `screen` calls and events with
 * `context.page.url`. A session is a run of one device's interactive events (one user's, without a device); a new one
 * begins after more than 30 minutes without one, or when the client's own session id changes. Its day is the day of its
 * first event; its person that of its last event with a user id, else whose the device is; its source the earliest
 * evidence in it, else direct (all facts absent).
 *
 * Evidence is campaign values, click ids, a foreign referrer, or a channel that the event states. A client that keeps touches
 * repeats its latest one (`context.filrouge.touch`) on every event and in later visits, so evidence counts in a session only
 * if the landing (`touch.at`, without one the event's time) is later than the device's event before the session, and at most
 * 30 minutes before its first event: an older touch means that this visit is direct. The same source counts once per session;
 * a bare referrer does not count when it came with a campaign earlier in the session, nor a bare channel after anything else.
 *
 * Session figures belong to sessions that start in the range; conversions and revenue to their own time.
 */
export interface KpiRow {
  /** `YYYY-MM-DD` in the query's time zone. */
  day?: string;
  label?: string;
  /** Distinct persons with a session here; not additive over rows. */
  visitors: number;
  /** Distinct devices with a session here. */
  devices: number;
  sessions: number;
  /** Sessions that lasted 10 s, or had two page views, or a conversion (GA4's engaged session). */
  engagedSessions: number;
  /** Sessions with at least one conversion. */
  convertingSessions: number;
  /**
   * Of the visitors here, those with a converting session here, or to whom a conversion belongs that counts here and was in
   * no session of the range: a server or a till tells many outside of any.
   */
  convertingVisitors: number;
  pageViews: number;
  /** Sum of (last - first event) over sessions, seconds. */
  durationSeconds: number;
  /**
   * Goal events, once per order id (`properties.order_id`) where there is one, in the range of the earliest. Whose the order
   * is and when it was says the earliest from a page or screen before the end of the range: that visitor's way led to it,
   * while a shop's server often tells it a second sooner and knows nobody. Where there is none, the earliest says it. An
   * amount that it does not name is that of the earliest which names one. Conversions outside a session (a server
   * or a till sent them) count under the channel that they state themselves (stamp/touch-events.ts), else under the label of the
   * person's latest session before them, else under that of direct, as journeys do. That session may lie before the range:
   * for labels of all of them ask `sources` without `from`.
   */
  conversions: number;
  /**
   * Sum of properties.total, else revenue, else value, of the conversions (an updated order's by its latest: order.ts); exact
   * to 1/10,000. Whatever the currency: see `amounts`.
   */
  revenue: number;
  /** `conversions` and `revenue` by currency, sorted by it; only where `KpiQuery.amounts` asks for it. */
  amounts?: KpiAmount[];
}

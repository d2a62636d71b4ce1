import { errorEn } from './errors.js';
import { MODELS_EN, MODELS_TOLD_EN } from './models.js';
import { peopleEn } from './people-en.js';

/** Channels have English names already. */
const OWN_NAMES: Record<string, string> = {};

/** The page's texts in English; the shape every language has. */
export const en = {
  skip: 'Skip to the figures',
  title: 'Report',
  language: 'Language',
  signIn: {
    title: 'Open the report',
    text: 'Enter the admin key of this receiver (the value of --admin-key). It stays in this browser tab.',
    key: 'Admin key',
    open: 'Open',
    wrong: 'This key is not accepted here. Check it and try again.',
    leave: 'Sign out',
  },
  filters: {
    label: 'What is shown',
    period: 'Period',
    days: (count: number) => `${count} days`,
    today: 'Today',
    lastWeek: 'Last week',
    lastMonth: 'Last month',
    from: 'From',
    to: 'To',
    goal: 'Goal',
    bots: 'Include bots',
    compare: 'Compare with the period before',
    known: 'As known on',
    knownAbout: 'Counts only what had arrived by the end of this day. Empty: all that is known now.',
  },
  states: {
    loading: 'Loading …',
    failed: 'This could not be loaded.',
    retry: 'Try again',
    broken: (reason: string) => `This page does not understand the answer (${reason}). Load it anew.`,
    unreachable: 'The receiver does not answer. Is it running?',
    /** Why the receiver refused, by its code, else in its own words. */
    error: errorEn,
    nothing: 'Nothing in this period.',
  },
  age: {
    asOf: (time: string) => `As of ${time}`,
    recounting: (time: string) => `As of ${time}, being counted anew …`,
    older: 'Some figures are of earlier today. They are being counted anew.',
    fresh: 'All figures in sight are up to date.',
  },
  empty: {
    title: 'No visits in this period yet',
    text: 'As soon as a visitor who agreed to analytics opens a page with the tag, the visit shows here within seconds.',
    tag: '1. Put this line into the <head> of your pages (with your own write key):',
    look: '2. Open one of these pages, agree in the banner, and watch “Live” below.',
    longer: 'Show the last 90 days',
  },
  actions: {
    csv: 'CSV',
    csvOf: (title: string) => `Download “${title}” as CSV`,
    about: (title: string) => `About “${title}”`,
    asTable: 'Show as table',
  },
  tiles: {
    title: 'Key figures',
    about:
      'The whole period, against the period of the same length just before it (a whole month against the month before); the line is its course by day. Open a name for its definition. Automated traffic is left out unless you include it.',
    before: (text: string) => `before: ${text}`,
    small: 'Small figures: the period before.',
    fresh: 'new',
    open: 'Today is not over yet; the period before has whole days only.',
    visitors: [
      'Visitors',
      'Distinct people with at least one session: one person on two known devices counts once. Not additive: visitors of two days can be the same people.',
    ],
    sessions: ['Sessions', 'Visits. A session ends after 30 minutes without activity.'],
    pageViews: ['Page views', 'Pages and app screens seen, route changes of single-page apps included.'],
    averageSessionSeconds: [
      'Avg. session',
      'Time from the first to the last event of a session, averaged over all sessions. A session with one event lasts 0 seconds.',
    ],
    conversions: [
      'Conversions',
      'How often the goal was reached. Each order number counts once, however often it was sent.',
    ],
    conversionRate: ['Conversion rate', 'Share of sessions in which the goal was reached at least once.'],
    visitorConversionRate: [
      'Conversion rate of visitors',
      'Share of visitors who reached the goal at least once: in a session, or outside of any, as a server or a till tells it.',
    ],
    revenue: [
      'Revenue',
      'Sum of the order totals (with tax and shipping where the shop sends “total”). Refunds are not deducted.',
    ],
    averageOrderValue: ['Avg. order value', 'Revenue divided by conversions.'],
  },
  metrics: { sessions: 'Sessions', conversions: 'Conversions', revenue: 'Revenue' },
  metric: 'Figure',
  dayUnit: 'd',
  currency: 'Currency',
  daily: {
    title: 'Day by day',
    about:
      'Each bar is a day of the time zone that is named at the end of the page. A session belongs to the day on which it began and to the channel of its first campaign or referrer.',
    summary: (metric: string, days: number) =>
      `${metric} per day and channel, ${days === 1 ? '1 day' : `${days} days`}.`,
    day: 'Day',
    week: 'Week from',
    month: 'Month',
    weekOf: (day: string) => `Week from ${day}`,
    spans: { week: 'Each bar is a week, from Monday on.', month: 'Each bar is a month.' },
    total: 'Total',
  },
  channels: {
    title: 'Channels',
    about:
      'Where sessions came from, by the rules of Google Analytics 4 plus Print / QR and AI Assistant. A conversion counts for the session it was made in; told by a server or a till outside of any, for the channel that it states, else for the person’s latest session before, without any for Direct, as in the attribution. The conversion rate is of sessions, the one of visitors of people. “Attribution” below divides conversions over the whole path.',
    share: 'Share of sessions',
    shareAbout: 'Sessions of the channel ÷ all sessions.',
  },
  attribution: {
    title: 'Attribution: who gets the credit?',
    about:
      'Every conversion is divided among the touches before it: visits, clicks, calls, shops. First, last and last non-direct give it to one of them; linear gives all the same; position gives 40 % to the first, 40 % to the last and 20 % to those between; with time decay credit halves every 7 days. All columns add up to the same total. Attribution divides what was seen; it does not prove what caused it.',
    by: 'By',
    thin: 'In grey: met by fewer than 30 journeys, too few for figures to say much.',
    lookback: 'Look back',
    days: (count: number) => `${count} days`,
    summary: (metric: string) => `${metric} by attribution model, side by side. The table below has the numbers.`,
    total: 'Total',
  },
  models: MODELS_EN,
  modelsTold: MODELS_TOLD_EN,
  dimensions: {
    channel: 'Channel',
    source: 'Source',
    medium: 'Source / medium',
    campaign: 'Campaign',
    touchpoint: 'Touchpoint',
  },
  journeys: {
    title: 'Journeys to the goal',
    about:
      'The touches before each conversion in their order: visits, clicks, calls, shops; repeats of a channel in a row are one step. Of paths with more than five steps the first two and the last two are drawn. Paths are not compared with the period before: “Attribution” shows how much each channel gained or lost.',
    summary: 'How touches by channel, step by step, flow into conversions. The table below has the paths.',
    ends: 'On a narrow screen only the first and the last touch are drawn; the table has all steps.',
    path: 'Path',
    pathAbout: 'Channels in their order; a channel several times in a row stands once.',
    medianDays: 'Time to goal',
    medianDaysAbout: 'From the first touch to the conversion; half of them took less.',
    averageTouches: 'Touches',
    averageTouchesAbout: 'Touches per conversion on average, repeats included.',
    paths: (shown: number, all: number) => `${shown} of ${all} ${all === 1 ? 'path' : 'paths'}`,
    conversion: 'Goal',
  },
  live: {
    title: 'Live',
    about: 'Events that arrived for the last five minutes, asked for every five seconds while this page is in sight.',
    count: (n: number) => (n === 1 ? '1 event in five minutes' : `${n} events in five minutes`),
    none: 'No event in the last five minutes.',
    pause: 'Pause',
    resume: 'Resume',
    time: 'Time',
    event: 'Event',
    where: 'Where',
    types: {
      page: 'Page view',
      screen: 'Screen view',
      identify: 'Identified',
      group: 'Joined a group',
      alias: 'Ids joined',
    },
  },
  footer: (zone: string) => `Days and times are those of the time zone ${zone}.`,
  people: peopleEn,
  channelNames: OWN_NAMES,
};

/** What a language must say. */
export type Words = typeof en;

import { COLUMNS_EN, COLUMNS_OF_EN, VALUES_EN } from './columns-en.js';
import { DEFINITIONS_EN } from './definitions-en.js';
import { MORE_MODELS_EN } from './models.js';
import { NEEDS_EN } from './needs.js';
import { noticeEn } from './notices-en.js';
import { PERSON_EN } from './person-en.js';
import { REASONS_TOLD_EN } from './reasons.js';

/** Titles and definitions of a report over people. */
type Told = { title: string; about: string };

/** Texts of the panels on people, in English; the shape every language has. */
export const peopleEn = {
  nav: 'Sections',
  sections: {
    kpis: 'Overview',
    attribution: 'Attribution',
    sales: 'Sales',
    customers: 'Customers',
    transitions: 'Journeys',
    satisfaction: 'Satisfaction',
    delivery: 'Delivery',
    consent: 'Consent',
    audience: 'Audience',
    more: 'All figures',
    person: 'One person',
    live: 'Live',
  },
  segment: 'People',
  segments: {
    '': 'Everybody',
    identified: 'Known by login',
    anonymous: 'Not known',
    new: 'First seen in the period',
    returning: 'Seen before',
    customers: 'Customers',
    'returning-customers': 'Customers from before',
    prospects: 'No order yet',
  },
  pick: 'Report',
  spans: (window: number, follow: number) => `${window} + ${follow} days`,
  span: 'Window and follow-up',
  model: 'Model',
  allModels: 'Compare six',
  moreModels: MORE_MODELS_EN,
  few: (n: number) => `Only ${n}: the figure can be chance.`,
  noNumber: 'Nothing to show for this choice.',
  needs: NEEDS_EN,
  listed: (rows: number) => `The first ${rows} rows; the CSV has all.`,
  note: 'Note: ',
  /** What a report remarks, in this language. */
  notice: noticeEn,
  check: (expected: string, came: string) =>
    `Check on the last third of the time: ${expected} orders were foretold, ${came} came.`,
  cohortMonth: (n: number) => (n === 0 ? 'Same month' : n === 1 ? '+1 month' : `+${n} months`),
  reasons: REASONS_TOLD_EN,
  everybody: 'Everybody’s events: “People” and “Goal” do not apply here.',
  imported: 'Nearly all of these arrived late: they were sent afterwards, as an import of history is.',
  told: (title: string, value: string) => `${title}: ${value}`,
  fromTo: 'from ↓ to →',
  stillOpen: 'The period is not over: this can still grow.',
  worst: (step: string, share: string) => `Most people are lost before “${step}”: ${share} do not get there.`,
  panels: {
    sales: {
      title: 'Sales, net of returns',
      about:
        'Each order number counts once, whether the web, a server or a till reported it; cancelled orders are left out. Refunds count on their own day: revenue = orders − refunds. Average order = orders ÷ number of orders, before refunds. Return rate = orders with a refund ÷ orders. Concentration (Herfindahl) adds up the squared shares of revenue: 100 % is a single place.',
    },
    customers: {
      title: 'Customers',
      about:
        'People with an order in the period, by the first channel known of them. Loyalty = customers with two or more orders in the period ÷ customers. Frequency = orders ÷ customers. Lifetime value = orders less refunds of a customer from the first order to the end of the period, on average, with a 95 % interval from resampling. A relationship has ended after 90 days without a sign of life; those that go on are not in the median of days.',
    },
    lifetime: {
      title: 'What customers will bring',
      about:
        'Everybody who has ordered by the end of the period: what they are expected to order in the year after, out of how often and how lately each has bought (BG/NBD) and for how much (Gamma-Gamma). No margin and no discount; the past of the customers goes on as it was. The check shows the same forecast made after two thirds of the time, beside what came in the last third.',
    },
    cohorts: {
      title: 'Who comes back',
      about:
        'Customers by the month of their first order; each column is the share of them who ordered again so many months later. Up to twelve months before the end of the period. A pale figure with a sign belongs to a month that is not over. Compare the rows: each month is beside the others, so the period before is not shown.',
    },
    combinations: {
      title: 'Value by combination of channels',
      about:
        'Customers are put into groups by the channels they met in the 90 days from their first order, and valued by what they brought in the 180 days after that, the same time for all. So nobody is in a larger group only because they stayed longer. Who buys much early also meets more channels: “adjusted” compares like with like by orders in the window and value of the first order. An observation, not an effect. Looks at the two years before the end of the period, whatever the period, so it is not compared with the one before.',
    },
    transitions: {
      title: 'From channel to channel',
      about:
        'How often people went from one channel to the next within 30 days. Lift = share of those who passed and then reached the goal within 30 days ÷ the same share of those who were at the first channel and did not pass. Who passes is more interested already: lift is no effect. “(end)” = nothing followed for 30 days.',
    },
    overlap: {
      title: 'Overlap of channels',
      about:
        'For each pair of channels: people who met only one of them in the period, only the other, or both. Overlap = both ÷ all three together.',
    },
    funnel: {
      title: 'Steps to the order',
      about:
        'People who made the steps in this order within 30 days of the first one; each person once, with the run that got furthest. Lost = share of the step before that did not come here.',
    },
    satisfaction: {
      title: 'Satisfaction',
      about:
        'Answers to surveys by channel. NPS = promoters (9, 10) − detractors (0 to 6), in points; CSAT = share of the two best answers of five. Intervals are 95 %: with few answers they say more than the figure.',
    },
    delivery: {
      title: 'Delivery: what never arrived',
      about:
        'The tag numbers the events of each page load, and the next page load says how far the one before had counted: a number that never arrived is a loss. What follows the last event of a visitor’s last page load cannot be known. Refused = turned away by the receiver, with the reason; late = more than an hour after it happened; doubled = came again and was not stored again. An event that arrives after all is no longer lost.',
    },
    consent: {
      title: 'Consent: what visitors chose',
      about:
        'Every choice that the receiver has on record, as to “analytics” unless the table is by purpose; what only repeats the last choice of its device is none. Withdrawn = had been granted on that device, and no longer is. The first figures hold what is stored against the record: events that arrived before the first choice of their device, after it, or from where none is on record (servers, tills, imports).',
    },
    audience: {
      title: 'Audience, counted without consent',
      about:
        'Page views of everybody who did not opt out, counted without cookie, identifier or anything else that could tell people apart: so there are no visitors here, no segments and no conversions, and these views are not added to any other figure. An entry is a view that came from elsewhere. Parts are rounded, and small ones put together.',
    },
    more: { title: 'All figures', about: 'Every other report, as a table.' },
    person: {
      title: 'One person’s thread',
      about:
        'Enter an order number to see why each touch has its credit, or any identifier of a person (user id, device id) to see what they did. It is not kept, and not part of the address.',
    },
  } satisfies Record<string, Told>,
  consent: {
    of: (events: string) => `of ${events} events`,
    unseen:
      'Who refuses, or has not decided yet, sends nothing, so they are not in these figures: what waits for a choice stays in their browser.',
  },
  audience: {
    by: 'Grouped by',
    clock: (zone: string) =>
      `Days and hours of the time zone ${zone}. People, goal and “as known on” do not apply here.`,
  },
  reports: {
    visitors: {
      title: 'New and returning visitors',
      about:
        'New = first seen in the period. Returning = had been here before one of their visits; someone new who comes back is both. Not additive.',
    },
    engagement: {
      title: 'Time on the site',
      about:
        'Session = from first to last event. Engaged = pages visible and in focus, as the tag counts it. The two differ: hidden tabs last, and a session of one page lasts 0 s, however long it was read.',
    },
    roles: {
      title: 'Roles: opener, middle, closer',
      about:
        'Assisted = conversions with the channel on their way, but not last. Assist ratio above 1: it prepares more than it closes.',
    },
    'channels-per-journey': {
      title: 'Channels per journey',
      about: 'Distinct channels on the way to a conversion; repeats count once.',
    },
    touchpoints: {
      title: 'Points of contact',
      about: 'Island = nobody there is known by login or was met anywhere else.',
    },
    email: {
      title: 'E-mail',
      about:
        'Counts recipients of a mailing. Open rate = opened by a person ÷ delivered; machine opens (mail privacy, scanners) stand apart. Click rate = clicked ÷ delivered, without the link to unsubscribe. Conversion = reached the goal within 7 days of the click.',
    },
    carts: {
      title: 'Abandoned carts',
      about:
        'Abandoned = no order within a day of the last product added. Rate = abandoned ÷ (ordered + abandoned); open and emptied carts are in no rate.',
    },
    pickup: {
      title: 'Click and collect',
      about:
        'Orders to be fetched in a shop, each once; the pick-up is no second order. Add-on = bought something there on the same day.',
    },
    'web-to-store': {
      title: 'From the web to the shop',
      about:
        'Purchases in shops by known people with a visit or click online in the 30 days before. People of whom nothing is known stand apart.',
    },
    'store-to-web': {
      title: 'From the shop to the web',
      about: 'Orders online by known people who were in a shop in the 30 days before.',
    },
    ads: {
      title: 'Advertising: cost and return',
      about:
        'Return = revenue credited by the model ÷ cost; nothing where there is no cost. Credit is no proof of effect.',
    },
    vitals: { title: 'Web vitals', about: 'Percentiles of real visits. Google rates the 75th percentile.' },
    cohesion: { title: 'How well data hang together', about: 'Share of data that belong to people known by login.' },
    'response-time': {
      title: 'Time to the first answer',
      about: 'From a person’s first message in a chat to the first answer.',
    },
    awareness: {
      title: 'Awareness',
      about:
        'Signs that people know the name: impressions, new visitors, visits by themselves, searches for the brand. They stand in for awareness; a survey measures it.',
    },
    gauges: { title: 'Imported readings', about: 'The latest value of each account; readings are never added up.' },
  } satisfies Record<string, Told>,
  person: PERSON_EN,
  values: VALUES_EN,
  columns: COLUMNS_EN,
  /** Columns that mean something else in one report than in the others. */
  columnsOf: COLUMNS_OF_EN,
  definitions: DEFINITIONS_EN,
  explained: 'Columns explained',
};

/** What a language must say about people. */
export type PeopleWords = typeof peopleEn;

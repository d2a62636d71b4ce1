import type { Answers } from '../api.js';
import { askCompared, type Compared, currencyOf } from '../compare.js';
import type { Asking, DashboardContext, Round } from '../dashboard.js';
import { el } from '../dom.js';
import { fieldTable, fieldTitle } from '../fields.js';
import { type Figure, figureTiles } from '../figure-tiles.js';
import { reportParameters } from '../filters.js';
import type { Speech } from '../language.js';
import { listed } from '../listed.js';
import { emptyNote, modelChoice, notices, panel, pick } from '../panel.js';
import { whenSeen } from '../report-panel.js';

/** The reports that have no panel of their own. */
type MoreName = keyof Speech['words']['people']['reports'];

/** Every report that has no panel of its own, one at a time; which one is part of the address. */
export function morePanel({ api, speech, filters, remember }: DashboardContext): Asking {
  const { people } = speech.words;
  const names = Object.keys(people.reports) as MoreName[];
  const chosen = () => names.find((name) => name === filters().report) ?? 'visitors';
  let round: Round | undefined;
  const models = pick(people.model, modelChoice(speech), filters().adModel, (adModel) => {
    remember({ adModel });
    if (round) load(round);
  });
  // Of the reports here, only this one divides conversions.
  const showModels = () => void (models.hidden = chosen() !== 'ads');
  showModels();
  const asked = () => {
    const { adModel } = filters();
    // By channel, the map would say no more than the channels do.
    const own = chosen() === 'ads' ? adModel && { model: adModel } : chosen() === 'touchpoints' && { by: 'touchpoint' };
    return { ...reportParameters(filters()), ...own };
  };
  const box = panel(speech, {
    id: 'more',
    ...people.panels.more,
    download: () => api.download(chosen(), asked()),
    controls: [
      pick(
        people.pick,
        names.map((value) => ({ value, text: people.reports[value].title })),
        chosen(),
        (report) => {
          remember({ report });
          showModels();
          if (round) load(round);
        },
      ),
      models,
    ],
  });
  const load = ({ signal }: Round) => {
    const name = chosen();
    // More than are shown: the rows of now may have been far down before.
    const parameters = { ...asked(), limit: COMPARED };
    void box.show<Compared<Answers[MoreName]>>(
      (draft) => askCompared<MoreName>(api, name, { parameters, filters: filters(), signal }, draft),
      (found) => draw(speech.inCurrency(currencyOf(found.now)), name, found),
    );
  };
  const ask = (next: Round) => {
    round = next;
    load(next);
  };
  return whenSeen({ root: box.root, ask });
}

/** Rows that are asked for. */
const COMPARED = 1000;

/** Fields that are no measure though they may be numbers, and readings that have their own before. */
const TIMES = new Set(['day', 'week', 'month']);
const OWN_BEFORE = 'before';

function draw(speech: Speech, name: MoreName, { now, before }: Compared<MoreAnswer>): HTMLElement {
  const { people } = speech.words;
  const { title, about } = people.reports[name];
  const told = el('p', { class: 'about' }, about);
  if (now.rows.length === 0) return el('div', {}, told, emptyNote(speech, name), ...notices(speech, now));
  const [first = {}] = now.rows;
  const fields = Object.keys(first);
  const [label = ''] = fields;
  // A day of now has no counterpart in the period before: there the sums are what can be compared.
  const isCompared = before && !TIMES.has(label) && !fields.includes(OWN_BEFORE);
  const figures = sums(speech, now, before);
  const { rows, note } = listed(speech, now.rows);
  const table = fieldTable(speech, rows, {
    caption: title,
    figures: figures.map(({ field }) => field),
    titles: people.columnsOf[name],
    ...(isCompared && {
      before: {
        rows: before.rows,
        name: fields.filter((field) => field === label || field === 'model'),
        fields: fields.filter((field) => field !== label),
      },
    }),
  });
  return el('div', {}, told, figureTiles(speech, figures), table, note, ...notices(speech, now));
}

/** What the reports of this panel have in common. */
interface MoreAnswer {
  rows: readonly object[];
  totals: object;
}

/** The sums of all rows, those that are not shown included. */
function sums(speech: Speech, now: MoreAnswer, before: MoreAnswer | undefined): Figure[] {
  const then = new Map<string, unknown>(before && Object.entries(before.totals));
  return Object.entries(now.totals).flatMap(([field, value]): Figure[] => {
    if (typeof value !== 'number') return [];
    const was = then.get(field);
    const known = typeof was === 'number' || was === null ? { before: was } : {};
    return [{ field, title: fieldTitle(speech, field), value, ...known }];
  });
}

import { currencyOf } from './compare.js';
import type { Asking, DashboardContext, Round } from './dashboard.js';
import { el } from './dom.js';
import { fieldTable } from './fields.js';
import { reportParameters } from './filters.js';
import { notices, panel, pick } from './panel.js';
import { whenSeen } from './report-panel.js';

/** Every report that has no panel of its own, one at a time; which one is part of the address. */
export function morePanel({ api, speech, filters, remember }: DashboardContext): Asking {
  const { people } = speech.words;
  const { reports } = people;
  const names = Object.keys(reports) as (keyof typeof reports)[];
  const chosen = () => names.find((name) => name === filters().report) ?? 'visitors';
  let round: Round | undefined;
  const box = panel(speech, {
    id: 'more',
    ...people.panels.more,
    download: () => api.download(chosen(), reportParameters(filters())),
    controls: [
      pick(
        people.pick,
        names.map((value) => ({ value, text: reports[value].title })),
        chosen(),
        (report) => {
          remember({ report });
          if (round) load(round);
        },
      ),
    ],
  });
  const load = ({ signal }: Round) => {
    const name = chosen();
    void box.show(
      () => api.report(name, { ...reportParameters(filters()), limit: LISTED }, signal),
      (answer) => {
        const { title, about } = reports[name];
        const spoken = speech.inCurrency(currencyOf(answer));
        const table = fieldTable(spoken, answer.rows, { caption: title });
        return el('div', {}, el('p', { class: 'about' }, about), table, ...notices(speech, answer));
      },
    );
  };
  const ask = (next: Round) => {
    round = next;
    load(next);
  };
  return whenSeen({ root: box.root, ask });
}

/** Rows that are shown; the CSV has all. */
const LISTED = 50;

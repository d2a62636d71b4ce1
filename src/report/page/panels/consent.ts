import type { ConsentReport, ConsentTotals } from '../../consent.js';
import type { Asking, DashboardContext, Round } from '../dashboard.js';
import { el } from '../dom.js';
import { fieldTable, fieldTitle } from '../fields.js';
import { type Figure, figureTiles } from '../figure-tiles.js';
import { AS_KNOWN_AT } from '../filters.js';
import type { Speech } from '../language.js';
import { listed } from '../listed.js';
import { choice } from '../panel.js';
import { reportPanel } from '../report-panel.js';

const GROUPS = ['purpose', 'platform', 'version', 'day'] as const;
type Group = (typeof GROUPS)[number];
const FIELDS = ['choices', 'devices', 'granted', 'denied', 'withdrawn'] as const;

/** The consent ledger of everybody: what was chosen, and whether what is stored came after a choice. */
export function consentPanel(context: DashboardContext): Asking {
  const { speech, filters } = context;
  const { people } = speech.words;
  let by: Group = 'purpose';
  let latest: Round | undefined;
  const made = reportPanel(context, {
    ...{ id: 'consent', report: 'consent', compare: true },
    ...people.panels.consent,
    // The ledger is as it is now.
    parameters: () => ({ by, [AS_KNOWN_AT]: undefined }),
    controls: [
      choice<Group>(
        people.audience.by,
        GROUPS.map((value) => ({ value, text: fieldTitle(speech, value) })),
        by,
        (chosen) => {
          by = chosen;
          if (latest) made.ask(latest);
        },
      ),
    ],
    render: (spoken, answer, before) => draw(spoken, answer, before, filters().segment !== ''),
  });
  return {
    root: made.root,
    ask: (round) => {
      latest = round;
      made.ask(round);
    },
  };
}

function draw(
  speech: Speech,
  { by, rows, totals }: ConsentReport,
  before: ConsentReport | undefined,
  isSegment: boolean,
): HTMLElement {
  const { people } = speech.words;
  if (totals.events === 0 && totals.choices === 0) return el('p', { class: 'state' }, people.noNumber);
  const figure = (field: keyof ConsentTotals, note?: string): Figure => ({
    ...{ field, title: fieldTitle(speech, field), value: totals[field] },
    ...(note && { note }),
    ...(before && { before: before.totals[field] }),
  });
  const noted = (field: 'removed' | 'trimmed') => people.told(fieldTitle(speech, field), speech.integer(totals[field]));
  const hasActed = totals.removed + totals.trimmed > 0;
  const figures = [
    figure('early', people.consent.of(speech.integer(totals.events))),
    figure('recorded'),
    figure('unrecorded'),
    figure('choices'),
    figure('withdrawn', hasActed ? `${noted('removed')}, ${noted('trimmed')}` : undefined),
  ];
  const { rows: first, note } = listed(speech, rows);
  return el(
    'div',
    {},
    figureTiles(speech, figures),
    el('p', { class: 'note' }, people.consent.unseen),
    isSegment ? el('p', { class: 'note' }, people.everybody) : null,
    fieldTable(speech, first, {
      ...{
        caption: people.panels.consent.title,
        fields: [by, ...FIELDS],
        figures: ['early', 'recorded', 'unrecorded'],
      },
      ...(by === 'day' ? {} : { sortedBy: 'choices' }),
      before: { rows: before?.rows, name: [by], fields: FIELDS },
    }),
    note,
  );
}

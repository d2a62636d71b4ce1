import type { AttributionReport, AttributionRow } from '../../attribution/attribution.js';
import { el } from '../dom.js';
import { fieldTable } from '../fields.js';
import type { Speech } from '../language.js';
import { listed } from '../listed.js';

/** One attribution model with all it knows of each label, and intervals. */
export function singleModel(
  speech: Speech,
  { rows, by, totals, model }: AttributionReport,
  before: AttributionReport | undefined,
): Node {
  const { words } = speech;
  if (totals.conversions === 0) return el('p', { class: 'state' }, words.states.nothing);
  const shares = (report: { rows: readonly AttributionRow[]; totals: AttributionReport['totals'] }) =>
    report.rows.map(({ interval, conversions = 0, ...row }) => ({
      ...row,
      conversions,
      share: report.totals.conversions === 0 ? null : conversions / report.totals.conversions,
      interval: interval?.share ?? null,
    }));
  const { rows: first, note } = listed(speech, rows);
  const shown = shares({ rows: first, totals });
  const more = shown.some(({ removalEffect }) => removalEffect !== undefined) ? ['removalEffect'] : [];
  const fields = [by, 'conversions', 'share', 'interval', 'revenue', ...more, 'journeys'];
  const isThin = ({ journeys = 0 }: Pick<AttributionRow, 'journeys'>) => journeys < FEW;
  return el(
    'div',
    {},
    el('p', { class: 'about' }, words.modelsTold[model ?? '']),
    fieldTable(speech, shown, {
      caption: words.attribution.title,
      fields,
      bars: ['conversions'],
      sortedBy: 'conversions',
      faint: shown.map(isThin),
      before: { rows: before && shares(before), name: [by], fields: ['conversions', 'share', 'revenue'] },
    }),
    shown.some(isThin) ? el('p', { class: 'note' }, words.attribution.thin) : null,
    note,
  );
}

/** Of fewer journeys, figures say little; their rows are greyed. */
const FEW = 30;

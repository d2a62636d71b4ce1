import type { AudienceReport } from '../../audience.js';
import { askCompared, type Compared } from '../compare.js';
import type { Asking, DashboardContext, Round } from '../dashboard.js';
import { el } from '../dom.js';
import { fieldTable, fieldTitle } from '../fields.js';
import { figureTiles } from '../figure-tiles.js';
import { listed } from '../listed.js';
import { choice, notices, panel } from '../panel.js';

const GROUPS = ['day', 'hour', 'page', 'from', 'campaign', 'device', 'site'] as const;
type Group = (typeof GROUPS)[number];

/** What a group is called as a column: two of them mean something else in other reports. */
const FIELDS: Record<Group, string> = {
  day: 'day',
  hour: 'hour',
  page: 'page',
  from: 'referrer',
  campaign: 'viaCampaign',
  device: 'device',
  site: 'site',
};

/** The measurement without consent, where the receiver has any: else there is no panel, and no link to it. */
export function audiencePanel({ api, speech, filters }: DashboardContext): Asking {
  const { people } = speech.words;
  let by: Group = 'day';
  let latest: Round | undefined;
  // The other filters are about people, whom this measurement does not know; it has a clock of its own, too.
  const asked = () => ({ from: filters().from, to: filters().to, by, ...(filters().bots && { bots: true }) });
  const groups = GROUPS.map((value) => ({ value, text: fieldTitle(speech, FIELDS[value]) }));
  const box = panel(speech, {
    id: 'audience',
    ...people.panels.audience,
    download: () => api.download('audience', asked()),
    controls: [
      choice<Group>(people.audience.by, groups, by, (chosen) => {
        by = chosen;
        if (latest) ask(latest);
      }),
    ],
  });
  const link = () => document.querySelector<HTMLElement>('.sections li:has([href="#audience"])');
  const ask = (round: Round) => {
    latest = round;
    const { filters: now, signal } = round;
    const load = async () => {
      const found = await askCompared(api, 'audience', { parameters: asked(), filters: now, signal });
      // Once there was any, a period without is worth to be seen.
      if (found.now.totals.views > 0 || (found.before?.totals.views ?? 0) > 0) box.root.hidden = false;
      const own = link();
      if (own) own.hidden = box.root.hidden;
      return found;
    };
    void box.show(load, (found) => draw(found));
  };
  const draw = ({ now, before }: Compared<AudienceReport>): HTMLElement => {
    const field = FIELDS[now.by];
    const figures = (['views', 'entries'] as const).map((name) => ({
      ...{ field: name, title: fieldTitle(speech, name), value: now.totals[name] },
      ...(before && { before: before.totals[name] }),
    }));
    const { rows: first, note } = listed(speech, now.rows);
    const rows = first.map((row) => ({ [field]: row[now.by], ...row }));
    const table = fieldTable(speech, rows, {
      ...{ caption: people.panels.audience.title, fields: [field, 'views', 'entries'], bars: ['views'] },
    });
    const told = el('p', { class: 'note' }, people.audience.clock(now.timezone));
    return el('div', {}, figureTiles(speech, figures), table, note, ...notices(speech, now), told);
  };
  box.root.hidden = true;
  return { root: box.root, ask };
}

/** The browsers, by the names of `engines/`, in the order of the tables. */
const ENGINES = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' };

/** What was played: each situation of each engine. */
export function tablesOf(results) {
  const tables = { versions: {}, rows: [] };
  for (const result of results) {
    const { group, situation, version } = result;
    const engine = ENGINES[result.engine];
    if (version) tables.versions[engine] = version.replace(/^\D+/, '');
    const row = tables.rows.find((one) => one.situation === situation) ?? { group, situation, cells: {} };
    if (!tables.rows.includes(row)) tables.rows.push(row);
    row.cells[engine] = cellOf(result);
  }
  // A test that failed leaves no result.
  const engines = new Set(results.map(({ engine }) => ENGINES[engine]));
  for (const { cells } of tables.rows) for (const engine of engines) cells[engine] ??= 'failed';
  return tables;
}

function cellOf({ impossible, delivered, tracked, onWire, inStore }) {
  return impossible ? `n/a: ${impossible}` : `${delivered} / ${tracked} (${onWire}, ${inStore})`;
}

/** Reads what `writeTables` wrote, also with other lines around it. */
export function readTables(text) {
  const tables = { versions: {}, rows: [] };
  let [group, engines] = ['', []];
  for (const line of text.split('\n')) {
    if (line.startsWith('## ')) [group, engines] = [line.slice(3), []];
    const cells = line.replace(/^\| | \|$/g, '').split(' | ');
    if (!line.startsWith('| ') || cells[0].startsWith('---')) continue;
    if (cells[0] === 'situation') {
      for (const title of cells.slice(1)) tables.versions[title.split(' ')[0]] = title.split(' ')[1];
      engines = cells.slice(1).map((title) => title.split(' ')[0]);
    } else if (engines.length) {
      const [situation, ...rest] = cells;
      tables.rows.push({ group, situation, cells: Object.fromEntries(engines.map((engine, i) => [engine, rest[i]])) });
    }
  }
  return tables;
}

/** The newer figures where there are any. `isWhole`: every situation was played, so that others are none any more. */
export function mergeTables(old, news, isWhole) {
  const before = (row) => old.rows.find(({ situation }) => situation === row.situation);
  const fresh = news.rows.map((row) => ({ ...row, cells: { ...before(row)?.cells, ...row.cells } }));
  const after = (row) => fresh.find(({ situation }) => situation === row.situation);
  const isNew = (row) => !before(row);
  return {
    versions: { ...old.versions, ...news.versions },
    rows: isWhole ? fresh : [...old.rows.map((row) => after(row) ?? row), ...fresh.filter(isNew)],
  };
}

/** A heading a group, below it a table with a row a situation and a column an engine. */
export function writeTables({ versions, rows }) {
  const engines = Object.values(ENGINES).filter((engine) => versions[engine]);
  const parts = groupsOf(rows).map(([name, members]) => {
    const lines = members.map(({ situation, cells }) => [situation, ...engines.map((engine) => cells[engine] ?? '–')]);
    const head = ['situation', ...engines.map((engine) => `${engine} ${versions[engine]}`)];
    return `## ${name}\n\n${tableText(head, lines)}\n`;
  });
  return parts.join('\n');
}

/** A row a group, and one of all: how many situations were played in each engine, and delivered / tracked in these. */
export function summaryOf({ versions, rows }) {
  const engines = Object.values(ENGINES).filter((engine) => versions[engine]);
  const line = (name, members) => [
    `${name}: ${members.length}`,
    ...engines.map((engine) => {
      const { played, delivered, tracked } = countsOf(members, [engine]);
      return `${played}: ${delivered.toLocaleString('en')} / ${tracked.toLocaleString('en')}`;
    }),
  ];
  const head = ['ways of losing events', ...engines.map((engine) => `${engine} ${versions[engine]}`)];
  return tableText(head, [...groupsOf(rows).map(([name, members]) => line(name, members)), line('**all**', rows)]);
}

/** Puts the summary into README, and the figures of all into the sentence before it. */
export function withSummary(readme, tables) {
  const { played, impossible, delivered, tracked, stored } = countsOf(tables.rows, Object.keys(tables.versions));
  const said = `**${played} played, ${impossible} not possible in an engine, ${tracked - delivered} events lost, ${stored - delivered} stored twice**`;
  return readme
    .replace(/^\| ways of losing events .*\n(\|.*\n)+/m, () => `${summaryOf(tables)}\n`)
    .replace(/plays \d+ ways/, `plays ${tables.rows.length} ways`)
    .replace(/\*\*\d+ played, [^*]*\*\*/, said);
}

function countsOf(rows, engines) {
  const cells = rows.flatMap(({ cells }) => engines.map((engine) => cells[engine] ?? '–'));
  const numbers = cells.flatMap((cell) => {
    const [, delivered, tracked, , stored] = /^(\d+) \/ (\d+) \((\d+), (\d+)\)/.exec(cell) ?? [];
    return delivered ? [{ delivered: Number(delivered), tracked: Number(tracked), stored: Number(stored) }] : [];
  });
  const sum = (field) => numbers.reduce((all, one) => all + one[field], 0);
  return {
    played: numbers.length,
    impossible: cells.filter((cell) => cell.startsWith('n/a')).length,
    delivered: sum('delivered'),
    tracked: sum('tracked'),
    stored: sum('stored'),
  };
}

/** In the order in which they come up. */
function groupsOf(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  return [...groups];
}

function tableText(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

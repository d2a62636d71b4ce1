import { expect, it } from 'vitest';
import { runCommand } from '../../src/server/program.js';

async function run(...args: string[]) {
  let out = '';
  let err = '';
  const code = await runCommand(['classify', ...args], {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    isTerminal: false,
    untilStopped: () => Promise.resolve(),
  });
  return { code, out, err };
}

it('explains a visit step by step', async () => {
  const { code, out } = await run(
    'https://shop.example/p?a=1&utm_source=google&utm_medium=sea',
    'https://www.google.fr/',
  );
  expect(code).toBe(0);
  for (const step of [
    /Parameters +utm_source = google +\[utm: source\]/,
    /Referrer +www\.google\.fr +\[search: google\]/,
    /Evidence +utm_source google/,
    /medium sea read as cpc/,
    /Source +google \/ sea/,
    /Rule +ga4-04-paid-search +\[extended, rules [\d.-]+\]/,
    /Channel +Paid Search +\[paid\]/,
    /URL kept +https:\/\/shop\.example\/p\?a=1$/m,
  ]) {
    expect(out).toMatch(step);
  }
});

it('takes mode, own hosts, own parameters and the event’s own word', async () => {
  const google = await run('https://shop.example/', 'https://mail.google.com/', '--mode', 'ga4', '--format', 'json');
  expect(JSON.parse(google.out)).toMatchObject({ channel: 'Referral', referrer: { kind: 'webmail' } });
  const own = await run('https://shop.example/', 'https://pay-shop.example/', '--own', 'pay-shop.example');
  expect(own.out).toMatch(/Channel +Direct +\[internal, no touch\]/);
  const site = await run('https://shop.example/?src=facebook', '--parameter', 'src=source', '--json');
  expect(JSON.parse(site.out)).toMatchObject({ channel: 'Organic Social' });
  expect((await run('https://shop.example/', '--context', 'store')).out).toContain('In-store');
});

it('ends with 1 for what no rule knows, with 2 when called wrongly', async () => {
  const unknown = await run('https://shop.example/?utm_source=a&utm_medium=zzz');
  expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('Unassigned') });
  expect(unknown.out).toContain('unassigned');
  for (const args of [
    [],
    ['shop'],
    ['https://shop.example/', '--mode', 'x'],
    ['https://shop.example/', '--parameter', 'a=b'],
  ]) {
    expect((await run(...args)).code, args.join(' ')).toBe(2);
  }
  expect((await run('--help')).code).toBe(0);
});

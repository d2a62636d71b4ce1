import { expect, it } from 'vitest';
import { REPORT_CSP, reportAssets } from '../../src/report/http/assets.js';

const style = new URL('../../dist/report/page/style.css', import.meta.url);
const handle = reportAssets({ script: new URL('../../src/report/page/main.ts', import.meta.url), style });

it.each([
  ['/report', 'text/html; charset=utf-8', '<!doctype html>'],
  ['/report/app.js', 'text/javascript; charset=utf-8', 'import '],
  ['/report/app.css', 'text/css; charset=utf-8', ':root'],
])('serves %s without inline code and under a strict policy', async (path, type, beginning) => {
  const response = await handle(new Request(`http://receiver.example${path}`));
  expect(response?.headers.get('content-type')).toBe(type);
  expect(response?.headers.get('content-security-policy')).toBe(REPORT_CSP);
  expect(response?.headers.get('referrer-policy')).toBe('no-referrer');
  const text = (await response?.text()) ?? '';
  expect(text.startsWith(beginning)).toBe(true);
  if (path === '/report') expect(text).not.toMatch(/<script>|<style|style=|\son\w+=|https?:\/\//);
});

it('allows no inline code and no foreign address', () => {
  expect(REPORT_CSP).not.toMatch(/unsafe|https?:|\*/);
});

it('leaves other paths and methods to others', async () => {
  expect(await handle(new Request('http://receiver.example/report/secret.txt'))).toBeUndefined();
  expect(await handle(new Request('http://receiver.example/report', { method: 'POST' }))).toBeUndefined();
});

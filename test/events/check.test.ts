import { fileURLToPath } from 'node:url';
import resolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { describe, expect, it } from 'vitest';
import type { Tracker } from '../../src/browser/options.js';
import { problemsOf, SHAPES } from '../../src/events/check.js';
import { checkEvents } from '../../src/events/index.js';

describe('the check in development', () => {
  it.each<[string, unknown, string[]]>([
    ['Order Completed', { order_id: 'A-1', total: 5, currency: 'EUR', products: [{ sku: 's' }] }, []],
    ['Order Completed', { total: 5 }, ['"Order Completed" needs "order_id".']],
    ['Order Completed', { order_id: 'A', total: '5' }, ['"total" of "Order Completed" should be a number.']],
    ['Order Completed', { order_id: 'A', currency: 'euro' }, [expect.stringContaining('three capitals')]],
    ['Order Completed', { order_id: 'A', products: [{ name: 'x' }] }, [expect.stringContaining('product_id or sku')]],
    ['Video Content Started', { session_id: 's', airdate: 'never' }, [expect.stringContaining('ISO 8601')]],
    ['order completed', {}, [expect.stringContaining('spelt "Order Completed"')]],
    ['Something of ours', { anything: {} }, []],
    ['Order Completed', undefined, ['"Order Completed" needs "order_id".']],
    ['Order Completed', 'text', ['"Order Completed" needs "order_id".']],
  ])('%s %j', (event, properties, expected) => {
    expect(problemsOf(event, properties)).toEqual(expected);
  });

  it('knows the events of shop, e-mail, app, video, chat, call, store and survey', () => {
    const names = Object.keys(SHAPES);
    expect(names.length).toBeGreaterThan(60);
    for (const word of ['Order', 'Email', 'Application', 'Video', 'Live Chat', 'Call', 'Store', 'Survey'])
      expect(names.some((name) => name.startsWith(word))).toBe(true);
  });

  it('warns without a value in the sentence, never throws, and passes every call on as it is', () => {
    const calls: unknown[][] = [];
    const said: string[] = [];
    // Stands for a tracker: only `track` is looked at.
    const tracker = { track: (...args: unknown[]) => void calls.push(args) } as unknown as Tracker;
    const checked = checkEvents(tracker, (sentence) => void said.push(sentence));
    checked.track('Order Completed' as string, { total: 'ann@shop.example' });
    checkEvents(tracker, () => {
      throw new Error('broken console');
    }).track('order completed');
    expect(calls).toEqual([['Order Completed', { total: 'ann@shop.example' }], ['order completed']]);
    expect(said).toEqual([expect.stringContaining('needs "order_id"'), expect.stringContaining('a number')]);
    expect(said.join()).not.toContain('ann');
  });
});

it('leaves nothing in a bundle that does not use the check', async () => {
  const entry = fileURLToPath(new URL('../../dist/events/index.js', import.meta.url));
  const build = await rollup({
    input: 'entry',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? id : null),
        load: (id) => (id === 'entry' ? `import ${JSON.stringify(entry)};` : null),
      },
      // Knows the package's list of files with side effects, as every bundler does.
      resolve({ browser: true }),
    ],
    onwarn: () => {},
  });
  const { output } = await build.generate({ format: 'es' });
  await build.close();
  expect(output[0].code.trim()).toBe('');
});

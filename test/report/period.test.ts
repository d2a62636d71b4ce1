import { describe, expect, it } from 'vitest';
import { BadQuery } from '../../src/report/bad-query.js';
import { checkTimezone, resolvePeriod } from '../../src/report/period.js';

const now = new Date('2026-11-22T23:30:00Z');

describe('resolvePeriod', () => {
  it('takes both days whole, in the time zone', () => {
    expect(resolvePeriod({ from: '2026-11-01', to: '2026-11-02', timezone: 'UTC' }, now)).toEqual({
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-11-03T00:00:00.000Z',
    });
    expect(resolvePeriod({ from: '2026-11-01', to: '2026-11-01', timezone: 'Europe/Paris' }, now)).toEqual({
      from: '2026-10-31T23:00:00.000Z',
      to: '2026-11-01T23:00:00.000Z',
    });
  });

  it('knows days of 23 and 25 hours', () => {
    expect(resolvePeriod({ from: '2026-03-29', to: '2026-03-29', timezone: 'Europe/Paris' }, now)).toEqual({
      from: '2026-03-28T23:00:00.000Z',
      to: '2026-03-29T22:00:00.000Z',
    });
    expect(resolvePeriod({ from: '2026-10-25', to: '2026-10-25', timezone: 'Europe/Paris' }, now)).toEqual({
      from: '2026-10-24T22:00:00.000Z',
      to: '2026-10-25T23:00:00.000Z',
    });
  });

  it('begins a day whose midnight the clock skips at its first instant', () => {
    // In Cairo on 2024-04-26 the clock went from 00:00 to 01:00.
    expect(resolvePeriod({ from: '2024-04-26', to: '2024-04-26', timezone: 'Africa/Cairo' }, now)).toEqual({
      from: '2024-04-25T22:00:00.000Z',
      to: '2024-04-26T21:00:00.000Z',
    });
  });

  it('has 30 days by default, today included, and today depends on the time zone', () => {
    expect(resolvePeriod({ timezone: 'UTC' }, now)).toEqual({
      from: '2026-10-24T00:00:00.000Z',
      to: '2026-11-23T00:00:00.000Z',
    });
    expect(resolvePeriod({ timezone: 'Europe/Paris' }, now).to).toBe('2026-11-23T23:00:00.000Z');
    expect(resolvePeriod({ to: '2026-01-30', timezone: 'UTC' }, now).from).toBe('2026-01-01T00:00:00.000Z');
  });

  it('takes instants as they are, the end excluded', () => {
    const asked = { from: '2026-11-01T10:00:00+02:00', to: '2026-11-01T09:00:00.500Z', timezone: 'Asia/Tokyo' };
    expect(resolvePeriod(asked, now)).toEqual({ from: '2026-11-01T08:00:00.000Z', to: '2026-11-01T09:00:00.500Z' });
  });

  it.each(['2026-02-30', '2026-13-01', '22.11.2026', '2026-11-22T10:00', 'yesterday', ''])('refuses %j', (from) => {
    expect(() => resolvePeriod({ from, timezone: 'UTC' }, now)).toThrow(BadQuery);
  });

  it('refuses an end before the start', () => {
    expect(() => resolvePeriod({ from: '2026-11-02', to: '2026-11-01', timezone: 'UTC' }, now)).toThrow('"from"');
  });

  it('refuses an unknown time zone', () => {
    expect(() => checkTimezone('Paris')).toThrow('"timezone" is "Paris"');
    expect(() => checkTimezone('Europe/Paris')).not.toThrow();
  });
});

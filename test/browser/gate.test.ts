import { describe, expect, it } from 'vitest';
import { changeConsent, everyPurpose, gateDraft, type Verdict, wirePreferences } from '../../src/browser/gate.js';
import type { ConsentState } from '../../src/protocol/index.js';

describe('gateDraft', () => {
  const verdicts = (state: ConsentState, type: 'track' | 'identify' = 'track'): Verdict[] =>
    (['hold', 'drop', 'anonymous'] as const).map((rule) =>
      gateDraft({ ...everyPurpose('granted'), analytics: state }, type, rule),
    );

  it('passes what was granted', () => expect(verdicts('granted')).toEqual(['pass', 'pass', 'pass']));
  it('never holds what was denied', () => expect(verdicts('denied')).toEqual(['drop', 'drop', 'anonymous']));
  it('follows the owner while pending', () => expect(verdicts('pending')).toEqual(['hold', 'drop', 'anonymous']));
  it('never sends who somebody is anonymously', () =>
    expect(verdicts('denied', 'identify')).toEqual(['drop', 'drop', 'drop']));
});

describe('consent', () => {
  it('changes only what is named, and nothing to a word it does not know', () => {
    const before = everyPurpose('pending');
    const change = JSON.parse(
      '{"analytics":"granted","attribution":"yes","personalization":true,"toString":"granted"}',
    );
    expect(changeConsent(before, change)).toEqual({ ...before, analytics: 'granted' });
    expect(before.analytics).toBe('pending');
    expect(changeConsent(before, JSON.parse('{"analytics":"toString"}'))).toEqual(before);
  });

  it('leaves what is pending out of the wire', () => {
    const wire = wirePreferences({ ...everyPurpose('pending'), analytics: 'granted', advertising: 'denied' });
    expect(JSON.parse(JSON.stringify(wire))).toEqual({ analytics: true, advertising: false });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConsentSource } from '../../src/browser/contracts.js';
import { choice } from '../../src/consent/choice.js';
import { strictest } from '../../src/consent/strictest.js';
import type { Consent } from '../../src/protocol/index.js';

type Report = (consent: Partial<Consent>) => void;

/** A source that says what the test says, when it says it. */
function manual(name: string, first?: Partial<Consent>) {
  const source = { name, isWatched: false, report: (() => {}) as Report };
  const watch: ConsentSource['watch'] = (report) => {
    source.report = report;
    source.isWatched = true;
    if (first) report(first);
    return () => {
      source.isWatched = false;
    };
  };
  return Object.assign(source, { watch });
}

describe('strictest', () => {
  it('holds everything until each source has spoken', () => {
    const [banner, tcf] = [manual('banner', { analytics: 'granted', advertising: 'denied' }), manual('tcf')];
    const reports: Partial<Consent>[] = [];
    strictest(banner, tcf).watch((consent) => reports.push(consent));
    expect(reports).toEqual([
      { analytics: 'pending', attribution: 'pending', personalization: 'pending', advertising: 'denied' },
    ]);
    tcf.report({ analytics: 'granted' });
    expect(reports.at(-1)).toEqual({ analytics: 'granted', advertising: 'denied' });
  });

  it('leaves to the others what a source that has spoken says nothing about', () => {
    const reports: Partial<Consent>[] = [];
    strictest(manual('gpc', {}), { analytics: 'granted' }).watch((consent) => reports.push(consent));
    expect(reports).toEqual([{ analytics: 'granted' }]);
  });

  it('lets a refusal win over a grant, whoever comes last, and hears the change', () => {
    const [gpc, banner] = [manual('gpc', { advertising: 'denied' }), manual('banner', {})];
    const reports: Partial<Consent>[] = [];
    const stop = strictest(gpc, banner).watch((consent) => reports.push(consent));
    banner.report({ advertising: 'granted', analytics: 'granted' });
    expect(reports.at(-1)).toEqual({ advertising: 'denied', analytics: 'granted' });
    gpc.report({ advertising: 'granted' });
    expect(reports.at(-1)).toEqual({ advertising: 'granted', analytics: 'granted' });
    stop();
    expect([gpc.isWatched, banner.isWatched]).toEqual([false, false]);
    expect(strictest(gpc, banner, {}).name).toBe('gpc+banner+fixed');
  });
});

describe('choice', () => {
  const state = fc.constantFrom(true, false, 'pending', undefined, 'wait', 1);

  it('grants only where every category is exactly granted and the visitor, or the site by option, has decided', () => {
    fc.assert(
      fc.property(fc.array(state), fc.boolean(), fc.boolean(), (states, isDecided, isImplied) => {
        const map = { analytics: states.map((_, at) => at) };
        const { analytics } = choice(map, (at) => states[at], isDecided, isImplied);
        const areAll = states.every((one) => one === true);
        if (analytics === 'granted') expect(areAll && states.length > 0 && (isDecided || isImplied)).toBe(true);
        if (analytics === 'denied') expect(isDecided).toBe(true);
        if (areAll && states.length > 0 && isDecided) expect(analytics).toBe('granted');
      }),
    );
  });

  it('leaves alone what is not mapped', () => {
    expect(choice({ attribution: 'ads' }, () => true, true)).toEqual({ attribution: 'granted' });
    expect(choice({ attribution: [] }, () => true, true)).toEqual({ attribution: 'denied' });
  });
});

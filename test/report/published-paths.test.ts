import { describe, expect, it } from 'vitest';
import { attributeTable, type PathModelName, readPaths } from '../../src/report/index.js';

/** What a model gives the paths of a CSV, as `filrouge attribute` reads it. */
async function attribute(csv: string, model: PathModelName) {
  async function* chunks() {
    yield csv;
  }
  const { table } = await readPaths(chunks());
  return attributeTable(table, model);
}

describe('examples that others published', () => {
  it('S. Puzyrov 2019, "Markov Chain Attribution – Simple Explanation Of Removal Effect"', async () => {
    // serhiipuzyrov.com/2019/07/markov-chain-attribution-simple-explanation-of-removal-effect
    const csv = 'path,conv,null\ngoogle ads,2,0\nmailing,1,0\ngoogle ads > mailing,1,0\ngoogle ads,0,1\n';
    const { rows, details } = await attribute(csv, 'markov');
    const steps = (details.transitions as { from: string[]; to: string[] | string; probability: number }[]).map(
      ({ from, to, probability }) => [`${from.join()} > ${[to].flat().join()}`, probability],
    );
    expect(Object.fromEntries(steps)).toEqual({
      ' > google ads': 0.8,
      ' > mailing': 0.2,
      'google ads > mailing': 0.25,
      'google ads > conversion': 0.5,
      'google ads > null': 0.25,
      'mailing > conversion': 1,
    });
    // 4 of 5 convert; without the ads 1 of 5, without mailings 2 of 5.
    expect(rows.map(({ channel, removalEffect }) => [channel, removalEffect])).toEqual([
      ['google ads', expect.closeTo(0.75, 12)],
      ['mailing', expect.closeTo(0.5, 12)],
    ]);
    expect(rows.map(({ conversions }) => conversions)).toEqual([expect.closeTo(2.4, 12), expect.closeTo(1.6, 12)]);
  });

  it('S. Bryl’ 2016, "Marketing Multi-Channel Attribution model with R (part 1)"', async () => {
    // analyzecore.com/2016/08/03/attribution-model-r-part-1: C1 > C2 > C3 bought, C1 and C2 > C3 did not. A third converts
    // (2/3 * 1/2 * 1 * 1/2 + 1/3 * 1 * 1/2), a sixth without C1, nobody without C2 or C3.
    const csv = 'path,total_conversions,total_null\nC1 > C2 > C3,1,0\nC1,0,1\nC2 > C3,0,1\n';
    const { rows, details } = await attribute(csv, 'markov');
    expect(details.conversionProbability).toBeCloseTo(1 / 3, 14);
    expect(Object.fromEntries(rows.map(({ channel, removalEffect }) => [channel, removalEffect]))).toEqual({
      C1: expect.closeTo(0.5, 12),
      C2: expect.closeTo(1, 12),
      C3: expect.closeTo(1, 12),
    });
    expect(Object.fromEntries(rows.map(({ channel, conversions }) => [channel, conversions]))).toEqual({
      C1: expect.closeTo(0.2, 12),
      C2: expect.closeTo(0.4, 12),
      C3: expect.closeTo(0.4, 12),
    });
  });

  it('"Data Driven Attribution using Shapley value": Facebook 0.455, Organic 0.205, LinkedIn 0.34', async () => {
    // towardsdatascience.com/data-driven-marketing-attribution-1a28d2e613a0, as computed in github.com/tomgorb/misc,
    // "Data Driven Attribution.ipynb"; there in parts of 100 conversions.
    const csv = 'path,conversions\nF,20\nO,10\nL,17\nO > F,17\nL > F,30\nL > O,0\nF > O > L,6\n';
    const { rows } = await attribute(csv, 'shapley');
    expect(rows.map(({ channel, share }) => [channel, share])).toEqual([
      ['F', expect.closeTo(0.455, 12)],
      ['L', expect.closeTo(0.34, 12)],
      ['O', expect.closeTo(0.205, 12)],
    ]);
    // The order within paths is no part of it.
    expect((await attribute(csv.replace('F > O > L', 'L > F > O'), 'shapley')).rows).toEqual(rows);
  });

  it('DP6/Marketing-Attribution-Models 2, tests of attribution_markov(transition_to_same_state=True)', async () => {
    // Its five journeys, told by the transitions and last clicks that its tests expect; one did not convert.
    const csv = `channels_agg,converted_agg
direct > google_ads > direct,True
seo > direct,False
direct > crm > direct,True
seo > direct > direct,True
direct > direct > seo > direct,True
`;
    const { rows, details } = await attribute(csv, 'markov');
    const steps = (details.transitions as { from: string[]; to: string[] | string; probability: number }[]).map(
      ({ from, to, probability }) => [`${from.join() || '(inicio)'} > ${[to].flat().join()}`, probability],
    );
    expect(Object.fromEntries(steps)).toEqual({
      '(inicio) > seo': 0.4,
      '(inicio) > direct': 0.6,
      'seo > direct': 1,
      'crm > direct': 1,
      'google_ads > direct': 1,
      'direct > seo': 0.1,
      'direct > crm': 0.1,
      'direct > google_ads': 0.1,
      'direct > direct': 0.2,
      'direct > null': 0.1,
      'direct > conversion': 0.4,
    });
    expect(Object.fromEntries(rows.map(({ channel, removalEffect }) => [channel, removalEffect]))).toEqual({
      direct: 1,
      seo: expect.closeTo(0.5, 12),
      crm: expect.closeTo(1 / 6, 12),
      google_ads: expect.closeTo(1 / 6, 12),
    });
  });

  it('BusinessMath (Swift), IncrementalAttributionTests: an opener that last touch scores with nothing', async () => {
    const csv = 'path,conversions,nulls\nAwareness > Close,5,0\nClose,0,5\n';
    const { rows } = await attribute(csv, 'markov');
    expect(rows.map(({ channel, removalEffect, conversions }) => [channel, removalEffect, conversions])).toEqual([
      ['Close', 1, expect.closeTo(10 / 3, 12)],
      ['Awareness', expect.closeTo(0.5, 12), expect.closeTo(5 / 3, 12)],
    ]);
    expect((await attribute(csv, 'last')).rows.map(({ conversions }) => conversions)).toEqual([5, 0]);
    // v(A) = 1, v(B) = 0, v(AB) = 2.
    const { rows: shapley } = await attribute('path,conversions\nA,1\nA > B,1\n', 'shapley');
    expect(shapley.map(({ channel, conversions }) => [channel, conversions])).toEqual([
      ['A', 1.5],
      ['B', 0.5],
    ]);
  });

  it('calcbee.pages.dev, Time-Decay Attribution Calculator: six touches, 20,000 $, to the cent', async () => {
    const csv =
      'path,conversions,value,hours_before\nt1 > t2 > t3 > t4 > t5 > t6,100,20000,720 > 576 > 432 > 288 > 144 > 0\n';
    const { rows, notices } = await attribute(csv, 'time-decay');
    expect(notices).toEqual([]);
    expect(Object.fromEntries(rows.map(({ channel, value }) => [channel, Number(value.toFixed(2))]))).toEqual({
      t1: 472.72,
      t2: 856.31,
      t3: 1551.16,
      t4: 2809.85,
      t5: 5089.89,
      t6: 9220.07,
    });
  });
});

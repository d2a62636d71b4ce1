/** Names of the attribution models that are shown side by side, in English. */
export const MODELS_EN = {
  first: 'First',
  last: 'Last',
  'last-non-direct': 'Last non-direct',
  linear: 'Linear',
  position: 'Position',
  'time-decay': 'Time decay',
};

/** The same in French. */
export const MODELS_FR: typeof MODELS_EN = {
  first: 'Premier',
  last: 'Dernier',
  'last-non-direct': 'Dernier non direct',
  linear: 'Linéaire',
  position: 'Position',
  'time-decay': 'Décroissance',
};

/** The web vitals with their unit, which are called alike in both languages. */
export const METRICS = { LCP: 'LCP (ms)', INP: 'INP (ms)', FCP: 'FCP (ms)', TTFB: 'TTFB (ms)' };

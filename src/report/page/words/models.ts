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

/** The models that are shown alone, in English. */
export const MORE_MODELS_EN = {
  'w-shaped': 'W-shaped',
  markov: 'Markov',
  shapley: 'Shapley',
  'ordered-shapley': 'Ordered Shapley',
  'data-driven': 'Data-driven',
};

/** The same in French. */
export const MORE_MODELS_FR: typeof MORE_MODELS_EN = {
  'w-shaped': 'En W',
  markov: 'Markov',
  shapley: 'Shapley',
  'ordered-shapley': 'Shapley ordonné',
  'data-driven': 'Basé sur les données',
};

/** What each model does, in English. */
export const MODELS_TOLD_EN: Record<string, string> = {
  first: 'All credit to the first touch.',
  last: 'All credit to the last touch.',
  'last-non-direct': 'All credit to the last touch that is not a direct visit; where all are, to the last.',
  linear: 'The same credit to every touch.',
  position: '40 % to the first touch, 40 % to the last, 20 % to those between.',
  'time-decay': 'Credit halves with every 7 days before the conversion.',
  'w-shaped':
    '30 % each to the first touch, the one that made a lead (else the one in the middle) and the last; 10 % to the others.',
  markov:
    'By how many conversions would be missing without a channel, in a chain of passages between channels (removal effect). Paths without a conversion count, too.',
  shapley: 'What a channel adds on average to every set of others; the order of touches does not matter.',
  'ordered-shapley': 'As Shapley, told by position: what a channel adds at its place in the path.',
  'data-driven':
    'By how much a channel, alone and in pairs, raises the chance of a conversion (Shao and Li 2011). Paths without a conversion count, too.',
};

/** The same in French. */
export const MODELS_TOLD_FR: Record<string, string> = {
  first: 'Tout le mérite au premier contact.',
  last: 'Tout le mérite au dernier contact.',
  'last-non-direct': 'Tout le mérite au dernier contact qui n’est pas un accès direct ; si tous le sont, au dernier.',
  linear: 'Le même mérite à chaque contact.',
  position: '40 % au premier contact, 40 % au dernier, 20 % à ceux entre les deux.',
  'time-decay': 'Le mérite diminue de moitié tous les 7 jours avant la conversion.',
  'w-shaped':
    '30 % chacun au premier contact, à celui qui a créé le prospect (sinon celui du milieu) et au dernier ; 10 % aux autres.',
  markov:
    'Selon le nombre de conversions qui manqueraient sans un canal, dans une chaîne de passages entre canaux (effet de retrait). Les parcours sans conversion comptent aussi.',
  shapley: 'Ce qu’un canal ajoute en moyenne à chaque ensemble d’autres ; l’ordre des contacts ne compte pas.',
  'ordered-shapley': 'Comme Shapley, par position : ce qu’un canal ajoute à sa place dans le parcours.',
  'data-driven':
    'De combien un canal, seul et par paires, augmente la chance d’une conversion (Shao et Li 2011). Les parcours sans conversion comptent aussi.',
};

/** The web vitals with their unit, which are called alike in both languages. */
export const METRICS = { LCP: 'LCP (ms)', INP: 'INP (ms)', FCP: 'FCP (ms)', TTFB: 'TTFB (ms)' };

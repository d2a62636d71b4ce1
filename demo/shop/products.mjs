/** Everything the shop sells. The names are invented; any likeness to a real shop is chance. */
export const PRODUCTS = [
  product(
    { id: 'spool', category: 'threads', price: 9.5, colours: ['garance', 'indigo', 'ecru', 'mousse'] },
    [
      'le-fil-rouge',
      'Le fil rouge',
      'Fil de lin poli, 100 m',
      'Celui par lequel tout a commencé : un fil de lin poli à la cire d’abeille, teint à la garance, qui tient les boutons et les histoires.',
    ],
    [
      'the-red-thread',
      'The red thread',
      'Polished linen thread, 100 m',
      'The one it all began with: linen thread polished with beeswax and dyed with madder. It holds buttons, and stories.',
    ],
  ),
  product(
    { id: 'skein', category: 'threads', price: 3.2, colours: ['indigo', 'garance', 'mousse', 'ocre'] },
    [
      'coton-a-broder',
      'Coton à broder',
      'Six brins, 8 m',
      'Six brins que l’on sépare pour un trait fin ou que l’on garde pour un aplat. Les couleurs ne bougent pas au lavage.',
    ],
    [
      'embroidery-floss',
      'Embroidery floss',
      'Six strands, 8 m',
      'Six strands: split them for a fine line, keep them for a full stitch. The colours stay through the wash.',
    ],
  ),
  product(
    { id: 'yarn', category: 'threads', price: 12.8, colours: ['mousse', 'garance', 'ecru', 'encre'] },
    [
      'pelote-de-laine',
      'Pelote de laine',
      'Laine de pays, 100 g',
      'Laine lavée, cardée et filée à moins de cent kilomètres de l’atelier. Aiguilles 4 à 5.',
    ],
    [
      'ball-of-wool',
      'Ball of wool',
      'Local wool, 100 g',
      'Washed, carded and spun less than a hundred kilometres from the workshop. Needles 4 to 5 mm.',
    ],
  ),
  product(
    { id: 'kit', category: 'threads', price: 34, colours: ['encre', 'garance', 'ocre'] },
    [
      'trousse-de-couture',
      'Trousse de couture',
      'Ciseaux, aiguilles, dé, craie',
      'Le nécessaire pour réparer plutôt que jeter, dans une trousse de toile enduite cousue à l’atelier.',
    ],
    [
      'sewing-kit',
      'Sewing kit',
      'Scissors, needles, thimble, chalk',
      'All you need to mend rather than throw away, in a pouch of waxed canvas sewn in our workshop.',
    ],
  ),
  product(
    { id: 'tablecloth', category: 'linen', price: 89, colours: ['ecru', 'indigo', 'garance'] },
    [
      'nappe-ourlet',
      'Nappe Ourlet',
      'Lin lavé, 150 × 250 cm',
      'Un lin épais et souple, un ourlet à jours tiré à la main. Elle se froisse, c’est permis.',
    ],
    [
      'hemstitch-tablecloth',
      'Hemstitch tablecloth',
      'Washed linen, 150 × 250 cm',
      'A heavy, supple linen with a hem drawn by hand. It creases; that is allowed.',
    ],
  ),
  product(
    { id: 'towel', category: 'linen', price: 16, colours: ['garance', 'indigo', 'encre'] },
    [
      'torchon-raye',
      'Torchon rayé',
      'Métis, 50 × 75 cm',
      'Le torchon de grand-mère, avec sa bande tissée et son passant. Plus il vieillit, mieux il essuie.',
    ],
    [
      'striped-tea-towel',
      'Striped tea towel',
      'Linen and cotton, 50 × 75 cm',
      'Grandmother’s tea towel, with its woven stripe and its loop. The older it gets, the better it dries.',
    ],
  ),
  product(
    { id: 'apron', category: 'linen', price: 58, colours: ['indigo', 'ocre', 'encre'] },
    [
      'tablier-d-atelier',
      'Tablier d’atelier',
      'Toile de lin, deux poches',
      'Bretelles croisées dans le dos, rien qui serre le cou. Une poche pour les ciseaux, une pour le reste.',
    ],
    [
      'workshop-apron',
      'Workshop apron',
      'Linen canvas, two pockets',
      'Straps that cross at the back and leave your neck alone. One pocket for the scissors, one for the rest.',
    ],
  ),
  product(
    { id: 'tote', category: 'linen', price: 24, colours: ['ecru', 'garance', 'mousse'] },
    [
      'sac-de-marche',
      'Sac de marché',
      'Lin et coton, 18 l',
      'Porte trois kilos de pommes, deux livres et un bouquet. Les anses sont cousues quatre fois.',
    ],
    [
      'market-bag',
      'Market bag',
      'Linen and cotton, 18 l',
      'Carries three kilos of apples, two books and a bunch of flowers. The handles are sewn four times.',
    ],
  ),
  product(
    { id: 'jumper', category: 'knitwear', price: 129, colours: ['indigo', 'garance', 'ecru', 'mousse'] },
    [
      'pull-marin',
      'Pull marin',
      'Pure laine, boutonné à l’épaule',
      'La maille serrée des pêcheurs : le vent renonce, la pluie réfléchit. Trois boutons à l’épaule.',
    ],
    [
      'fisherman-jumper',
      'Fisherman jumper',
      'Pure wool, buttoned shoulder',
      'The tight knit of fishermen: the wind gives up, the rain thinks twice. Three buttons on the shoulder.',
    ],
  ),
  product(
    { id: 'beanie', category: 'knitwear', price: 39, colours: ['garance', 'encre', 'ocre', 'mousse'] },
    [
      'bonnet-cotele',
      'Bonnet côtelé',
      'Mérinos, taille unique',
      'Côtes deux-deux, revers franc, rien de plus. Tricoté sans couture.',
    ],
    [
      'ribbed-beanie',
      'Ribbed beanie',
      'Merino, one size',
      'Two-by-two ribs, a proper turn-up, nothing else. Knitted without a seam.',
    ],
  ),
  product(
    { id: 'scarf', category: 'knitwear', price: 65, colours: ['ocre', 'garance', 'indigo'] },
    [
      'grande-echarpe',
      'Grande écharpe',
      'Mérinos, 35 × 200 cm',
      'Deux mètres de mérinos, assez pour deux personnes sur un quai de gare.',
    ],
    [
      'long-scarf',
      'Long scarf',
      'Merino, 35 × 200 cm',
      'Two metres of merino, enough for two people on a station platform.',
    ],
  ),
  product(
    { id: 'socks', category: 'knitwear', price: 19, colours: ['mousse', 'garance', 'indigo', 'encre'] },
    [
      'chaussettes-de-laine',
      'Chaussettes de laine',
      'Laine et un fil de nylon',
      'Talon renforcé, pointe remaillée à la main : elles finissent rarement trouées.',
    ],
    [
      'wool-socks',
      'Wool socks',
      'Wool with a strand of nylon',
      'Reinforced heel, toe closed by hand: they seldom end up with holes.',
    ],
  ),
];

/**
 * @param {Pick<import('./catalog.mjs').Product, 'id' | 'category' | 'price' | 'colours'>} facts
 * @param {[slug: string, name: string, line: string, story: string]} fr
 * @param {[slug: string, name: string, line: string, story: string]} en
 * @returns {import('./catalog.mjs').Product}
 */
function product(facts, fr, en) {
  const text = (/** @type {0 | 1 | 2 | 3} */ i) => ({ fr: fr[i], en: en[i] });
  return { ...facts, slug: text(0), name: text(1), line: text(2), story: text(3) };
}

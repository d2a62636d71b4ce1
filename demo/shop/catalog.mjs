import { PRODUCTS } from './products.mjs';

export { PRODUCTS };

/**
 * @typedef {'fr' | 'en'} Lang
 * @typedef {{ fr: string, en: string }} Text
 * @typedef {'threads' | 'linen' | 'knitwear'} Category
 * @typedef {object} Product
 * @property {string} id The article number, the same in both languages.
 * @property {Category} category
 * @property {number} price In euros, VAT included.
 * @property {Text} slug
 * @property {Text} name
 * @property {Text} line One line below the name.
 * @property {Text} story
 * @property {Colour[]} colours The first one is shown first.
 * @typedef {'garance' | 'indigo' | 'ecru' | 'mousse' | 'ocre' | 'encre'} Colour
 */

/** The dyes of the house, by class name; the stylesheet has the colour values. */
export const COLOURS = {
  garance: { fr: 'Rouge garance', en: 'Madder red' },
  indigo: { fr: 'Bleu indigo', en: 'Indigo blue' },
  ecru: { fr: 'Écru', en: 'Natural' },
  mousse: { fr: 'Vert mousse', en: 'Moss green' },
  ocre: { fr: 'Ocre', en: 'Ochre' },
  encre: { fr: 'Encre', en: 'Ink' },
};

/** @type {{ id: Category, slug: Text, name: Text, line: Text }[]} */
export const CATEGORIES = [
  {
    id: 'threads',
    slug: { fr: 'fils', en: 'threads' },
    name: { fr: 'Fils', en: 'Threads' },
    line: { fr: 'À coudre, à broder, à repriser', en: 'To sew, to embroider, to darn' },
  },
  {
    id: 'linen',
    slug: { fr: 'lin', en: 'linen' },
    name: { fr: 'Lin', en: 'Linen' },
    line: { fr: 'Pour la table et l’atelier', en: 'For the table and the workshop' },
  },
  {
    id: 'knitwear',
    slug: { fr: 'maille', en: 'knitwear' },
    name: { fr: 'Maille', en: 'Knitwear' },
    line: { fr: 'Tricotée en Bretagne', en: 'Knitted in Brittany' },
  },
];

/**
 * The article as the semantic events name it (Segment's e-commerce spec), so that shop and simulator speak alike.
 * @param {Product} item
 * @param {Lang} lang
 */
export function eventProduct(item, lang) {
  return {
    product_id: item.id,
    sku: `AF-${item.id.toUpperCase()}`,
    name: item.name[lang],
    category: item.category,
    brand: 'Atelier Fil',
    price: item.price,
    currency: 'EUR',
  };
}

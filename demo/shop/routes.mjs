import { CATEGORIES, PRODUCTS } from './catalog.mjs';

/**
 * @typedef {import('./catalog.mjs').Lang} Lang
 * @typedef {'home' | 'list' | 'product' | 'cart' | 'checkout' | 'thanks' | 'stores' | 'privacy'} PageName
 * @typedef {{ lang: Lang, page: PageName, param?: string }} Route `param` is a category, an article or a checkout step.
 */

/** @type {Record<PageName, { fr: string, en: string }>} */
const FOLDERS = {
  home: { fr: '', en: '' },
  list: { fr: 'boutique', en: 'shop' },
  product: { fr: 'produit', en: 'product' },
  cart: { fr: 'panier', en: 'cart' },
  checkout: { fr: 'commande', en: 'checkout' },
  thanks: { fr: 'merci', en: 'thank-you' },
  stores: { fr: 'adresses', en: 'stores' },
  privacy: { fr: 'confidentialite', en: 'privacy' },
};

/** The steps of the checkout, which the browser walks through without loading a page. */
export const STEPS = [
  { id: 'address', slug: { fr: '', en: '' } },
  { id: 'delivery', slug: { fr: 'livraison', en: 'delivery' } },
  { id: 'payment', slug: { fr: 'paiement', en: 'payment' } },
];

/** @type {Partial<Record<PageName, { id: string, slug: { fr: string, en: string } }[]>>} */
const PARAMS = { list: CATEGORIES, product: PRODUCTS, checkout: STEPS };

/**
 * The path of a page in a language.
 * @param {Lang} lang
 * @param {PageName} page
 * @param {string} [param]
 */
export function pathOf(lang, page, param) {
  const slug = PARAMS[page]?.find((entry) => entry.id === param)?.slug[lang];
  return `/${[lang, FOLDERS[page][lang], slug].filter(Boolean).join('/')}${page === 'home' ? '/' : ''}`;
}

/**
 * The page behind a path, or undefined where there is none.
 * @param {string} pathname
 * @returns {Route | undefined}
 */
export function routeOf(pathname) {
  const [, lang, folder = '', slug = '', ...more] = pathname.split('/');
  if ((lang !== 'fr' && lang !== 'en') || more.length > 0) return undefined;
  const page = pageNames.find((name) => FOLDERS[name][lang] === folder);
  if (!page) return undefined;
  const entry = PARAMS[page]?.find((candidate) => candidate.slug[lang] === slug);
  if (slug && !entry) return undefined;
  if (page === 'product' && !entry) return undefined;
  return entry ? { lang, page, param: entry.id } : { lang, page };
}

const pageNames = /** @type {PageName[]} */ (Object.keys(FOLDERS));

import { fileURLToPath } from 'node:url';
import { html } from './html.mjs';

/**
 * The consent platforms that the demonstration can show, all as npm has them. The name is also what the tag is told in
 * `data-consent`.
 * @typedef {'cookieconsent' | 'klaro' | 'tarteaucitron'} BannerName
 * @typedef {object} Banner
 * @property {string} title
 * @property {string} file Of its package: what main.js needs.
 * @property {string} style
 * @property {string} directory Where its files lie.
 * @property {boolean} strict Works under `require-trusted-types-for 'script'` and without inline styles.
 */

/** @param {string} entry */
const directoryOf = (entry) => fileURLToPath(new URL('.', import.meta.resolve(entry)));

/** @type {Record<BannerName, Banner>} */
export const BANNERS = {
  cookieconsent: {
    title: 'vanilla-cookieconsent',
    file: 'cookieconsent.umd.js',
    style: 'cookieconsent.css',
    directory: directoryOf('vanilla-cookieconsent'),
    strict: true,
  },
  klaro: {
    title: 'Klaro',
    file: 'klaro-no-css.js',
    style: 'klaro.css',
    directory: directoryOf('klaro/dist/klaro-no-css.js'),
    strict: false,
  },
  tarteaucitron: {
    title: 'tarteaucitron',
    file: 'tarteaucitron.js',
    style: 'css/tarteaucitron.css',
    directory: directoryOf('tarteaucitronjs/tarteaucitron.js'),
    strict: false,
  },
};

/**
 * The banner of that name; the first one for a name that is none.
 * @param {string | null | undefined} name
 * @returns {BannerName}
 */
export function bannerOf(name) {
  const names = /** @type {BannerName[]} */ (Object.keys(BANNERS));
  return names.find((known) => known === name) ?? 'cookieconsent';
}

/**
 * What a page loads of a banner.
 * @param {BannerName} name
 */
export function bannerHead(name) {
  const { file, style } = BANNERS[name];
  return html`<link rel="stylesheet" href="/banners/${name}/${style}">
<script defer src="/banners/${name}/${file}"></script>`;
}

/**
 * Links that choose the banner of the shop, for the start page.
 * @param {BannerName} current
 * @param {string} label
 * @param {import('./catalog.mjs').Lang} lang Of the page that is shown afterwards.
 */
export function bannerChoice(current, label, lang) {
  const names = /** @type {BannerName[]} */ (Object.keys(BANNERS));
  return html`<p class="banners">${label} ${names.map((name) => html`<a href="/?lang=${lang}&amp;banner=${name}"${name === current && html` aria-current="true"`}>${BANNERS[name].title}</a> `)}</p>`;
}

import { drawing } from '../art/index.mjs';
import { html } from '../html.mjs';
import { pathOf } from '../routes.mjs';
import { TEXTS } from '../texts.mjs';

/** @typedef {import('../routes.mjs').Route} Route */

const STORES = [
  { thing: 'apron', colour: 'garance', town: 'Rennes', street: '12, rue du Rouet', at: '48.1113/-1.6800' },
  { thing: 'kit', colour: 'ocre', town: 'Nantes', street: '4, quai de la Navette', at: '47.2184/-1.5536' },
  { thing: 'jumper', colour: 'mousse', town: 'Paris', street: '31, passage de l’Ourdissoir', at: '48.8566/2.3522' },
];

/**
 * The three workshops, with links to another site.
 * @param {Route} route
 * @returns {import('../layout.mjs').Content}
 */
export function stores({ lang }) {
  const text = TEXTS[lang].stores;
  return {
    title: `${text.title} · Atelier Fil`,
    body: html`<h1>${text.title}</h1><p class="lead">${text.text}</p>
<ul class="stores">${STORES.map((store) => storeCard(store, lang))}</ul>`,
  };
}

/**
 * What is measured, in the words of the banner, and the way back to the settings.
 * @param {Route} route
 * @returns {import('../layout.mjs').Content}
 */
export function privacy({ lang }) {
  const text = TEXTS[lang].privacy;
  return {
    title: `${text.title} · Atelier Fil`,
    body: html`<div class="prose"><h1>${text.title}</h1><p class="lead">${text.intro}</p>
${text.items.map(([title, words]) => html`<h2>${title}</h2><p>${words}</p>`)}
<p><button type="button" class="button" data-cc="show-preferencesModal">${text.change}</button></p></div>`,
  };
}

/**
 * The page for a path that leads nowhere.
 * @param {Route} route
 * @returns {import('../layout.mjs').Content}
 */
export function notFound({ lang }) {
  const text = TEXTS[lang].notFound;
  return {
    title: `${text.title} · Atelier Fil`,
    body: html`<div class="prose"><h1>${text.title}</h1><p class="lead">${text.text}</p><p><a class="button" href="${pathOf(lang, 'home')}">${text.back}</a></p></div>`,
  };
}

/**
 * @param {(typeof STORES)[number]} store
 * @param {import('../catalog.mjs').Lang} lang
 */
function storeCard({ thing, colour, town, street, at }, lang) {
  const text = TEXTS[lang].stores;
  return html`<li class="store"><span class="store-art c-${colour}">${drawing(thing)}</span>
<h2>${town}</h2><p>${street}</p><p class="hours">${text.open}</p>
<p><a class="quiet" href="https://www.openstreetmap.org/#map=14/${at}">${text.map}</a></p></li>`;
}

import { drawing } from '../art/index.mjs';
import { CATEGORIES, eventProduct, PRODUCTS } from '../catalog.mjs';
import { html } from '../html.mjs';
import { price } from '../price.mjs';
import { pathOf } from '../routes.mjs';
import { TEXTS } from '../texts.mjs';

/**
 * The list. The browser filters by category without loading a page; a search loads one.
 * @param {import('../routes.mjs').Route} route
 * @param {URLSearchParams} query
 * @returns {import('../layout.mjs').Content}
 */
export function list({ lang, param }, query) {
  const text = TEXTS[lang].list;
  const searched = query.get('q')?.trim().slice(0, 80) ?? '';
  const found = PRODUCTS.filter((item) => matches(item, lang, searched));
  const shown = found.filter((item) => !param || item.category === param);
  const tab = (/** @type {string | undefined} */ id, /** @type {string} */ label) =>
    html`<a href="${pathOf(lang, 'list', id)}" data-category="${id ?? ''}"${id === param ? html` aria-current="true"` : ''}>${label}</a>`;
  return {
    title: `${CATEGORIES.find(({ id }) => id === param)?.name[lang] ?? text.title} · Atelier Fil`,
    data: { searched, products: found.map((item) => eventProduct(item, lang)) },
    body: html`<div class="list-head">
<h1>${searched ? html`${text.found} « ${searched} »` : text.title}</h1>
<p class="count" role="status" data-one="${text.count[0]}" data-many="${text.count[1]}">${shown.length} ${text.count[shown.length === 1 ? 0 : 1]}</p>
</div>
${
  searched
    ? html`<p><a class="quiet" href="${pathOf(lang, 'list')}">${text.reset}</a></p>`
    : html`<nav class="tabs" aria-label="${text.title}">${tab(undefined, text.everything)}${CATEGORIES.map(({ id, name }) => tab(id, name[lang]))}</nav>`
}
${found.length === 0 && html`<p class="empty">${text.none}</p>`}
<ul class="cards">${found.map((item) => card(item, lang, !shown.includes(item)))}</ul>`,
  };
}

/**
 * One article in a list.
 * @param {import('../catalog.mjs').Product} item
 * @param {import('../catalog.mjs').Lang} lang
 * @param {boolean} [hidden]
 */
export function card(item, lang, hidden = false) {
  return html`<li class="card" data-id="${item.id}" data-category="${item.category}"${hidden && html` hidden`}>
<a href="${pathOf(lang, 'product', item.id)}">
<span class="card-art c-${item.colours[0]}">${drawing(item.id)}</span>
<span class="card-text"><strong>${item.name[lang]}</strong><small>${item.line[lang]}</small></span>
<span class="card-foot"><span class="price">${price(item.price, lang)}</span><span class="dots" aria-hidden="true">${item.colours.map((colour) => html`<i class="dot c-${colour}"></i>`)}</span></span>
</a>
</li>`;
}

/**
 * @param {import('../catalog.mjs').Product} item
 * @param {import('../catalog.mjs').Lang} lang
 * @param {string} searched
 */
function matches(item, lang, searched) {
  const plain = (/** @type {string} */ words) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain(`${item.name[lang]} ${item.line[lang]} ${item.story[lang]}`).includes(plain(searched));
}

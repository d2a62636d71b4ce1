import { drawing } from '../art/index.mjs';
import { COLOURS, eventProduct, PRODUCTS } from '../catalog.mjs';
import { html } from '../html.mjs';
import { price } from '../price.mjs';
import { pathOf } from '../routes.mjs';
import { TEXTS } from '../texts.mjs';

/**
 * What pages need that know the cart only in the browser: every article, and the names of the dyes.
 * @param {import('../catalog.mjs').Lang} lang
 */
export function cartData(lang) {
  return {
    products: PRODUCTS.map((item) => eventProduct(item, lang)),
    colours: Object.fromEntries(Object.entries(COLOURS).map(([id, name]) => [id, name[lang]])),
    free: TEXTS[lang].cart.free,
  };
}

/**
 * The cart. Its rows are templates, since only the browser knows what is in it.
 * @param {import('../routes.mjs').Route} route
 * @returns {import('../layout.mjs').Content}
 */
export function cart({ lang }) {
  const text = TEXTS[lang].cart;
  return {
    title: `${text.title} · Atelier Fil`,
    data: cartData(lang),
    body: html`<h1>${text.title}</h1>
<div class="empty" data-empty><p>${text.empty}</p><p><a class="button" href="${pathOf(lang, 'list')}">${text.browse}</a></p></div>
<div class="cart" data-cart hidden>
<ul class="rows" data-rows></ul>
<aside class="summary">
${sums(lang)}
<a class="button wide" href="${pathOf(lang, 'checkout')}">${text.checkout}</a>
</aside>
</div>
${PRODUCTS.map(
  (item) => html`<template data-row="${item.id}"><li class="row">
<a class="row-art" href="${pathOf(lang, 'product', item.id)}">${drawing(item.id)}</a>
<span class="row-text"><strong>${item.name[lang]}</strong><small data-colour></small><small>${price(item.price, lang)}</small></span>
<span class="stepper"><button type="button" data-change="-1" aria-label="${text.less}">−</button><output data-quantity></output><button type="button" data-change="1" aria-label="${text.more}">+</button></span>
<span class="price" data-sum></span>
<button type="button" class="plain" data-remove>${text.remove}</button>
</li></template>`,
)}`,
  };
}

/**
 * Articles, delivery, total; the browser fills them in.
 * @param {import('../catalog.mjs').Lang} lang
 */
export function sums(lang) {
  const text = TEXTS[lang].cart;
  return html`<dl class="sums">
<div><dt>${text.subtotal}</dt><dd data-subtotal></dd></div>
<div><dt>${text.shipping}</dt><dd data-shipping></dd></div>
<div class="total"><dt>${text.total}</dt><dd data-total></dd></div>
</dl>`;
}

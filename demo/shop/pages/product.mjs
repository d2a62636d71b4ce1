import { drawing } from '../art/index.mjs';
import { CATEGORIES, COLOURS, eventProduct, PRODUCTS } from '../catalog.mjs';
import { html } from '../html.mjs';
import { price } from '../price.mjs';
import { pathOf } from '../routes.mjs';
import { TEXTS } from '../texts.mjs';
import { card } from './list.mjs';

/**
 * One article with its colours.
 * @param {import('../routes.mjs').Route} route
 * @returns {import('../layout.mjs').Content | undefined}
 */
export function product({ lang, param }) {
  const item = PRODUCTS.find(({ id }) => id === param);
  if (!item) return undefined;
  const text = TEXTS[lang].product;
  const category = CATEGORIES.find(({ id }) => id === item.category);
  const related = PRODUCTS.filter((other) => other.category === item.category && other !== item);
  return {
    title: `${item.name[lang]} · Atelier Fil`,
    data: { products: [eventProduct(item, lang)] },
    body: html`<p class="crumbs"><a href="${pathOf(lang, 'list')}">${text.back}</a> / <a href="${pathOf(lang, 'list', item.category)}">${category?.name[lang]}</a></p>
<article class="product">
<div class="product-art c-${item.colours[0]}">${drawing(item.id)}</div>
<form class="product-text" data-form="add">
<h1>${item.name[lang]}</h1>
<p class="line">${item.line[lang]}</p>
<p class="price big">${price(item.price, lang)}</p>
<p class="lead">${item.story[lang]}</p>
<fieldset class="colours"><legend>${text.colour}</legend>
${item.colours.map(
  (colour, i) =>
    html`<label><input type="radio" name="colour" value="${colour}"${i === 0 && html` checked`}><i class="dot c-${colour}"></i><span>${COLOURS[colour][lang]}</span></label>`,
)}
</fieldset>
<p class="buy"><label class="quantity"><span>${text.quantity}</span><input type="number" name="quantity" min="1" max="9" value="1"></label><button class="button" disabled data-scripted>${text.add}</button></p>
<p class="answer" role="status" hidden>${text.added} <a href="${pathOf(lang, 'cart')}">${text.see}</a></p>
<ul class="promises"><li>${text.delivery}</li><li>${text.repair}</li></ul>
</form>
</article>
<section><div class="section-head"><h2>${text.related}</h2></div><ul class="cards three">${related.map((other) => card(other, lang))}</ul></section>`,
  };
}

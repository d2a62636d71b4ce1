import { drawing } from '../art/index.mjs';
import { html } from '../html.mjs';
import { pathOf, STEPS } from '../routes.mjs';
import { TEXTS } from '../texts.mjs';
import { cartData, sums } from './cart.mjs';

/**
 * The checkout: three steps of one page, each with its own path.
 * @param {import('../routes.mjs').Route} route
 * @returns {import('../layout.mjs').Content}
 */
export function checkout({ lang, param = 'address' }) {
  const text = TEXTS[lang].checkout;
  const step = (/** @type {string} */ id, /** @type {unknown} */ fields, /** @type {string} */ action) =>
    html`<form class="step" data-step="${id}"${id !== param && html` hidden`}>${fields}
<p class="actions"><button class="button" disabled data-scripted>${action}</button>${id !== 'address' && html` <button type="button" class="plain" data-back>${text.back}</button>`}</p></form>`;
  return {
    title: `${text.title} · Atelier Fil`,
    data: {
      ...cartData(lang),
      steps: STEPS.map(({ id }) => ({ id, path: pathOf(lang, 'checkout', id) })),
      thanks: pathOf(lang, 'thanks'),
      cart: pathOf(lang, 'cart'),
    },
    body: html`<h1>${text.title}</h1>
<ol class="steps">${STEPS.map(({ id }, i) => html`<li data-mark="${id}"${id === param && html` aria-current="step"`}>${text.steps[i]}</li>`)}</ol>
<div class="cart">
<div>
${step('address', html`<p class="note">${text.note}</p>${address(lang)}`, text.continue)}
${step('delivery', options('shipping_method', text.methods), text.continue)}
${step('payment', options('payment_method', text.pay), text.place)}
</div>
<aside class="summary"><h2>${text.summary}</h2><ul class="short" data-short></ul>${sums(lang)}</aside>
</div>`,
  };
}

/**
 * The thank-you page; the browser fills in the order.
 * @param {import('../routes.mjs').Route} route
 * @returns {import('../layout.mjs').Content}
 */
export function thanks({ lang }) {
  const text = TEXTS[lang].thanks;
  return {
    title: `${text.title} · Atelier Fil`,
    data: cartData(lang),
    body: html`<div class="thanks">
<div>
<div data-order hidden><h1>${text.title}</h1><p class="lead">${text.text}</p><p>${text.number} <strong data-order-id></strong></p><ul class="short" data-short></ul>${sums(lang)}</div>
<p class="empty" data-empty>${text.none}</p>
<p><a class="button" href="${pathOf(lang, 'list')}">${text.next}</a></p>
</div>
<div class="thanks-art c-garance">${drawing('spool')}</div>
</div>`,
  };
}

/** @param {import('../catalog.mjs').Lang} lang */
function address(lang) {
  const { fields, sample } = TEXTS[lang].checkout;
  const field = (/** @type {keyof typeof fields} */ name) =>
    html`<label class="field field-${name}"><span>${fields[name]}</span><input name="${name}" value="${sample[name]}" required autocomplete="off"></label>`;
  return html`<div class="fields">${field('name')}${field('street')}${field('zip')}${field('city')}</div>`;
}

/**
 * @param {string} name
 * @param {Record<string, string>} choices
 */
function options(name, choices) {
  return html`<div class="options">${Object.entries(choices).map(
    ([value, label], i) =>
      html`<label class="option"><input type="radio" name="${name}" value="${value}"${i === 0 && html` checked`}><span>${label}</span></label>`,
  )}</div>`;
}

import { ART, drawing } from '../art/index.mjs';
import { CATEGORIES, eventProduct, PRODUCTS } from '../catalog.mjs';
import { html } from '../html.mjs';
import { pathOf } from '../routes.mjs';
import { TEXTS } from '../texts.mjs';
import { card } from './list.mjs';

const FEATURED = ['spool', 'jumper', 'towel', 'beanie'];
const FACES = { threads: 'yarn', linen: 'tote', knitwear: 'scarf' };

/**
 * The first page.
 * @param {import('../routes.mjs').Route} route
 * @returns {import('../layout.mjs').Content}
 */
export function home({ lang }) {
  const text = TEXTS[lang];
  const featured = PRODUCTS.filter((item) => FEATURED.includes(item.id));
  return {
    title: `Atelier Fil · ${text.hero.title}`,
    data: { products: featured.map((item) => eventProduct(item, lang)) },
    body: html`<section class="hero">
<div class="hero-text">
<p class="kicker">${text.hero.kicker}</p>
<h1>${text.hero.title}</h1>
<p class="lead">${text.hero.text}</p>
<p class="actions"><a class="button" href="${pathOf(lang, 'list')}">${text.hero.action}</a> <a class="quiet" href="${pathOf(lang, 'stores')}">${text.hero.second}</a></p>
</div>
${ART.hero}
</section>
<section class="faces">
${CATEGORIES.map(
  (
    category,
  ) => html`<a class="face face-${category.id} c-garance" href="${pathOf(lang, 'list', category.id)}" data-fr-event="Promotion Clicked" data-fr-promotion_id="${category.id}" data-fr-position="home">
<span class="face-art">${drawing(FACES[category.id])}</span>
<span><strong>${category.name[lang]}</strong> <small>${category.line[lang]}</small></span>
</a>`,
)}
</section>
<section>
<div class="section-head"><h2>${text.featured}</h2><a class="quiet" href="${pathOf(lang, 'list')}">${text.all}</a></div>
<ul class="cards">${featured.map((item) => card(item, lang))}</ul>
</section>
<section class="story" data-fr-event="Promotion Viewed" data-fr-on="view" data-fr-promotion_id="garance" data-fr-name="${text.story.title}">
<div><h2>${text.story.title}</h2><p>${text.story.text}</p></div>
<ul class="points">${text.story.points.map((point) => html`<li>${point}</li>`)}</ul>
</section>`,
  };
}

import { ART } from './art/index.mjs';
import { bannerHead } from './banners.mjs';
import { html, raw } from './html.mjs';
import { pathOf } from './routes.mjs';
import { TEXTS } from './texts.mjs';

/**
 * @typedef {import('./routes.mjs').Route} Route
 * @typedef {{ tag: string, startUrl: string, banner: import('./banners.mjs').BannerName }} Site What every page of this
 *   shop shares: the filrouge tag, the way back, and the consent banner.
 * @typedef {{ title: string, body: unknown, data?: unknown }} Content
 */

const STYLES = ['banner', 'base', 'frame', 'pages', 'product', 'checkout'];

/**
 * A whole page. The order in the head matters: the tag's one line comes before anything that may track, the banner after.
 * @param {Site} site
 * @param {Route} route
 * @param {Content} content
 * @returns {string}
 */
export function layout(site, route, content) {
  const { lang, page } = route;
  const text = TEXTS[lang];
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${content.title}</title>
<meta name="description" content="${text.hero.text}">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="alternate" hreflang="${lang === 'fr' ? 'en' : 'fr'}" href="${otherLanguage(route)}">
${STYLES.map((name) => html`<link rel="stylesheet" href="/assets/${name}.css">`)}
${raw(site.tag)}
${bannerHead(site.banner)}
<script type="module" src="/assets/main.js"></script>
</head>
<body data-page="${page}" data-lang="${lang}" data-banner="${site.banner}">
<a class="skip" href="#main">${text.skip}</a>
${ART.patterns}
<p class="demo-note">${text.demo} <a href="${site.startUrl}?lang=${lang}" rel="noreferrer">${text.footer.start}</a></p>
${header(route)}
<main id="main">${content.body}</main>
${footer(route)}
<script type="application/json" id="shop-data">${raw(json({ lang, page, param: route.param, ...Object(content.data) }))}</script>
</body>
</html>`.toString();
}

/** @param {Route} route */
function header({ lang, page, param }) {
  const { menu, other, otherLabel } = TEXTS[lang];
  const current = (/** @type {string} */ name) => (name === page ? html` aria-current="page"` : '');
  return html`<header class="header">
<a class="brand" href="${pathOf(lang, 'home')}">${ART.logo}</a>
<nav class="nav" aria-label="Atelier Fil">
<a href="${pathOf(lang, 'list')}"${current('list')}>${menu.shop}</a>
<a href="${pathOf(lang, 'stores')}"${current('stores')}>${menu.stores}</a>
</nav>
<form class="search" role="search" action="${pathOf(lang, 'list')}" data-form="search">
<input type="search" name="q" aria-label="${menu.search}" placeholder="${menu.searchHint}" autocomplete="off">
</form>
<a class="lang" href="${otherLanguage({ lang, page, ...(param && { param }) })}" hreflang="${lang === 'fr' ? 'en' : 'fr'}" aria-label="${otherLabel}">${other}</a>
<a class="cart-link" href="${pathOf(lang, 'cart')}"${current('cart')}>${menu.cart} <span class="badge" data-cart-count hidden></span></a>
</header>`;
}

/** @param {Route} route */
function footer({ lang }) {
  const { footer: text, newsletter } = TEXTS[lang];
  return html`<footer class="footer">
${ART.stitch}
<div class="footer-grid">
<form class="newsletter" id="newsletter" name="newsletter" action="/api/newsletter" method="post" data-done="${newsletter.done}" data-failed="${newsletter.failed}">
<h2>${newsletter.title}</h2>
<p>${newsletter.text}</p>
<div class="field-row">
<input type="email" name="email" required aria-label="${newsletter.label}" placeholder="${newsletter.hint}" autocomplete="off">
<button class="button" disabled data-scripted>${newsletter.action}</button>
</div>
<p class="answer" role="status"></p>
</form>
<nav class="footer-links" aria-label="${text.privacy}">
<button type="button" class="plain" data-cc="show-preferencesModal">${text.settings}</button>
<a href="${pathOf(lang, 'privacy')}">${text.privacy}</a>
</nav>
</div>
</footer>`;
}

/** @param {Route} route */
function otherLanguage({ lang, page, param }) {
  return pathOf(lang === 'fr' ? 'en' : 'fr', page, param);
}

/**
 * JSON that cannot close the script element it stands in.
 * @param {unknown} value
 */
function json(value) {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

import { bannerChoice } from './banners.mjs';
import { ENTRY_LINKS } from './entry-links.mjs';
import { ENTRY_TEXTS } from './entry-texts.mjs';
import { html } from './html.mjs';
import { pathOf } from './routes.mjs';

/** @typedef {import('./catalog.mjs').Lang} Lang */

/**
 * The start page of the demonstration. It is not part of the shop and lives under another host name, so that the way from
 * here into the shop is a way from one site to another.
 * @param {{ lang: Lang, banner: import('./banners.mjs').BannerName, shopOrigin: string, reportUrl: string, receiverUrl: string, secretKey: string, simulated: boolean }} demo
 * @returns {string}
 */
export function entryPage(demo) {
  const { lang } = demo;
  const text = ENTRY_TEXTS[lang];
  const other = lang === 'fr' ? 'en' : 'fr';
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text.title}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="alternate" hreflang="${other}" href="/?lang=${other}">
<link rel="stylesheet" href="/assets/entry.css">
</head>
<body>
<header>
<p class="top"><span class="mark">filrouge</span> <a href="/?lang=${other}" hreflang="${other}" lang="${other}">${text.other}</a></p>
<h1>${text.heading}</h1>
<p class="lead">${text.lead}</p>
<p class="open"><a class="primary" href="${demo.reportUrl}" target="report">${text.report}</a><a href="/events.ndjson" target="events">${text.events}</a></p>
${demo.simulated && html`<p class="hint">${text.simulated}</p>`}
</header>
<main>
<ol class="try">
${text.steps.map((step) => html`<li>${step}</li>\n`)}</ol>
${bannerChoice(demo.banner, text.banner, lang)}
${ENTRY_LINKS.map(
  ({ group, links }) => html`<h2>${group[lang]}</h2>
<ul class="doors">${links.map((link) => door(link, demo))}</ul>`,
)}
<h2>${text.till.title}</h2>
<div class="till">
<p>${text.till.text}</p>
<pre tabindex="0"><code>${till(demo)}</code></pre>
</div>
</main>
</body>
</html>`.toString();
}

/**
 * @param {import('./entry-links.mjs').EntryLink} link
 * @param {{ lang: Lang, shopOrigin: string }} demo
 */
function door({ title, says, to, query, referrer }, { lang, shopOrigin }) {
  const path = pathOf(lang, ...to);
  return html`<li><a href="${shopOrigin}${path}${query && `?${query}`}"${!referrer && html` rel="noreferrer"`}>
<strong>${title[lang]}</strong>
<span>${says[lang]}</span>
<code>${path}${query && '?'}${query.split('&').map((pair, i) => html`${i > 0 && '&'}<wbr>${pair}`)}</code>
</a></li>`;
}

/** @param {{ receiverUrl: string, secretKey: string }} demo */
function till({ receiverUrl, secretKey }) {
  const event = {
    type: 'track',
    event: 'Order Completed',
    userId: 'C-…',
    properties: { order_id: 'TILL-1', total: 42, currency: 'EUR' },
    context: { channel: 'store' },
  };
  return `curl -u ${secretKey}: -H 'content-type: application/json' \\
  ${receiverUrl}/v1/track \\
  -d '${JSON.stringify(event, null, 2)}'`;
}

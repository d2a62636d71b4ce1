import { bannerChoice } from './banners.mjs';
import { ENTRY_LINKS } from './entry-links.mjs';
import { html } from './html.mjs';

/**
 * The start page of the demonstration. It is not part of the shop and lives under another host name, so that the way from
 * here into the shop is a way from one site to another.
 * @param {{ banner: import('./banners.mjs').BannerName, shopOrigin: string, reportUrl: string, receiverUrl: string, secretKey: string, simulated: boolean }} demo
 * @returns {string}
 */
export function entryPage(demo) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>filrouge · start here</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/entry.css">
</head>
<body>
<header>
<p class="mark">filrouge</p>
<h1>From an advertisement to an order, and back again.</h1>
<p class="lead">Come into the shop by one of these doors, and see in the report which door gets the credit.</p>
<p class="open"><a class="primary" href="${demo.reportUrl}" target="report">Open the report</a><a href="/events.ndjson" target="events">Raw events</a></p>
${demo.simulated && html`<p class="hint">The report already holds nine weeks of <strong>simulated visitors</strong>: their orders begin with SIM-, their library is called filrouge-demo-simulator. What you do in the shop is added to them.</p>`}
</header>
<main>
<ol class="try">
<li>Enter through a door. Before you answer the banner, look at the network and storage tabs: nothing is sent, nothing is kept.</li>
<li>Accept late, after moving through the tabs of the shop’s list, which load no page: your door still counts. (A page load before your answer forgets it, since nothing was kept.)</li>
<li>Order something. A moment later the report credits it.</li>
<li>Come again through another door and order again: compare first, last and linear.</li>
<li>Refuse, then look again; “Cookie settings” in the footer of the shop lets you change your mind either way.</li>
</ol>
${bannerChoice(demo.banner)}
${ENTRY_LINKS.map(
  ({ group, links }) => html`<h2>${group}</h2>
<ul class="doors">${links.map((link) => door(link, demo.shopOrigin))}</ul>`,
)}
<h2>Without a browser</h2>
<div class="till">
<p>A till knows the customer number that the newsletter form of the shop shows you. Put it in, and the order at the counter joins the visits on your screen:</p>
<pre><code>${till(demo)}</code></pre>
</div>
</main>
</body>
</html>`.toString();
}

/**
 * @param {import('./entry-links.mjs').EntryLink} link
 * @param {string} shopOrigin
 */
function door({ title, says, path, query, referrer }, shopOrigin) {
  return html`<li><a href="${shopOrigin}${path}${query && `?${query}`}"${!referrer && html` rel="noreferrer"`}>
<strong>${title}</strong>
<span>${says}</span>
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

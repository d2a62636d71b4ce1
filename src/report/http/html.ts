/** What the page takes over from the reports, so that both count the same days and the same goal. Neither is a secret. */
export interface PageSettings {
  /** The time zone of days and times; default UTC, as that of reports. */
  timezone?: string | undefined;
  /** The goal that is shown when nobody chose one; default `Order Completed`. */
  goal?: string | undefined;
}

/** The page's document: all that is on it is made by its script. Addresses are relative to `/report`. */
export function reportHtml({ timezone = 'UTC', goal = 'Order Completed' }: PageSettings = {}): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <meta name="color-scheme" content="light dark" />
    <meta name="filrouge-timezone" content="${attribute(timezone)}" />
    <meta name="filrouge-goal" content="${attribute(goal)}" />
    <title>filrouge report</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="report/app.css" />
    <script type="module" src="report/app.js"></script>
  </head>
  <body>
    <div id="app"></div>
    <noscript>This page draws its charts with JavaScript. The same figures are at /v1/reports/kpis?format=csv.</noscript>
  </body>
</html>
`;
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

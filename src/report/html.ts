/** The page's document: all that is on it is made by its script. Addresses are relative to `/report`. */
export const REPORT_HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <meta name="color-scheme" content="light dark" />
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

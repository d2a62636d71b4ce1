/** Patterns that the drawings share. Stands once in each page, before the first drawing. */
export const PATTERNS = `
  <svg width="0" height="0" class="patterns" aria-hidden="true" focusable="false"><defs>
    <pattern id="p-knit" width="10" height="9" patternUnits="userSpaceOnUse"><path d="m0 1 5 6 5-6" fill="none" stroke="#000" stroke-opacity=".15" stroke-width="2.200"/><path d="m0 4 5 6 5-6" fill="none" stroke="#fff" stroke-opacity=".1" stroke-width="1.400"/></pattern>
    <pattern id="p-rib" width="9" height="9" patternUnits="userSpaceOnUse"><path d="M2 0v9" stroke="#000" stroke-opacity=".2" stroke-width="2.600"/><path d="M5.500 0v9" stroke="#fff" stroke-opacity=".14" stroke-width="2"/></pattern>
    <pattern id="p-weave" width="5" height="5" patternUnits="userSpaceOnUse"><path d="M0 1.500h5M1.500 0v5" stroke="#000" stroke-opacity=".055" stroke-width="1.600"/></pattern>
    <pattern id="p-wound" width="10" height="7" patternUnits="userSpaceOnUse"><path d="M0 6 10 3.500" stroke="#000" stroke-opacity=".2" stroke-width="1.600"/><path d="M0 3 10 .5" stroke="#fff" stroke-opacity=".2" stroke-width="1.400"/></pattern>
    <radialGradient id="p-shade" cx=".36" cy=".3" r=".85"><stop offset="0" stop-color="#fff" stop-opacity=".26"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".3"/></radialGradient>
  </defs></svg>`;

/** The sign of the house: a needle, and the red thread that makes a line of writing out of itself. */
export const LOGO = `
  <svg viewBox="0 0 176 48" class="logo" role="img" aria-label="Atelier Fil">
    <text x="0" y="30" font-size="27" letter-spacing="-.5">Atelier Fil</text>
    <path d="M1 41c30-5 58 4 86 0s40-4 66-1" fill="none" stroke="#b3122f" stroke-width="2.200" stroke-linecap="round"/>
    <path d="m150 40.500 24-5.500" stroke="#4a4f52" stroke-width="2.400" stroke-linecap="round"/><path d="m153 39.700 5-1.100" stroke="#f7f2e8" stroke-width="1"/>
  </svg>`;

/** The picture at the top of the first page: one thread from the spool to the jumper. */
export const HERO = `
  <svg viewBox="0 0 620 460" class="hero-art" aria-hidden="true" focusable="false">
    <circle cx="356" cy="214" r="196" fill="#ead9c2"/>
    <path d="M30 408q290-22 570 0l-6 26q-280 20-558 0z" fill="#c99d66"/><path d="M30 408q290-22 570 0l-1.500 8q-284-20-567 0z" fill="#dcb783"/>
    <g transform="translate(246 84) scale(1.46)" class="c-indigo">{jumper}</g>
    <g transform="translate(28 168) scale(1.020)" class="c-garance">{spool}</g>
    <g transform="translate(492 268) scale(.62)" class="c-ocre">{yarn}</g>
    <path d="M141 222C170 90 232 40 300 62s44 92 4 92-30-96 60-116 150 4 172 38" fill="none" stroke="#b3122f" stroke-width="3.400" stroke-linecap="round"/>
    <path d="m528 64 56 58" stroke="#6b7176" stroke-width="5" stroke-linecap="round"/><path d="m532 68 10 10" stroke="#f7f2e8" stroke-width="2"/>
  </svg>`;

/** A running stitch between two parts of a page. */
export const STITCH = `
  <svg viewBox="0 0 1200 24" preserveAspectRatio="none" class="stitch" aria-hidden="true" focusable="false">
    <path d="M0 12c100-16 200 16 300 0s200-16 300 0 200 16 300 0 200-16 300 0" fill="none" stroke="#b3122f" stroke-width="2" stroke-dasharray="14 9" vector-effect="non-scaling-stroke"/>
  </svg>`;

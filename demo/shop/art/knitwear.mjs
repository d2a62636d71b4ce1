/** Drawings of the knitwear. The dyed parts are drawn in `currentColor`; everything is 240 by 240. */
export const KNITWEAR = {
  jumper: `
    <ellipse cx="120" cy="214" rx="76" ry="7" fill="#2b2422" opacity=".1"/>
    <path d="M88 40 58 52C42 60 36 76 32 96l-14 84 28 8 20-76v88q54 8 108 0v-88l20 76 28-8-14-84c-4-20-10-36-26-44l-30-12q-32 16-64 0z" fill="currentColor"/>
    <path d="M88 40 58 52C42 60 36 76 32 96l-14 84 28 8 20-76v88q54 8 108 0v-88l20 76 28-8-14-84c-4-20-10-36-26-44l-30-12q-32 16-64 0z" fill="url(#p-knit)"/>
    <path d="M66 112V92M174 112V92" stroke="#000" stroke-opacity=".25" stroke-width="3" stroke-linecap="round"/>
    <path d="M66 184q54 8 108 0v16q-54 8-108 0z" fill="#000" opacity=".1"/><path d="M66 184q54 8 108 0v16q-54 8-108 0z" fill="url(#p-rib)"/>
    <path d="m20.500 166 28 8-3 14-28-8zM219.500 166l-28 8 3 14 28-8z" fill="#000" opacity=".16"/>
    <path d="M88 40q32 16 64 0l4 10q-36 20-72 0z" fill="#000" opacity=".2"/><path d="M88 40q32 16 64 0l4 10q-36 20-72 0z" fill="url(#p-rib)"/>
    <path d="M90 40q30-9 60 0-30 15-60 0z" fill="#2b2422" opacity=".7"/>
    <path d="M66 112h108v10H66zM66 130h108v4H66z" fill="#fbf7ee" opacity=".9"/><path d="M66 112h108v10H66zM66 130h108v4H66z" fill="url(#p-knit)"/>
    <g fill="#dcb783" stroke="#6d4b2a" stroke-width="1.200"><circle cx="74" cy="56" r="4"/><circle cx="64" cy="61" r="4"/><circle cx="55" cy="67" r="4"/></g>`,
  beanie: `
    <ellipse cx="120" cy="208" rx="80" ry="8" fill="#2b2422" opacity=".1"/>
    <path d="M46 160c-4-76 30-114 74-114s78 38 74 114z" fill="currentColor"/>
    <path d="M46 160c-4-76 30-114 74-114s78 38 74 114z" fill="url(#p-shade)"/>
    <g fill="none" stroke="#000" stroke-opacity=".18" stroke-width="3"><path d="M64 156c-2-60 18-100 50-108M84 156c-2-52 10-92 32-108M104 156c0-50 4-90 14-108M122 156c0-50 0-90 0-108M140 156c0-50-6-90-16-108M158 156c0-52-10-92-32-108M177 156c0-60-18-100-50-108"/></g>
    <g fill="none" stroke="#fff" stroke-opacity=".2" stroke-width="3"><path d="M74 156c-2-56 14-96 40-108M94 156c-2-50 8-92 24-108M131 156c0-50-3-90-7-108M149 156c0-50-8-90-24-108M167 156c0-56-14-96-40-108"/></g>
    <path d="M38 152q82-20 164 0 6 22 0 46-82 18-164 0-6-24 0-46z" fill="currentColor"/>
    <path d="M38 152q82-20 164 0 6 22 0 46-82 18-164 0-6-24 0-46z" fill="#fff" opacity=".08"/>
    <path d="M38 152q82-20 164 0 6 22 0 46-82 18-164 0-6-24 0-46z" fill="url(#p-rib)"/>
    <path d="M38 152q82-20 164 0l1 6q-82-20-166 0z" fill="#000" opacity=".18"/>
    <rect x="148" y="164" width="30" height="22" rx="2" fill="#fbf7ee"/><path d="M154 178c4-12 8 8 12-2s4 2 6-2" fill="none" stroke="#b3122f" stroke-width="2" stroke-linecap="round"/>`,
  scarf: `
    <ellipse cx="120" cy="222" rx="70" ry="6" fill="#2b2422" opacity=".08"/>
    <path d="M126 104l58 88-34 20-52-92z" fill="currentColor"/><path d="M126 104l58 88-34 20-52-92z" fill="url(#p-knit)"/><path d="M126 104l58 88-34 20-52-92z" fill="#000" opacity=".14"/>
    <path d="M86 108h44l-8 104H76z" fill="currentColor"/><path d="M86 108h44l-8 104H76z" fill="url(#p-knit)"/>
    <path d="M80 178h46l-1 10H79zM79 192h46l-.5 6H78.500z" fill="#fbf7ee" opacity=".9"/>
    <g stroke="currentColor" stroke-width="3" stroke-linecap="round"><path d="M80 212v12M90 212v14M100 212v12M110 212v14M120 212v12M152 212l6 10M162 206l7 11M171 200l7 10M180 194l7 10"/></g>
    <path d="M48 66c8-28 136-28 144 0 6 26-20 52-72 56-52-4-78-30-72-56z" fill="currentColor"/>
    <path d="M48 66c8-28 136-28 144 0 6 26-20 52-72 56-52-4-78-30-72-56z" fill="url(#p-knit)"/>
    <ellipse cx="120" cy="66" rx="46" ry="17" fill="#2b2422" opacity=".75"/>
    <path d="M50 74c16 30 46 40 70 40s54-10 70-40" fill="none" stroke="#000" stroke-opacity=".2" stroke-width="4"/>
    <path d="M82 96q26 12 52 6l-2 22q-24 6-50-4z" fill="currentColor"/><path d="M82 96q26 12 52 6l-2 22q-24 6-50-4z" fill="url(#p-rib)"/><path d="M82 118q26 10 50 4l0 5q-26 6-50-5z" fill="#000" opacity=".2"/>`,
  socks: `
    <ellipse cx="124" cy="212" rx="84" ry="7" fill="#2b2422" opacity=".1"/>
    <g transform="translate(34 -8)">
      <path d="M88 40h54v92c0 16 12 22 32 32s20 44-8 44h-34c-30 0-44-18-44-44z" fill="currentColor"/><path d="M88 40h54v92c0 16 12 22 32 32s20 44-8 44h-34c-30 0-44-18-44-44z" fill="url(#p-knit)"/><path d="M88 40h54v92c0 16 12 22 32 32s20 44-8 44h-34c-30 0-44-18-44-44z" fill="#000" opacity=".16"/>
      <path d="M86 34h58v30H86z" fill="currentColor"/><path d="M86 34h58v30H86z" fill="#000" opacity=".16"/><path d="M86 34h58v30H86z" fill="url(#p-rib)"/><path d="M86 60h58v5H86z" fill="#000" opacity=".15"/>
    </g>
    <path d="M58 40h54v96c0 16 14 24 34 34s20 42-8 42h-36c-30 0-44-18-44-44z" fill="currentColor"/>
    <path d="M58 40h54v96c0 16 14 24 34 34s20 42-8 42h-36c-30 0-44-18-44-44z" fill="url(#p-knit)"/>
    <path d="M56 34h58v30H56z" fill="currentColor"/><path d="M56 34h58v30H56z" fill="url(#p-rib)"/><path d="M56 60h58v5H56z" fill="#000" opacity=".15"/>
    <path d="M58 84h54v9H58zM58 99h54v4H58z" fill="#fbf7ee" opacity=".9"/>
    <path d="M58 152c22-4 36 10 36 30 0 12-4 22-10 28-18-6-26-22-26-42z" fill="#fbf7ee" opacity=".85"/><path d="M58 152c22-4 36 10 36 30 0 12-4 22-10 28-18-6-26-22-26-42z" fill="url(#p-knit)"/>
    <path d="M146 170c20 10 20 42-8 42h-6c12-8 18-26 14-42z" fill="#fbf7ee" opacity=".85"/>`,
};

/** Drawings of the threads. The dyed parts are drawn in `currentColor`; everything is 240 by 240. */
export const THREADS = {
  spool: `
    <ellipse cx="120" cy="212" rx="66" ry="9" fill="#2b2422" opacity=".1"/>
    <path d="M168 176c34 6 44 24 20 30-30 8-96-2-132 8-14 4-22 0-22-6" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round"/>
    <path d="M76 52h88v142H76z" fill="currentColor"/>
    <path d="M76 52h88v142H76z" fill="url(#p-wound)"/>
    <path d="M76 52h22v142H76z" fill="#fff" opacity=".16"/>
    <path d="M146 52h18v142h-18z" fill="#000" opacity=".14"/>
    <path d="M62 38q58-12 116 0v16q-58 10-116 0z" fill="#c99d66"/>
    <ellipse cx="120" cy="37" rx="58" ry="9" fill="#dcb783"/>
    <ellipse cx="120" cy="37" rx="15" ry="3.4" fill="#6d4b2a"/>
    <path d="M62 186q58 10 116 0v18q-58 12-116 0z" fill="#c99d66"/>
    <path d="M62 186q58 10 116 0v5q-58 10-116 0z" fill="#8d6336" opacity=".45"/>
    <rect x="94" y="98" width="52" height="48" rx="3" fill="#fbf7ee"/>
    <path d="M104 112h32M104 122h32M104 132h18" stroke="#2b2422" stroke-width="2.4" stroke-linecap="round" opacity=".6"/>`,
  skein: `
    <ellipse cx="120" cy="206" rx="72" ry="8" fill="#2b2422" opacity=".1"/>
    <g transform="rotate(-18 120 120)">
      <path d="M40 104c0-30 40-34 80-34s80 4 80 34v32c0 30-40 34-80 34s-80-4-80-34z" fill="currentColor"/>
      <path d="M40 104c0-30 40-34 80-34s80 4 80 34v32c0 30-40 34-80 34s-80-4-80-34z" fill="#fff" opacity=".08"/>
      <g fill="none" stroke="#000" stroke-opacity=".18" stroke-width="2.2">
        <path d="M42 96c30-22 126-22 156 0M40 108c32-18 128-18 160 0M40 120h160M40 132c32 18 128 18 160 0M42 144c30 22 126 22 156 0"/>
      </g>
      <g fill="none" stroke="#fff" stroke-opacity=".28" stroke-width="2">
        <path d="M44 90c34-22 118-22 152 0M40 114c32-8 128-8 160 0M40 126c32 8 128 8 160 0"/>
      </g>
      <path d="M74 64h30v112H74z" fill="#fbf7ee"/><path d="M136 64h30v112h-30z" fill="#fbf7ee"/>
      <path d="M74 64h5v112h-5zM136 64h5v112h-5z" fill="#000" opacity=".08"/>
      <circle cx="89" cy="104" r="7" fill="currentColor"/>
      <path d="M82 122h14M82 132h14M82 142h9M144 104h14M144 114h14M144 124h9" stroke="#2b2422" stroke-opacity=".55" stroke-width="2.2" stroke-linecap="round"/>
    </g>
    <path d="M190 96c22 6 26 40 8 58s-6 40 18 42" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round"/>`,
  yarn: `
    <ellipse cx="118" cy="210" rx="72" ry="9" fill="#2b2422" opacity=".1"/>
    <path d="M60 34 176 178M184 30 66 180" stroke="#b98a52" stroke-width="7" stroke-linecap="round"/>
    <circle cx="60" cy="34" r="9" fill="#8d6336"/><circle cx="184" cy="30" r="9" fill="#8d6336"/>
    <circle cx="118" cy="134" r="74" fill="currentColor"/>
    <circle cx="118" cy="134" r="74" fill="url(#p-shade)"/>
    <g fill="none" stroke="#000" stroke-opacity=".17" stroke-width="2.6" stroke-linecap="round">
      <path d="M50 106c30-34 90-44 128-14M46 122c34-36 100-44 142-8M45 138c38-34 104-40 146-4M48 154c36-30 100-34 142-2"/>
      <path d="M92 66c-26 40-26 96 2 136M108 61c-26 44-24 104 4 146M124 61c-22 44-20 102 10 146"/>
      <path d="M150 70c26 28 42 66 36 96M164 78c20 22 30 46 28 66"/>
    </g>
    <g fill="none" stroke="#fff" stroke-opacity=".3" stroke-width="2.4" stroke-linecap="round">
      <path d="M58 92c26-24 70-32 104-14M48 130c34-32 98-38 140-4M100 63c-26 42-25 100 3 142"/>
    </g>
    <path d="M176 178c26 8 34 30 6 32s-60-8-96 4-52 6-56 2" fill="none" stroke="currentColor" stroke-width="5" stroke-linecap="round"/>`,
  kit: `
    <ellipse cx="120" cy="212" rx="84" ry="8" fill="#2b2422" opacity=".1"/>
    <g fill="none" stroke="#7d868c" stroke-width="7" stroke-linecap="round"><path d="m92 102 30-74M122 102 96 28"/></g>
    <g fill="none" stroke="#2b2422" stroke-width="6"><circle cx="86" cy="112" r="13"/><circle cx="128" cy="112" r="13"/></g>
    <path d="M160 112V40" stroke="#9aa3a8" stroke-width="4" stroke-linecap="round"/><path d="M160 50v12" stroke="#f6f1e7" stroke-width="1.6"/>
    <path d="M160 52c22-18 38 4 26 20s-6 22 6 26" fill="none" stroke="#b3122f" stroke-width="2.6" stroke-linecap="round"/>
    <path d="M34 110q86-14 172 0l-8 92q-78 12-156 0z" fill="currentColor"/>
    <path d="M34 110q86-14 172 0l-8 92q-78 12-156 0z" fill="url(#p-weave)"/>
    <path d="M34 110q86-14 172 0l-2 22q-84-14-168 0z" fill="#000" opacity=".16"/>
    <path d="M45 142q75-12 150 0l-5 52q-70 10-140 0z" fill="none" stroke="#fff" stroke-opacity=".55" stroke-width="2" stroke-dasharray="7 5"/>
    <circle cx="120" cy="140" r="13" fill="#c99d66"/><circle cx="120" cy="140" r="9" fill="none" stroke="#8d6336" stroke-width="1.6"/>
    <g fill="#6d4b2a"><circle cx="117" cy="137" r="1.8"/><circle cx="123" cy="137" r="1.8"/><circle cx="117" cy="143" r="1.8"/><circle cx="123" cy="143" r="1.8"/></g>`,
};

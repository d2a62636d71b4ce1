/** Drawings of the linen. The dyed parts are drawn in `currentColor`; everything is 240 by 240. */
export const LINEN = {
  tablecloth: `
    <ellipse cx="120" cy="214" rx="92" ry="8" fill="#2b2422" opacity=".1"/>
    <path d="M66 128v78M174 128v78" stroke="#8d6336" stroke-width="9" stroke-linecap="round"/>
    <path d="M28 92q92-18 184 0l10 76c-12 8-20-6-32 0s-20 10-34 2-22 10-36 6-22-8-36-2-22 8-34 0-20 4-32-6z" fill="currentColor"/>
    <path d="M28 92q92-18 184 0l10 76c-12 8-20-6-32 0s-20 10-34 2-22 10-36 6-22-8-36-2-22 8-34 0-20 4-32-6z" fill="url(#p-weave)"/>
    <path d="M28 92q92-18 184 0 -92 26-184 0z" fill="#fff" opacity=".3"/>
    <path d="M46 102 38 168M84 108l-4 62M156 108l4 62M194 102l8 66" stroke="#000" stroke-opacity=".12" stroke-width="5" stroke-linecap="round"/>
    <path d="M20 154c13 8 20 0 32 4s22-2 34 0 22-2 36 0 22 0 34 0 22-6 34-4 18 2 30-2" fill="none" stroke="#fff" stroke-opacity=".75" stroke-width="2.2" stroke-dasharray="4 4"/>
    <path d="M101 68c-10 0-15 8-14 18s8 14 18 14 18-5 18-15-8-17-22-17z" fill="#f6f1e7"/><path d="M98 68q3-8 10-8" fill="none" stroke="#6e8b5b" stroke-width="3" stroke-linecap="round"/>
    <path d="M136 92c-8-26-2-48 8-58" fill="none" stroke="#5d7a4c" stroke-width="3"/><circle cx="146" cy="30" r="8" fill="#b3122f"/><circle cx="132" cy="42" r="6" fill="#d0a03c"/>
    <path d="M126 70h26l-5 26h-16z" fill="#dcb783"/>`,
  towel: `
    <ellipse cx="120" cy="216" rx="60" ry="6" fill="#2b2422" opacity=".08"/>
    <path d="M40 34h160" stroke="#8d6336" stroke-width="8" stroke-linecap="round"/><circle cx="40" cy="34" r="8" fill="#6d4b2a"/><circle cx="200" cy="34" r="8" fill="#6d4b2a"/>
    <path d="M68 34h104l6 168q-58 10-116 0z" fill="#fbf7ee"/>
    <path d="M68 34h104l6 168q-58 10-116 0z" fill="url(#p-weave)"/>
    <path d="M63 168q57 9 114 0l.6 13q-57.600 9-115.200 0z" fill="currentColor"/>
    <path d="M63.400 156q56.600 9 113.200 0l.2 4.500q-56.800 9-113.600 0zM62 187q58 9 116 0l.1 4.500q-58 9-116.200 0z" fill="currentColor" opacity=".8"/>
    <path d="M84 34h7l-2 172h-7zM150 34h7l4 172h-7z" fill="currentColor" opacity=".9"/>
    <path d="M96 34h2.500l-1.500 172h-2.500zM144 34h2.500l3.500 172h-2.500z" fill="currentColor" opacity=".7"/>
    <path d="M110 34c-2 60-4 110-2 170h10c-4-60-2-110 0-170zM166 34l5 168 6-1-5-167z" fill="#000" opacity=".05"/>
    <path d="M64 30h112v9H64z" fill="#fff"/><path d="M64 37h112v3H64z" fill="#000" opacity=".1"/>
    <path d="M112 120h18M112 129h18M121 112v26" stroke="#b3122f" stroke-width="2.200" stroke-dasharray="3 2"/>`,
  apron: `
    <ellipse cx="120" cy="218" rx="70" ry="6" fill="#2b2422" opacity=".08"/>
    <path d="M90 66C74 30 102 18 120 18s46 12 30 48" fill="none" stroke="#c99d66" stroke-width="7"/>
    <path d="M62 122C40 128 30 122 22 138M178 122c22 6 32 0 40 16" fill="none" stroke="#c99d66" stroke-width="6" stroke-linecap="round"/>
    <path d="M84 62h72c2 28 8 44 26 58l8 86q-70 12-140 0l8-86c18-14 24-30 26-58z" fill="currentColor"/>
    <path d="M84 62h72c2 28 8 44 26 58l8 86q-70 12-140 0l8-86c18-14 24-30 26-58z" fill="url(#p-weave)"/>
    <path d="M84 62h72l1 11H83z" fill="#000" opacity=".16"/>
    <path d="M62 126c18-12 26-32 28-50M178 126c-18-12-26-32-28-50" fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="2" stroke-dasharray="6 4"/>
    <path d="M78 142h84v42q-42 8-84 0z" fill="#000" opacity=".1"/>
    <path d="M78 142h84v42q-42 8-84 0zM120 142v45" fill="none" stroke="#fff" stroke-opacity=".6" stroke-width="2" stroke-dasharray="6 4"/>
    <g fill="none" stroke="#9aa3a8" stroke-width="4"><path d="M92 152v-20M104 152v-20"/></g><circle cx="90" cy="126" r="8" fill="none" stroke="#2b2422" stroke-width="4"/><circle cx="107" cy="126" r="8" fill="none" stroke="#2b2422" stroke-width="4"/>
    <path d="M84 142h32v14H84z" fill="currentColor"/><path d="M84 142h32v14H84z" fill="#000" opacity=".1"/>
    <circle cx="90" cy="68" r="4" fill="#dcb783"/><circle cx="150" cy="68" r="4" fill="#dcb783"/>`,
  tote: `
    <ellipse cx="120" cy="216" rx="72" ry="7" fill="#2b2422" opacity=".1"/>
    <path d="M150 96c12-30 4-52 22-66M158 96c16-22 22-40 40-46" fill="none" stroke="#5d7a4c" stroke-width="4" stroke-linecap="round"/>
    <path d="M168 40c-12-2-18 6-16 16 10 2 17-6 16-16zM184 58c8-8 20-8 26 0-8 8-20 8-26 0z" fill="#6e8b5b"/><circle cx="174" cy="30" r="8" fill="#b3122f"/><circle cx="200" cy="48" r="7" fill="#d0a03c"/>
    <path d="M82 98C78 22 162 22 158 98" fill="none" stroke="currentColor" stroke-width="10"/>
    <path d="M82 98C78 22 162 22 158 98" fill="none" stroke="#000" stroke-opacity=".1" stroke-width="10"/>
    <path d="M50 92h140l8 112q-78 12-156 0z" fill="currentColor"/>
    <path d="M50 92h140l8 112q-78 12-156 0z" fill="url(#p-weave)"/>
    <path d="M50 92h140l1 12H49z" fill="#000" opacity=".13"/>
    <path d="M60 104c2 36-2 66-4 102M178 104c-2 36 2 66 6 100" fill="none" stroke="#000" stroke-opacity=".08" stroke-width="6"/>
    <path d="M74 96h16v18H74zM150 96h16v18h-16z" fill="none" stroke="#fff" stroke-width="1.800" stroke-dasharray="4 3" opacity=".8"/>
    <path d="M86 168c10-30 28 22 40-8s22 6 30-10" fill="none" stroke="#b3122f" stroke-width="3" stroke-linecap="round"/><path d="m156 150 16-12" stroke="#2b2422" stroke-width="2.600" stroke-linecap="round"/>`,
};

/** One call that was made before the script arrived: method, arguments, epoch ms, URL and title at that moment. */
export type StubCall = [method: string, args: unknown[], at: number, url: string, title: string];

/**
 * The inline line. It only remembers: calls go into `filrouge.q` with their time, URL and title, the first entry is the
 * landing itself. It stores and sends nothing. Kept as text, because its hash goes into the site's CSP.
 */
export const STUB =
  '!function(w,d,f){if(!w.filrouge){f=w.filrouge={q:[]};"landing page track identify group alias reset consent flush forget stop visitor".split(" ").map(function(m){f[m]=function(){f.q.push([m,[].slice.call(arguments),Date.now(),d.URL,d.title])}});f.landing()}}(window,document)';

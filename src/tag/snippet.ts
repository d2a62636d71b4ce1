import { STUB } from './stub.js';

export { STUB } from './stub.js';

/** What the tag on a page can be told. */
export interface SnippetOptions {
  /** Address of the script, e.g. `https://c.shop.example/filrouge.js`. */
  src: string;
  writeKey: string;
  /** Names of captures; default `pages links forms`. */
  capture?: readonly string[];
  /** `manual` (default), `granted`, or names of consent platforms with blanks between: the strictest answer counts. */
  consent?: string;
  /** The collector, where it is not the script's origin. */
  url?: string;
  /** Subresource integrity, as the build prints it. */
  integrity?: string;
  /** Leave the inline line out (strict CSP without a hash); calls before the script has loaded are then not possible. */
  stub?: boolean;
}

/** The lines that a site owner pastes into `<head>`. */
export function snippet(options: SnippetOptions): string {
  const {
    src,
    writeKey,
    capture = ['pages', 'links', 'forms'],
    consent = 'manual',
    url,
    integrity,
    stub = true,
  } = options;
  const attributes = {
    src,
    integrity,
    crossorigin: integrity && 'anonymous',
    'data-write-key': writeKey,
    'data-capture': capture.join(' '),
    'data-consent': consent,
    'data-url': url,
  };
  const written = Object.entries(attributes)
    // An empty list of captures is written: without the attribute the tag takes its defaults.
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeAttribute(`${value}`)}"`)
    .join('');
  return `${stub ? `<script>${STUB}</script>\n` : ''}<script async${written}></script>`;
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}

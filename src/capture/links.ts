import type { Capture } from '../browser/contracts.js';
import { listen, type WindowEvent } from '../browser/lifecycle.js';
import { readLanding } from '../protocol/index.js';

/** Options of the link capture. */
export interface LinksOptions {
  /** File extensions that count as a download. */
  downloads?: readonly string[];
}

const DOWNLOADS =
  'pdf,zip,gz,7z,rar,dmg,exe,msi,apk,csv,xls,xlsx,doc,docx,ppt,pptx,odt,ods,txt,rtf,mp3,mp4,mov,avi,wav,epub,ics,pkg';

/**
 * Clicks on links that lead away: `Link Clicked` (another host), `File Downloaded` (a known extension or the `download`
 * attribute) with `url`, `host`, `text`. Middle clicks and keyboard activation count, right clicks do not. Listens on the
 * document, so that links added later count; never delays or prevents the click.
 */
export function links({ downloads = DOWNLOADS.split(',') }: LinksOptions = {}): Capture {
  return {
    name: 'links',
    start(emit, signal) {
      const onClick = (event: WindowEvent) => {
        if (event.button === 2) return;
        // composedPath: the link may stand inside a web component.
        const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
        if (!link || !/^https?:/.test(link.protocol)) return;
        const extension = /\.(\w+)$/.exec(link.pathname)?.[1]?.toLowerCase() ?? '';
        const isDownload = link.hasAttribute('download') || downloads.includes(extension);
        if (!isDownload && link.host === location.host) return;
        emit({
          type: 'track',
          event: isDownload ? 'File Downloaded' : 'Link Clicked',
          properties: {
            url: readLanding(link.href).cleanUrl,
            host: link.host,
            text: link.textContent?.trim().slice(0, 100),
            ...(isDownload && { extension }),
          },
        });
      };
      listen('click auxclick', onClick, signal);
    },
  };
}

import { raw } from '../html.mjs';
import { KNITWEAR } from './knitwear.mjs';
import { LINEN } from './linen.mjs';
import { HERO, LOGO, PATTERNS, STITCH } from './scenes.mjs';
import { THREADS } from './threads.mjs';

/** @type {Record<string, string>} */
const DRAWINGS = { ...THREADS, ...LINEN, ...KNITWEAR };

/**
 * The drawing of an article; its dye is the CSS colour of the element around it.
 * @param {string} id
 */
export function drawing(id) {
  return raw(`<svg viewBox="0 0 240 240" aria-hidden="true" focusable="false">${DRAWINGS[id] ?? ''}</svg>`);
}

/** The pictures of the house, ready to be put in a page. */
export const ART = {
  patterns: raw(PATTERNS),
  logo: raw(LOGO),
  stitch: raw(STITCH),
  hero: raw(HERO.replace(/\{(\w+)\}/g, (_, id) => DRAWINGS[id] ?? '')),
};

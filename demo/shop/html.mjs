/** Markup that may stand in a page as it is. */
class Markup {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
  toString() {
    return this.text;
  }
}

/**
 * Template tag for HTML: every value is escaped unless it came out of `html` or `raw` itself. Arrays are joined, `false`,
 * `null` and `undefined` print nothing.
 * @param {TemplateStringsArray} strings
 * @param {...unknown} values
 * @returns {Markup}
 */
export function html(strings, ...values) {
  return new Markup(strings.reduce((page, part, i) => page + print(values[i - 1]) + part));
}

/**
 * Marks a string as markup. Only for strings that this demo wrote itself, such as its drawings.
 * @param {string} text
 * @returns {Markup}
 */
export function raw(text) {
  return new Markup(text);
}

/**
 * @param {unknown} value
 * @returns {string}
 */
function print(value) {
  if (value === undefined || value === null || value === false) return '';
  if (Array.isArray(value)) return value.map(print).join('');
  return value instanceof Markup ? value.text : escapeText(String(value));
}

/** @type {Record<string, string>} */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** @param {string} text */
function escapeText(text) {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/**
 * The elements that match, as HTML elements.
 * @param {string} selector
 * @param {ParentNode} [within]
 * @returns {HTMLElement[]}
 */
export function all(selector, within = document) {
  return [...within.querySelectorAll(selector)].filter((element) => element instanceof HTMLElement);
}

/**
 * @param {string} selector
 * @param {string} words
 * @param {ParentNode} [within]
 */
export function write(selector, words, within = document) {
  for (const element of all(selector, within)) element.textContent = words;
}

/**
 * Shows the elements that match, or hides them.
 * @param {string} selector
 * @param {boolean} visible
 */
export function show(selector, visible) {
  for (const element of all(selector)) element.hidden = !visible;
}

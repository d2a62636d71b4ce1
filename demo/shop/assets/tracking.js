/**
 * Names what happened, in the words of Segment's e-commerce spec. Nothing here asks for consent: the tag does, holds what
 * it may not send yet, and drops what it must not send.
 * @param {string} event
 * @param {object} properties
 */
export function track(event, properties) {
  window.filrouge?.track(event, properties);
}

/**
 * Says which customer this is. A customer number, never an e-mail address.
 * @param {string} customerNumber
 */
export function identify(customerNumber) {
  window.filrouge?.identify(customerNumber);
}

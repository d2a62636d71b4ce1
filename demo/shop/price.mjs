/**
 * An amount in euros as the language writes it.
 * @param {number} amount
 * @param {import('./catalog.mjs').Lang} lang
 */
export function price(amount, lang) {
  return new Intl.NumberFormat(lang === 'fr' ? 'fr-FR' : 'en-IE', { style: 'currency', currency: 'EUR' }).format(
    amount,
  );
}

import { eventLine, readCart, writeCart } from './basket.js';
import { showCount } from './cart.js';
import { all, show } from './dom.js';
import { track } from './tracking.js';

/**
 * An article: its colours, and the button that fills the cart.
 * @param {import('./shop.d.ts').ShopData} shop
 */
export function startProduct(shop) {
  const [product] = shop.products;
  const [form] = all('[data-form="add"]').filter((element) => element instanceof HTMLFormElement);
  if (!product || !form) return;
  track('Product Viewed', product);
  form.addEventListener('change', () => paint(String(new FormData(form).get('colour'))));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const fields = new FormData(form);
    const line = {
      id: product.product_id,
      colour: String(fields.get('colour')),
      quantity: Number(fields.get('quantity')),
    };
    add(line);
    track('Product Added', eventLine(line, shop));
    showCount();
    show('.product .answer', true);
  });
}

/** @param {string} colour */
function paint(colour) {
  for (const picture of all('.product-art')) picture.className = `product-art c-${colour}`;
}

/** @param {import('./shop.d.ts').CartLine} line */
function add(line) {
  const lines = readCart();
  const same = lines.find((other) => other.id === line.id && other.colour === line.colour);
  if (same) same.quantity = Math.min(same.quantity + line.quantity, 9);
  writeCart(same ? lines : [...lines, line]);
}

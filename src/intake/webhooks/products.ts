import type { JsonObject } from '../../protocol/index.js';
import { filled, type Loose, listOf, numberOf, objectOf, textOf } from './values.js';

/** Where a shop keeps what `products` of the semantic events want. */
export interface LineFields {
  id: string;
  sku: string;
  name: string;
  variant: string;
  brand: string;
}

/** Lines of an order as `products`: `product_id`, `sku`, `name`, `variant`, `brand`, `price`, `quantity`. */
export function productsOf(lines: unknown, names: LineFields): JsonObject[] {
  return listOf(lines).map((line) => {
    const fields: Loose = objectOf(line);
    return filled({
      product_id: textOf(fields[names.id]),
      sku: textOf(fields[names.sku]),
      name: textOf(fields[names.name]),
      variant: textOf(fields[names.variant]),
      brand: textOf(fields[names.brand]),
      price: numberOf(fields.price),
      quantity: numberOf(fields.quantity),
    });
  });
}

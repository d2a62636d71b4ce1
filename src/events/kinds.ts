/**
 * What a property of an event holds; `!` at the end: it must be there. `currency` is ISO 4217, `time` is ISO 8601, `list`
 * a list of texts.
 */
export type Kind = 'text' | 'number' | 'boolean' | 'currency' | 'time' | 'list' | 'product' | 'products';

/** The properties of one event. */
export interface Shape {
  readonly [property: string]: Kind | `${Kind}!`;
}

/** A product in an event of a shop, as Segment's ecommerce spec has it. Amounts are in the event's currency. */
export interface Product {
  product_id?: string;
  sku?: string;
  name?: string;
  brand?: string;
  category?: string;
  variant?: string;
  /** Of one piece. */
  price?: number;
  quantity?: number;
  coupon?: string;
  /** From 1. */
  position?: number;
  url?: string;
  image_url?: string;
  [own: string]: unknown;
}

interface Values {
  text: string;
  number: number;
  boolean: boolean;
  currency: string;
  time: string;
  list: readonly string[];
  product: Product;
  products: readonly Product[];
}

type ValueOf<K> = K extends `${infer Plain extends Kind}!` ? Values[Plain] : K extends Kind ? Values[K] : never;
type Required<S> = { [P in keyof S]: S[P] extends `${string}!` ? P : never }[keyof S];

/** The TypeScript type of a shape. Properties of your own may stand beside the known ones. */
export type PropertiesOf<S extends Shape> = { [P in Required<S>]: ValueOf<S[P]> } & {
  [P in Exclude<keyof S, Required<S>>]?: ValueOf<S[P]>;
} & { [own: string]: unknown };

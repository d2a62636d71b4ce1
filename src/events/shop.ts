import type { Shape } from './kinds.js';

const PRODUCT = {
  product_id: 'text!',
  sku: 'text',
  name: 'text',
  brand: 'text',
  category: 'text',
  variant: 'text',
  price: 'number',
  quantity: 'number',
  currency: 'currency',
  coupon: 'text',
  position: 'number',
  value: 'number',
  url: 'text',
  image_url: 'text',
} as const satisfies Shape;

const CART_PRODUCT = { ...PRODUCT, cart_id: 'text' } as const satisfies Shape;
const PROMOTION = { promotion_id: 'text', creative: 'text', name: 'text', position: 'text' } as const satisfies Shape;
const CHECKOUT_STEP = {
  checkout_id: 'text',
  order_id: 'text',
  step: 'number',
  shipping_method: 'text',
  payment_method: 'text',
} as const satisfies Shape;
const ORDER = {
  order_id: 'text!',
  checkout_id: 'text',
  affiliation: 'text',
  total: 'number',
  subtotal: 'number',
  revenue: 'number',
  value: 'number',
  shipping: 'number',
  tax: 'number',
  discount: 'number',
  coupon: 'text',
  currency: 'currency',
  products: 'products',
} as const satisfies Shape;
const COUPON = {
  order_id: 'text',
  cart_id: 'text',
  coupon_id: 'text',
  coupon_name: 'text',
  discount: 'number',
} as const satisfies Shape;

/** Shop events. Source: segment.com/docs, "Spec: V2 Ecommerce events". */
export const SHOP = {
  'Products Searched': { query: 'text!' },
  'Product List Viewed': { list_id: 'text', category: 'text', products: 'products' },
  'Product List Filtered': { list_id: 'text', category: 'text', products: 'products' },
  'Promotion Viewed': PROMOTION,
  'Promotion Clicked': PROMOTION,
  'Product Clicked': PRODUCT,
  'Product Viewed': PRODUCT,
  'Product Added': CART_PRODUCT,
  'Product Removed': CART_PRODUCT,
  'Product Added to Wishlist': { ...PRODUCT, wishlist_id: 'text', wishlist_name: 'text' },
  'Product Removed from Wishlist': { ...PRODUCT, wishlist_id: 'text', wishlist_name: 'text' },
  'Product Shared': { product_id: 'text', name: 'text', share_via: 'text', url: 'text' },
  'Product Reviewed': { product_id: 'text!', review_id: 'text', review_body: 'text', rating: 'number' },
  'Cart Viewed': { cart_id: 'text', products: 'products' },
  'Checkout Started': { ...ORDER, order_id: 'text' },
  'Checkout Step Viewed': CHECKOUT_STEP,
  'Checkout Step Completed': CHECKOUT_STEP,
  'Payment Info Entered': CHECKOUT_STEP,
  'Shipping Info Entered': CHECKOUT_STEP,
  'Order Completed': ORDER,
  'Order Updated': ORDER,
  'Order Refunded': ORDER,
  'Order Cancelled': ORDER,
  'Coupon Entered': COUPON,
  'Coupon Applied': COUPON,
  'Coupon Denied': { ...COUPON, reason: 'text' },
  'Coupon Removed': COUPON,
  'Signed Up': { method: 'text', type: 'text', context: 'text' },
  'Signed In': { method: 'text', username: 'text' },
} as const satisfies { readonly [event: string]: Shape };

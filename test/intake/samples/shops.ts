import { hmacOf, type WebhookSample } from './sample.js';

const SHOPIFY = 'secret of shopify';
const buyer = { externalIds: [{ type: 'email_hash' }] };

export const shopify: WebhookSample = {
  service: 'shopify',
  source: 'https://shopify.dev/docs/api/admin-rest/latest/resources/webhook (sample payloads, shortened)',
  settings: { secret: SHOPIFY },
  sign: (body) => ({ 'x-shopify-hmac-sha256': hmacOf('sha256', SHOPIFY, body, 'base64') }),
  forge: (body) => ({ 'x-shopify-hmac-sha256': hmacOf('sha256', 'another', body, 'base64') }),
  proof: 'x-shopify-hmac-sha256',
  secrets: [SHOPIFY, 'jon@example.com', '1234 Fake Street', '10.0.0.7'],
  requests: [
    {
      what: 'an order',
      headers: { 'x-shopify-topic': 'orders/create' },
      body: JSON.stringify({
        id: 6234560012345,
        admin_graphql_api_id: 'gid://shopify/Order/6234560012345',
        browser_ip: '10.0.0.7',
        created_at: '2026-11-21T13:05:24+01:00',
        processed_at: '2026-11-21T13:05:24+01:00',
        currency: 'EUR',
        email: 'jon@example.com',
        name: '#9999',
        discount_codes: [{ code: 'WINTER', amount: '5.00', type: 'fixed_amount' }],
        source_name: 'web',
        subtotal_price: '369.97',
        total_discounts: '20.00',
        total_price: '359.97',
        total_tax: '0.00',
        test: false,
        total_shipping_price_set: { shop_money: { amount: '10.00', currency_code: 'EUR' } },
        billing_address: { address1: '1234 Fake Street' },
        line_items: [
          {
            product_id: 632910392,
            sku: 'IPOD2008PINK',
            title: 'IPod Nano - 8GB',
            price: '199.00',
            quantity: 1,
            vendor: null,
          },
        ],
      }),
      events: [
        {
          event: 'Order Completed',
          timestamp: '2026-11-21T12:05:24.000Z',
          properties: {
            order_id: '6234560012345',
            total: 359.97,
            shipping: 10,
            currency: 'EUR',
            coupon: 'WINTER',
            products: [
              { product_id: '632910392', sku: 'IPOD2008PINK', name: 'IPod Nano - 8GB', price: 199, quantity: 1 },
            ],
          },
          context: buyer,
        },
      ],
    },
    {
      what: 'an order once it is paid',
      headers: { 'x-shopify-topic': 'orders/paid' },
      body: JSON.stringify({
        id: 5940139491234,
        created_at: '2026-11-10T10:30:00-05:00',
        name: '#1007',
        total_price: '59.99',
        currency: 'USD',
        financial_status: 'paid',
      }),
      events: [
        {
          event: 'Order Completed',
          timestamp: '2026-11-10T15:30:00.000Z',
          properties: { order_id: '5940139491234', total: 59.99, currency: 'USD' },
        },
      ],
    },
    {
      what: 'an order at a till',
      headers: { 'x-shopify-topic': 'orders/create' },
      body: JSON.stringify({
        id: 1001,
        created_at: '2026-11-21T13:05:24+01:00',
        currency: 'EUR',
        email: '',
        customer: { email: 'jon@example.com' },
        source_name: 'pos',
        location_id: 905684977,
        total_price: '10.00',
      }),
      events: [
        { event: 'Order Completed', properties: { store_id: '905684977' }, context: { ...buyer, channel: 'store' } },
      ],
    },
    {
      what: 'a refund of a part',
      headers: { 'x-shopify-topic': 'refunds/create' },
      body: JSON.stringify({
        id: 890088186047,
        order_id: 1001,
        created_at: '2026-11-22T13:05:24+01:00',
        note: 'Things were damaged',
        refund_line_items: [{ quantity: 1, line_item: { product_id: 1, sku: 'RT', title: 'Thread', price: '4.10' } }],
        transactions: [
          { kind: 'refund', status: 'success', amount: '4.10', currency: 'EUR' },
          { kind: 'refund', status: 'success', amount: '0.20', currency: 'EUR' },
          { kind: 'refund', status: 'failure', amount: '9.00', currency: 'EUR' },
        ],
      }),
      events: [
        {
          event: 'Order Refunded',
          properties: { order_id: '1001', total: 4.3, currency: 'EUR', products: [{ sku: 'RT', quantity: 1 }] },
        },
      ],
    },
    {
      what: 'a refund in a currency of three decimals',
      headers: { 'x-shopify-topic': 'refunds/create' },
      body: JSON.stringify({
        id: 890088186048,
        order_id: 1003,
        created_at: '2026-11-22T13:05:24+01:00',
        transactions: [{ kind: 'refund', status: 'success', amount: '12.345', currency: 'TND' }],
      }),
      events: [{ event: 'Order Refunded', properties: { order_id: '1003', total: 12.345, currency: 'TND' } }],
    },
    {
      what: 'a cancelled order',
      headers: { 'x-shopify-topic': 'orders/cancelled' },
      body: JSON.stringify({
        id: 1002,
        cancelled_at: '2026-11-22T13:05:24+01:00',
        cancel_reason: 'customer',
        email: 'jon@example.com',
      }),
      events: [{ event: 'Order Cancelled', properties: { order_id: '1002', reason: 'customer' }, context: buyer }],
    },
    {
      what: 'a topic of no interest',
      headers: { 'x-shopify-topic': 'carts/update' },
      body: '{"id":"eeafa272cebfd4b22385bc4b645e762c"}',
      events: [],
    },
  ],
};

const WOO = 'secret of woocommerce';
const order = {
  id: 727,
  status: 'processing',
  currency: 'EUR',
  date_created: '2026-11-21T14:28:02',
  date_created_gmt: '2026-11-21T13:28:02',
  discount_total: '0.00',
  shipping_total: '10.00',
  total: '29.35',
  total_tax: '1.35',
  customer_ip_address: '10.0.0.8',
  billing: { first_name: 'Jane', email: 'jane@example.com', phone: '+33612345678' },
  line_items: [{ id: 315, name: 'Woo Single #1', product_id: 93, variation_id: 0, quantity: 2, sku: 'W1', price: 3 }],
  coupon_lines: [],
  refunds: [],
};
const wooHeaders = (topic: string) => ({ 'x-wc-webhook-topic': topic });

export const woocommerce: WebhookSample = {
  service: 'woocommerce',
  source: 'https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks and #order-properties',
  settings: { secret: WOO },
  sign: (body) => ({ 'x-wc-webhook-signature': hmacOf('sha256', WOO, body, 'base64') }),
  forge: (body) => ({ 'x-wc-webhook-signature': hmacOf('sha256', 'another', body, 'base64') }),
  proof: 'x-wc-webhook-signature',
  secrets: [WOO, 'jane@example.com', '33612345678', '10.0.0.8'],
  requests: [
    {
      what: 'an order that is not paid yet',
      headers: wooHeaders('order.created'),
      body: JSON.stringify({ ...order, status: 'pending' }),
      events: [],
    },
    {
      what: 'the same order, paid',
      headers: wooHeaders('order.updated'),
      body: JSON.stringify(order),
      events: [
        {
          event: 'Order Completed',
          timestamp: '2026-11-21T13:28:02.000Z',
          properties: {
            order_id: '727',
            total: 29.35,
            tax: 1.35,
            shipping: 10,
            products: [{ sku: 'W1', quantity: 2, price: 3 }],
          },
          context: { externalIds: [{ type: 'email_hash' }, { type: 'phone_hash' }] },
        },
      ],
    },
    {
      what: 'the same order, refunded: the order is known, the refund is new',
      headers: wooHeaders('order.updated'),
      body: JSON.stringify({ ...order, status: 'refunded', refunds: [{ id: 728, reason: '', total: '-29.35' }] }),
      events: [{ event: 'Order Refunded', properties: { order_id: '727', refund_id: '728', total: 29.35 } }],
    },
  ],
};

const OWN = 'secret of our own system';

export const mapped: WebhookSample = {
  service: 'our-till',
  source: 'a system of one’s own',
  settings: {
    type: 'mapped',
    proof: { header: 'X-Till-Signature', secret: OWN, prefix: 'sha256=' },
    each: '$.receipts',
    events: [
      {
        when: { '$.kind': 'sale' },
        event: 'Order Completed',
        id: ['$.shop.id', '$.number'],
        at: '$.sold',
        timezone: 'Europe/Paris',
        dates: 'dmy',
        decimal: ',',
        who: { loyaltyId: '$.card', email: '$.mail' },
        channel: 'store',
        properties: {
          order_id: '$.number',
          store_id: '$.shop.id',
          total: { from: '$.sum', as: 'number' },
          currency: 'EUR',
          products: { each: '$.lines', item: { sku: '$[0]', quantity: '$[1]' } },
        },
      },
      {
        when: { '$.kind': ['return', 'refund'] },
        event: 'Order Refunded',
        id: ['$.number'],
        at: '$.sold',
        dates: 'dmy',
      },
    ],
  },
  sign: (body) => ({ 'x-till-signature': `sha256=${hmacOf('sha256', OWN, body, 'hex')}` }),
  forge: (body) => ({ 'x-till-signature': `sha256=${hmacOf('sha256', 'another', body, 'hex')}` }),
  proof: 'x-till-signature',
  secrets: [OWN, 'eve@example.com'],
  requests: [
    {
      what: 'receipts',
      body: JSON.stringify({
        receipts: [
          {
            kind: 'sale',
            number: 'T-1',
            shop: { id: 3 },
            sold: '21/11/2026 14:05',
            sum: '1 234,50 €',
            card: '4711',
            mail: 'eve@example.com',
            lines: [['RT', 2]],
          },
          { kind: 'return', number: 'T-0', sold: '21/11/2026' },
          { kind: 'test', number: 'T-2' },
        ],
      }),
      events: [
        {
          event: 'Order Completed',
          userId: 'loyalty_id:4711',
          timestamp: '2026-11-21T13:05:00.000Z',
          properties: {
            order_id: 'T-1',
            store_id: 3,
            total: 1234.5,
            currency: 'EUR',
            products: [{ sku: 'RT', quantity: 2 }],
          },
          context: { channel: 'store', externalIds: [{ type: 'loyalty_id' }, { type: 'email_hash' }] },
        },
        { event: 'Order Refunded', timestamp: '2026-11-21T00:00:00.000Z' },
      ],
    },
  ],
};

// Simulated shop traffic for benchmarks: a seeded generator, so that figures can be compared between runs.

/** A small fast generator of numbers in [0, 1) (mulberry32). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const SOURCES = [
  undefined,
  { campaign: { source: 'google', medium: 'cpc', name: 'spring' }, clickIds: { gclid: 'x' } },
  { campaign: { source: 'newsletter', medium: 'email', name: 'week-12' } },
  { campaign: { source: 'facebook', medium: 'paid_social', name: 'look' }, clickIds: { fbclid: 'y' } },
  { referrer: 'https://www.google.com/' },
  { referrer: 'https://news.example.org/article' },
];
const AGENTS = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
];

/** Yields events of visits in order of time: `count` events over `days` days that end at `endMs`. */
export function* traffic({ count, days = 60, endMs = Date.UTC(2026, 10, 22), seed = 1 }) {
  const random = seeded(seed);
  const hex = (digits) => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('');
  const step = (days * 86_400_000) / count;
  const visitors = [];
  const active = [];
  let at = endMs - days * 86_400_000;
  for (let i = 0; i < count; i += 1) {
    at += step * 2 * random();
    // So many visits at a time that the events of one are about 20 seconds apart.
    if (active.length < Math.max(2, 20_000 / step)) active.push(startVisit());
    const slot = Math.floor(random() * active.length);
    const visit = active[slot];
    yield makeEvent(visit);
    if (random() < 0.15) active.splice(slot, 1);
  }

  function startVisit() {
    let visitor = random() < 0.45 ? visitors[Math.floor(random() * visitors.length)] : undefined;
    if (!visitor) {
      visitor = { id: `${hex(8)}-${hex(4)}-7${hex(3)}-a${hex(3)}-${hex(12)}`, agent: AGENTS[Math.floor(random() * 3)] };
      visitors.push(visitor);
    }
    const source = SOURCES[Math.floor(random() * SOURCES.length)];
    const start = new Date(at).toISOString();
    const touch = source && { at: start, landing: 'https://shop.example/', ...source };
    return { visitor, session: { id: hex(16), start }, touch, lane: hex(12), n: 0 };
  }

  function makeEvent(visit) {
    const time = Math.floor(at);
    const messageId = `${time
      .toString(16)
      .padStart(12, '0')
      .replace(/(.{8})/, '$1-')}-7${hex(3)}-b${hex(3)}-${hex(12)}`;
    visit.n += 1;
    const roll = random();
    const path = `/products/${Math.floor(random() * 200)}`;
    if (roll > 0.985) visit.visitor.userId ??= `customer-${hex(8)}`;
    const call =
      roll < 0.5
        ? { type: 'page', name: 'Product', properties: { path } }
        : roll < 0.97
          ? { type: 'track', event: 'Product Viewed', properties: { product_id: path, price: 19.9, currency: 'EUR' } }
          : roll < 0.985
            ? {
                type: 'track',
                event: 'Order Completed',
                properties: { order_id: hex(10), total: Math.floor(random() * 20000) / 100, currency: 'EUR' },
              }
            : { type: 'identify', traits: { plan: 'basic' } };
    return {
      ...call,
      messageId,
      timestamp: new Date(time).toISOString(),
      anonymousId: visit.visitor.id,
      ...(visit.visitor.userId ? { userId: visit.visitor.userId } : {}),
      context: {
        page: {
          url: `https://shop.example${path}`,
          path,
          title: 'A product of the shop',
          referrer: 'https://shop.example/',
        },
        ...(visit.touch?.campaign ? { campaign: visit.touch.campaign } : {}),
        consent: { categoryPreferences: { analytics: true, attribution: true } },
        library: { name: 'filrouge', version: '0.1.0' },
        locale: 'en-GB',
        timezone: 'Europe/Paris',
        userAgent: visit.visitor.agent,
        filrouge: {
          v: 1,
          session: visit.session,
          sequence: { lane: visit.lane, n: visit.n },
          ...(visit.touch ? { touch: visit.touch } : {}),
        },
      },
    };
  }
}

/** Yields log records of `size` events each, from position `first` on. */
export function* records(events, { size = 20, first = 1, receivedAt } = {}) {
  let batch = [];
  let position = first;
  const flush = () => {
    const meta = { kind: 'batch', receivedAt: receivedAt ?? batch.at(-1).timestamp, skewMs: 0, key: 'write' };
    const body = { batch, sentAt: meta.receivedAt };
    batch = [];
    return { position: position++, bytes: Buffer.from(`${JSON.stringify(meta)}\n${JSON.stringify(body)}`) };
  };
  for (const event of events) {
    batch.push(event);
    if (batch.length === size) yield flush();
  }
  if (batch.length) yield flush();
}

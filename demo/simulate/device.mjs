/**
 * @typedef {import('./random.mjs').Random} Random
 * @typedef {import('../../dist/protocol/index.js').WireEvent} WireEvent
 * @typedef {import('../../dist/protocol/index.js').Touch} Touch
 * @typedef {import('../../dist/protocol/index.js').PageContext} PageContext
 * @typedef {ReturnType<typeof createDevice>} Device
 */

/** Says in every simulated event that nobody did this. */
export const LIBRARY = { name: 'filrouge-demo-simulator', version: '1.0.0' };

/** Where the choice comes from: the shop's usual banner. */
const PROOF = { source: 'cookieconsent', version: '0' };

/**
 * A simulated browser. It writes events as the SDK does: session, numbering, page views and touches in `context.filrouge`.
 * @param {Random} random
 * @param {{ purposes: Record<string, boolean>, browser: { agent: string, screen: object }, locale: string, bornAt: number }} owner
 */
export function createDevice(random, { purposes, browser, locale, bornAt }) {
  const anonymousId = random.id(bornAt);
  /** @type {string | undefined} */
  let userId;
  /** @type {{ id: string, start: string } | undefined} */
  let session;
  /** @type {Touch | undefined} */
  let touch;
  /** @type {Touch | undefined} */
  let first;
  let lane = { lane: '', n: 0 };
  /** @type {{ page: PageContext, pageView: string } | undefined} */
  let shown;

  /**
   * @param {number} at
   * @param {Pick<WireEvent, 'type' | 'event' | 'properties' | 'traits'>} call
   * @returns {WireEvent}
   */
  const write = (at, call) => {
    const last = lane.n === 0 && before.n > 0 ? { last: before } : {};
    lane.n += 1;
    return {
      ...call,
      messageId: random.id(at),
      timestamp: new Date(at).toISOString(),
      anonymousId,
      ...(userId && { userId }),
      context: {
        ...(shown && { page: shown.page }),
        ...(touch?.campaign && { campaign: touch.campaign }),
        consent: { categoryPreferences: purposes },
        library: LIBRARY,
        locale,
        timezone: 'Europe/Paris',
        userAgent: browser.agent,
        screen: browser.screen,
        filrouge: {
          v: 1,
          // Once a page load, as the tag does.
          ...(lane.n === 1 && { consent: PROOF }),
          ...(session && { session }),
          sequence: { ...lane, ...last },
          ...(shown && { pageView: shown.pageView, navigation: 'navigate' }),
          ...(touch && { touch }),
          ...(call.type === 'page' && first && { first }),
        },
      },
    };
  };
  let before = lane;

  return {
    /**
     * Opens a session, by a touch or directly.
     * @param {number} at
     * @param {Touch | undefined} cameBy
     */
    begin(at, cameBy) {
      session = { id: random.id(at), start: new Date(at).toISOString() };
      touch = purposes.attribution ? cameBy : undefined;
      first ??= touch;
    },
    /**
     * Shows a page: a new page load.
     * @param {number} at
     * @param {PageContext} page
     */
    page(at, page) {
      before = { ...lane };
      lane = { lane: random.id(at).slice(-12), n: 0 };
      shown = { page, pageView: random.id(at) };
      return write(at, { type: 'page', properties: { ...page } });
    },
    /**
     * @param {number} at
     * @param {string} event
     * @param {WireEvent['properties']} [properties]
     */
    track: (at, event, properties = {}) => write(at, { type: 'track', event, properties }),
    /**
     * @param {number} at
     * @param {string} customer
     */
    identify(at, customer) {
      userId = customer;
      return write(at, { type: 'identify', traits: { simulated: true } });
    },
  };
}

/** Sizes both sides agree on. Bytes are UTF-8 bytes of JSON. */

/** One event, as the Segment spec limits it (32 KB). */
export const MAX_EVENT_BYTES = 32 * 1024;

/** One batch, as the Segment spec limits it (500 KB). */
export const MAX_BATCH_BYTES = 500 * 1024;

/** Most events of one batch: more than real ones fit into its bytes, far fewer than `0,0,0,…` has. */
export const MAX_BATCH_EVENTS = 5000;

/** Deepest nesting of an event's JSON that is accepted. */
export const MAX_DEPTH = 32;

/** Longest id: messageId, anonymousId, userId, groupId. */
export const MAX_ID_LENGTH = 256;

/** A visitor's session ends after this long without an event (GA4, Matomo, Snowplow, PostHog: 30 minutes). */
export const SESSION_IDLE_MINUTES = 30;

/** A session never lasts longer than this. */
export const SESSION_MAX_HOURS = 24;

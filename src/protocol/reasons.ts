/** Why a receiver refused an event or a request: code to the sentence that says what to do. */
export const REASONS = {
  'bad-json': 'The body is not valid JSON. Send one JSON object.',
  'bad-body': 'The body is not an event or an object with a "batch" array.',
  'bad-event': 'An event must be a JSON object.',
  'bad-type': 'The field "type" must be one of track, page, screen, identify, group, alias.',
  'bad-field': 'A field has the wrong JSON type, e.g. "properties" is not an object or an id is not a string.',
  'bad-timestamp': 'The field "timestamp" is not an ISO 8601 date.',
  'missing-event-name': 'A track call needs a non-empty "event".',
  'missing-identity': 'An event needs "anonymousId" or "userId".',
  'missing-group-id': 'A group call needs "groupId".',
  'missing-previous-id': 'An alias call needs "previousId" and "userId".',
  'id-too-long': 'An id is longer than 256 characters.',
  'too-deep': 'The JSON is nested deeper than 32 levels.',
  'too-large': 'One event may have 32 KiB, one batch 500 KiB and 5,000 events. Send smaller pieces.',
  'bad-encoding': 'The body could not be decompressed, or its content-encoding is unknown. Use gzip or none.',
  'bad-content-type': 'Send application/json or text/plain.',
  'no-key': 'No write key: send it as Basic authorization or as "writeKey" in the body.',
  'wrong-key': 'This key is not known here, or is not allowed to do this.',
  'bad-signature': 'The signature or password of this webhook is missing or wrong. Compare the secret on both sides.',
  'bad-link': 'This link was not made here, or was changed on its way.',
  'expired-link': 'This link is no longer valid.',
  'wrong-origin': 'This origin is not in the list of allowed origins.',
  'not-found': 'There is no such route.',
  'wrong-method': 'This route does not take that method.',
  'no-consent': 'The event says that its visitor denied the purpose "analytics"; it was not stored.',
  suppressed: 'This person was erased; events from before the erasure are not taken again.',
  restricted: 'This person restricted the processing of their data; new events are not taken.',
  objected: 'This person objected to the purpose "analytics"; the event was not stored.',
  'bad-view':
    'A page view for audience measurement has "v", "writeKey", "path" and where a visit begins "from" and "campaign", each in its exact form, and nothing else.',
  'bad-query': 'A query parameter is wrong.',
  'storage-unavailable': 'The event could not be written to disk. It was not accepted; send it again later.',
  'store-unavailable':
    'The store is being started again after a failure. Events are taken meanwhile; ask for reports again in a moment.',
  'store-stopped':
    'The store failed too often in a row. Events are still taken; see the log of the server, then start it again.',
  'rate-limited': 'Too many requests came from this address or with this key. Wait as long as Retry-After says.',
  overloaded: 'Too much is waiting to be applied. Send it again later.',
  'internal-error': 'Something failed inside the receiver. It was not accepted; send it again later.',
} as const;

/** The codes in a receiver's answers. */
export type ReasonCode = keyof typeof REASONS;

/**
 * Why the SDK did not deliver an event, or what hinders it. Handed to `onProblem` and counted; the SDK never throws
 * into the page. The README has the table.
 */
export type ProblemCode =
  | 'no-consent'
  | 'held-full'
  | 'queue-full'
  | 'storage-failed'
  | 'too-large'
  | 'not-serializable'
  | 'bad-call'
  | 'refused'
  | 'misconfigured'
  | 'capture-failed'
  | 'consent-failed';

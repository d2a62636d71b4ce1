import type { JsonObject, WireEvent } from '../protocol/index.js';
import type { DoorTools, DoorVisit } from '../receiver/index.js';
import { LIBRARY } from './library.js';
import type { Link } from './link.js';
import type { LinkSettings } from './settings.js';
import type { Signer } from './token.js';
import type { Identities } from './who.js';

/** What the doors of links are made of. */
export interface LinkParts {
  signer: Signer;
  settings: LinkSettings;
  identities: Identities;
}

/** What was done with a link. */
export interface LinkUse {
  event: string;
  properties: JsonObject;
  isMachine: boolean;
  /** The visitor's own browser. */
  userAgent: DoorVisit['userAgent'];
  request: Request;
}

/** Records it as an event of the link's recipient. What cannot be written to disk is counted, and holds up nobody. */
export async function recordUse(
  { settings, identities }: LinkParts,
  link: Link,
  { event: name, properties, isMachine, userAgent, request }: LinkUse,
  tools: DoorTools,
): Promise<void> {
  const { context, ...who } = identities.identityOf(settings.recipient === 'never' ? undefined : link.recipient);
  const event: WireEvent = {
    type: 'track',
    event: name,
    // Each use is a new event: nothing in the request tells a second click from a repeated request.
    messageId: tools.newId(),
    timestamp: new Date(tools.now()).toISOString(),
    ...who,
    properties,
    context: {
      ...context,
      campaign: link.campaign,
      library: LIBRARY,
      ...(isMachine && { filrouge: { v: 1, automated: true } }),
    },
  };
  const taken = await tools.accept([event], { userAgent, gpc: request.headers.get('sec-gpc') === '1' });
  if ('code' in taken) tools.refused(taken.code);
}

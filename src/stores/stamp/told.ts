import type { WireEvent } from '../../protocol/index.js';
import { type Loose, objectOf, textOf } from '../loose.js';
import { type Evidence, filled, type SourceReader, valuesOf } from './source.js';
import type { Told } from './touch-events.js';

/**
 * The facts of a touch outside of sessions: the campaign of `context.campaign`, `properties.campaign`, or the link that was
 * followed (its parameters are those that the visitor lands with), else names and ids as Segment's events for mails have
 * them; then what the event states or its name implies. Undefined when nothing at all is known.
 */
export function readTold(event: WireEvent, told: Told, reader: SourceReader): Evidence | undefined {
  const context = objectOf(event.context);
  const properties = objectOf(event.properties);
  const landing = reader.address(textOf(properties?.link_url) ?? textOf(properties?.url) ?? '');
  const own = filled(objectOf(context?.campaign)) ?? filled(campaignOf(properties)) ?? landing?.campaign;
  const named = { name: properties?.campaign_name, id: textOf(properties?.campaign_id) };
  // A call that an advertisement led to is a call: the campaign keeps its medium, and the channel is told beside it.
  const beside = told.kind === 'contact' && textOf(own?.medium) !== null ? told.medium : undefined;
  const campaigns = [own, named, { medium: told.medium }];
  const found = reader.facts(valuesOf(campaigns, landing?.clickIds, '', told.stated ?? beside));
  return found && { facts: found, touchedAt: undefined };
}

/** `properties.campaign`: an object in Segment's events for apps, a name in those for advertisements. */
function campaignOf(properties: Loose | null): Loose | null {
  const given = properties?.campaign;
  return objectOf(given) ?? (typeof given === 'string' ? { name: given } : null);
}

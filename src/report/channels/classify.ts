import { type Channels, type ChannelsOptions, createChannels, type VisitClassification } from './channels.js';
import type { Visit } from './visit.js';

const made = new WeakMap<ChannelsOptions, Channels>();
const DEFAULTS: ChannelsOptions = {};

/**
 * Where a visit came from, its channel and why. Rules are compiled once per options object: keep it between calls. For
 * stored history use `createChannels(options).classify(facts)`, which answers by the same rules.
 */
export function classify(visit: Visit, options: ChannelsOptions = DEFAULTS): VisitClassification {
  let channels = made.get(options);
  if (!channels) made.set(options, (channels = createChannels(options)));
  return channels.classifyVisit(visit);
}

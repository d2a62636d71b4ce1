import type { WireEvent } from '../../protocol/index.js';
import type { TouchKind } from '../contract.js';
import { type Loose, objectOf, textOf } from '../loose.js';
import { isOutside, statedChannel } from './stated-channel.js';

/** A kind of touch that an event outside of sessions may be. */
export type ToldKind = Exclude<TouchKind, 'visit'>;

/** What an event's name says. */
export interface TouchEvent {
  kind: ToldKind;
  /** The medium where no campaign names one. */
  medium?: string;
  /** The property whose value all events of one contact share. */
  onceBy?: string;
  /** Only where the event states a channel outside web and app. */
  outside?: true;
}

const click = (medium?: string): TouchEvent => ({ kind: 'click', ...(medium && { medium }) });
const call: TouchEvent = { kind: 'contact', medium: 'phone', onceBy: 'call_id' };

/**
 * Events that are touches when they happen outside of a session (measures.md 7.1, needs.md). What is only sent, delivered,
 * bounced, shipped or answered in a survey is none: nobody came. Kinds are written with the events, so a change of this table
 * applies to a store that is rebuilt from its log.
 */
const TOUCH_EVENTS: ReadonlyMap<string, TouchEvent> = new Map<string, TouchEvent>([
  ['Email Link Clicked', click('email')],
  ['SMS Clicked', click('sms')],
  ['SMS Link Clicked', click('sms')],
  ['Message Clicked', click('sms')],
  ['Message Link Clicked', click('sms')],
  ['Push Notification Tapped', click('push')],
  ['Push Notification Clicked', click('push')],
  ['Deep Link Opened', click('deep-link')],
  ['Deep Link Clicked', click('deep-link')],
  ['Install Attributed', click()],
  // Of a signed link or a QR code; the browser's event of this name has a page, so it is part of a session.
  ['Link Clicked', click()],
  ['Email Opened', { kind: 'view', medium: 'email' }],
  // Sold by the thousand, whoever shows it.
  ['Ad Impression', { kind: 'view', medium: 'cpm' }],
  ['Call Started', call],
  ['Call Received', call],
  ['Call Ended', call],
  ['Store Visited', { kind: 'contact', medium: 'store' }],
  ['Live Chat Conversation Started', { kind: 'contact', medium: 'live-chat', onceBy: 'conversation_id' }],
  ['Order Completed', { kind: 'contact', onceBy: 'order_id', outside: true }],
]);

/** An event that is a touch of its own. */
export interface Told {
  kind: ToldKind;
  /** Shared by all events of one contact, e.g. start and end of a call; null where each is its own. */
  once: string | null;
  /** The medium where no campaign names one. */
  medium: string | undefined;
  /** The channel that the event states. */
  stated: string | undefined;
}

/** What touch an event outside of sessions is; undefined for most, and for those of machines. */
export function toldBy(event: WireEvent, context: Loose | null): Told | undefined {
  const rule = typeof event.event === 'string' ? TOUCH_EVENTS.get(event.event) : undefined;
  if (!rule || event.type !== 'track' || textOf(objectOf(context?.page)?.url) !== null) return undefined;
  const properties = objectOf(event.properties);
  const stated = statedChannel(context);
  const isMachine = properties?.machine === true || properties?.automated === true;
  if (isMachine || (rule.outside && !isOutside(stated))) return undefined;
  const id = rule.onceBy === undefined ? null : textOf(properties?.[rule.onceBy]);
  const word = isOutside(stated) ? stated : undefined;
  return {
    kind: rule.kind,
    once: id === null ? null : `${rule.onceBy} ${id}`,
    // A message may be one of several kinds, and says so; a call remains a call whatever department took it.
    medium: rule.kind === 'contact' ? (rule.medium ?? word) : (word ?? rule.medium),
    stated,
  };
}

import type { ChannelGroup } from './rule.js';

const CHANNELS: Record<ChannelGroup, string> = {
  paid: 'Cross-network,Paid Shopping,Paid Search,Paid Social,Paid Video,Display,Paid Other,Affiliates,Audio',
  owned: 'Email,SMS,Mobile Push Notifications,App,Customer Service',
  earned:
    'Organic Shopping,Organic Social,Organic Video,Organic Search,Referral,AI Assistant,Messaging,Partner / Influencer',
  direct: 'Direct',
  offline: 'In-store,Call Centre,Print / QR,Out of Home,Direct Mail,TV / Radio,Delivery,Marketplace,Event',
  internal: 'Internal',
  unknown: 'Unassigned',
};

/** The group of each channel that the rules of this directory name. */
export const CHANNEL_GROUPS: ReadonlyMap<string, ChannelGroup> = new Map(
  (Object.entries(CHANNELS) as [ChannelGroup, string][]).flatMap(([group, channels]) =>
    channels.split(',').map((channel) => [channel, group] as const),
  ),
);

import { type Campaign, readLanding } from '../protocol/index.js';
import { badLink } from './bad-link.js';

const LONGEST_URL = 2000;
const LONGEST_VALUE = 255;

/** The address that a link may lead to, in its canonical spelling. Throws `BadLink` for anything but plain http or https. */
export function checkTarget(text: unknown): string {
  if (typeof text !== 'string' || !URL.canParse(text))
    throw badLink('url', 'an absolute address, e.g. https://shop.example/');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw badLink('url', 'http or https');
  if (url.username || url.password) throw badLink('url', 'without user name and password');
  if (url.href.length > LONGEST_URL) throw badLink('url', `at most ${LONGEST_URL} characters`);
  return url.href;
}

/**
 * A campaign as links carry it: texts only, without what looks like an e-mail address (it would stand in every log on the
 * way). Throws `BadLink`.
 */
export function checkCampaign(value: unknown): Campaign {
  const campaign: Campaign = {};
  if (value === undefined) return campaign;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badLink('campaign', 'an object of texts');
  for (const [key, text] of Object.entries(value)) {
    if (text === undefined || text === '') continue;
    if (!/^[a-z_]{1,32}$/.test(key))
      throw badLink(`campaign.${key}`, 'named with small letters, e.g. source, medium, name');
    if (typeof text !== 'string' || text.length > LONGEST_VALUE) {
      throw badLink(`campaign.${key}`, `a text of at most ${LONGEST_VALUE} characters`);
    }
    if (/@.+\./.test(text)) throw badLink(`campaign.${key}`, 'no e-mail address');
    campaign[key] = text.trim();
  }
  return campaign;
}

/** The campaign that an address names itself, and the address without it. */
export function splitCampaign(url: string): { url: string; campaign: Campaign } {
  const { campaign } = readLanding(url);
  const [, before = url, query, fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url) ?? [];
  const others = (query ?? '').split('&').filter((pair) => pair && !/^utm_/i.test(pair));
  return { url: before + (others.length ? `?${others.join('&')}` : '') + fragment, campaign: campaign ?? {} };
}

/** The address with the campaign as `utm_*` parameters, everything else in it untouched. */
export function joinCampaign(url: string, campaign: Campaign): string {
  const pairs = Object.entries(campaign).map(
    ([key, value]) => `utm_${key === 'name' ? 'campaign' : key}=${encodeURIComponent(value ?? '')}`,
  );
  if (!pairs.length) return url;
  const [, before = url, fragment = ''] = /^([^#]*)(#.*)?$/s.exec(url) ?? [];
  return before + (before.includes('?') ? '&' : '?') + pairs.join('&') + fragment;
}

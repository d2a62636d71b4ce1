import { describe, expect, it } from 'vitest';
import { clickIdUse } from '../../src/protocol/campaign-click-ids.js';
import { createChannels } from '../../src/report/channels/channels.js';
import { indexNetworks } from '../../src/report/channels/networks.js';
import { MEDIUM_ALIASES } from '../../src/report/channels/rules/aliases.js';
import { CLICK_IDS } from '../../src/report/channels/rules/click-ids.js';
import { CHANNEL_RULES } from '../../src/report/channels/rules/ga4.js';
import { CHANNEL_GROUPS } from '../../src/report/channels/rules/groups.js';
import { NETWORKS } from '../../src/report/channels/rules/networks.js';

const ga4 = createChannels('ga4');
const extended = createChannels('extended');

describe('the rule data', () => {
  it('holds every entry once, in lower case, without gaps', () => {
    const seen = new Map<string, string>();
    const twice: string[] = [];
    for (const { name, hosts, kind } of NETWORKS) {
      expect(hosts, name).toBe(hosts.toLowerCase());
      for (const entry of hosts.split(' ')) {
        expect(entry, `${kind} ${name}`).not.toBe('');
        if (seen.has(entry)) twice.push(`${entry}: ${seen.get(entry)} and ${kind} ${name}`);
        seen.set(entry, `${kind} ${name}`);
      }
    }
    expect(twice).toEqual([]);
    expect(seen.size).toBeGreaterThan(2500);
  });

  it('names no network after a host that is not its own', () => {
    const own = (name: string, hosts: string) =>
      hosts
        .split(' ')
        .some(
          (entry) =>
            entry.replace(/^=/, '').replace(/\.\*$/, '') === name.replace(/\.\*$/, '') || entry.startsWith(name),
        );
    const strange = NETWORKS.filter(({ name, hosts }) => /^[^ ]+\.[^ ]+$/.test(name) && !own(name, hosts));
    expect(strange.map(({ name }) => name)).toEqual([]);
  });

  it('gives every name to one network of its kind', () => {
    const kinds = new Map<string, string>();
    for (const { name, kind } of NETWORKS) kinds.set(name, `${kinds.get(name) ?? ''} ${kind}`);
    expect([...kinds].filter(([, list]) => list.trim().includes(' '))).toEqual([]);
  });

  it('finds every listed entry again', () => {
    const index = indexNetworks();
    const lost = NETWORKS.flatMap(({ hosts, kind }) =>
      hosts.split(' ').flatMap((entry) => {
        const host = entry
          .replace(/^=/, '')
          .replace(/(\.)\+$|\+$/, '')
          .replace(/\.\*/, '.fr')
          .replace(/^app:/, 'android-app://');
        const isName = !/[.:]/.test(entry);
        const found = isName ? index.ofSource(entry) : index.ofReferrer(host);
        return found?.kind === kind ? [] : [`${entry} of ${kind} is ${found?.kind}`];
      }),
    );
    expect(lost).toEqual([]);
  });

  it('has a group for every channel and a meaning for every alias', () => {
    for (const { channel } of CHANNEL_RULES) expect(CHANNEL_GROUPS.has(channel), channel).toBe(true);
    for (const meaning of new Set(MEDIUM_ALIASES.values())) {
      expect(ga4.channelOf({ source: 'acme', medium: meaning }).channel, meaning).not.toBe('Unassigned');
    }
    // A word that Google knows keeps Google's meaning; but Google takes video advertisements for organic ones,
    // and Meta's mobile placements for notifications.
    for (const alias of [...MEDIUM_ALIASES.keys()].filter((word) => !/video|_mobile_/.test(word))) {
      const theirs = ga4.channelOf({ source: 'acme', medium: alias }).channel;
      if (theirs !== 'Unassigned')
        expect(extended.channelOf({ source: 'acme', medium: alias }).channel, alias).toBe(theirs);
    }
  });

  it('names only known networks in click-id rules, and knows every id when reading', () => {
    const names = new Set(NETWORKS.map(({ name }) => name));
    for (const [id, { networks }] of CLICK_IDS) {
      for (const network of networks) expect(names.has(network), `${id}: ${network}`).toBe(true);
      expect(clickIdUse(id), id).toMatch(/^(evidence|personal)$/);
    }
  });
});

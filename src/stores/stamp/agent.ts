import Bowser from 'bowser';
import { isbot } from 'isbot';

/** What a User-Agent says: names as bowser gives them, e.g. `Firefox`, `Android`, `mobile`. */
export interface Agent {
  browser: string | null;
  os: string | null;
  /** `desktop`, `mobile`, `tablet`, `tv` or `bot`. */
  device: string | null;
  /** True for crawlers and tools (isbot's list, without a plain HeadlessChrome). */
  automated: boolean;
}

const CACHED = 2500;
const UNKNOWN: Agent = { browser: null, os: null, device: null, automated: false };

/**
 * A reader of User-Agents that remembers the latest few thousand: parsing one costs as much as a whole event, and most
 * traffic shares few of them. No User-Agent (a server, a till) is not automated traffic.
 */
export function createAgentReader(): (userAgent: string | undefined) => Agent {
  // Two halves instead of an order: to find one again costs one look, and who is not asked for is gone after two rounds.
  let young = new Map<string, Agent>();
  let old = new Map<string, Agent>();
  return (userAgent) => {
    if (!userAgent) return UNKNOWN;
    const found = young.get(userAgent);
    if (found) return found;
    const agent = old.get(userAgent) ?? readAgent(userAgent.slice(0, 1000));
    if (young.size >= CACHED) {
      old = young;
      young = new Map();
    }
    young.set(userAgent, agent);
    return agent;
  };
}

function readAgent(userAgent: string): Agent {
  const { browser, os, platform } = Bowser.parse(userAgent);
  return {
    browser: browser.name || null,
    os: os.name || null,
    device: platform.type || null,
    // A headless browser that names nobody else is mostly the owner's own end-to-end test, which looks for itself in the
    // report; crawlers that render add a name of their own and are found by it.
    automated: isbot(userAgent.replace('HeadlessChrome', 'Chrome')),
  };
}

import { isbot } from 'isbot';

/** How a request shows that no person made it. */
export type Automation = 'prefetch' | 'user-agent' | 'scanner' | 'no-language';

/** Products that open every link of a mail or a chat to look what is behind it; isbot knows most of the others. */
const SCANNERS =
  /barracuda|proofpoint|mimecast|safelinks|trend ?micro|symantec|fireeye|forcepoint|cloudmark|avanan|ironport|bitdefender|sophos|zscaler|fortimail|cyren|urlscan|virustotal|censys|netcraft|preview|embedly|linkcheck|mailscanner/i;

/**
 * Why a request is a machine's, as far as its headers tell; undefined for what looks like a person. Real browsers always
 * name a language when they navigate; scanners that borrow a browser's name often do not.
 */
export function automationOf(headers: Headers): Automation | undefined {
  if (isPrefetch(headers)) return 'prefetch';
  const machine = machineAgentOf(headers.get('user-agent') ?? '');
  if (machine) return machine === 'scanner' ? machine : 'user-agent';
  return headers.has('accept-language') ? undefined : 'no-language';
}

/** True for a prefetch by the Fetch standard (`Sec-Purpose`) and the older headers of WebKit, Firefox and mail programs. */
function isPrefetch(headers: Headers): boolean {
  return ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    /prefetch|prerender|preview/i.test(headers.get(name) ?? ''),
  );
}

/** How an e-mail's picture was fetched by something other than its reader's own program. */
export type MachineOpen = 'apple-privacy' | 'google-proxy' | 'yahoo-proxy' | Automation;

/**
 * Why an open says little about a reader; undefined for what looks like one. Mail programs fetch pictures without naming a
 * language, so that says nothing here.
 */
export function machineOpenOf(headers: Headers): MachineOpen | undefined {
  return isPrefetch(headers) ? 'prefetch' : machineAgentOf(headers.get('user-agent') ?? '');
}

/**
 * The machine that a User-Agent names, if it is one. Apple's Mail Privacy Protection fetches all pictures in advance and calls
 * itself `Mozilla/5.0` and nothing more; Gmail and Yahoo fetch through proxies.
 */
export function machineAgentOf(agent: string): MachineOpen | undefined {
  const userAgent = agent.trim();
  if (/GoogleImageProxy/i.test(userAgent)) return 'google-proxy';
  if (/YahooMailProxy/i.test(userAgent)) return 'yahoo-proxy';
  if (userAgent === 'Mozilla/5.0') return 'apple-privacy';
  if (SCANNERS.test(userAgent)) return 'scanner';
  // A headless browser is mostly the owner's own test; stores/stamp/agent.ts says the same.
  return !userAgent || isbot(userAgent.replace('HeadlessChrome', 'Chrome')) ? 'user-agent' : undefined;
}

import type { Tracker } from '../browser/options.js';

type Properties = { [key: string]: unknown };

/** One call from a frame, as it crosses the channel. */
interface FrameCall {
  method: 'page' | 'track';
  name: string | undefined;
  properties: Properties | undefined;
  at: number;
  page: { url: string; path: string; search: string; title: string; referrer: string };
}

/** The tracker that a framed page gets: it stores nothing and asks nobody, because the page around it decides. */
export interface FrameTracker {
  page(name?: string, properties?: Properties): void;
  track(event: string, properties?: Properties): void;
  /** Resolves with true once the page around has answered, with false when it never does. */
  ready: Promise<boolean>;
  stop(): void;
}

const HELLO = 'filrouge frame 1';
const TRIES = 40;
const TRY_MS = 250;
const MOST_HELD = 100;

/**
 * For a page in an iframe (a booking form, a player): hands its calls to the tracker of the page around it, over a
 * `MessageChannel` that only `parent` (its origin, e.g. `https://shop.example`) can take. At most 100 calls wait for it.
 * On a server it does nothing, and is never ready.
 */
export function frameTracker(parent: string): FrameTracker {
  const held: FrameCall[] = [];
  let port: MessagePort | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let finish = (_: boolean) => {};
  const ready = new Promise<boolean>((resolve) => {
    finish = resolve;
  });
  const knock = (left: number): void => {
    if (!left || !inPage() || window.parent === window) {
      finish(false);
      return;
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      clearTimeout(timer);
      if (port) return;
      port = port1;
      for (const call of held.splice(0)) port.postMessage(call);
      finish(true);
    };
    window.parent.postMessage(HELLO, parent, [port2]);
    timer = setTimeout(() => knock(left - 1), TRY_MS);
  };
  const send = (method: FrameCall['method'], name?: string, properties?: Properties): void => {
    if (!inPage()) return;
    const { href: url, pathname: path, search } = location;
    const page = { url, path, search, title: document.title, referrer: document.referrer };
    const call = { method, name, properties: cloneable(properties), at: Date.now(), page };
    if (port) port.postMessage(call);
    else if (held.length < MOST_HELD) held.push(call);
  };
  knock(TRIES);
  return {
    page: (name, properties) => send('page', name, properties),
    track: (event, properties) => send('track', event, properties),
    ready,
    stop() {
      clearTimeout(timer);
      port?.close();
      held.length = 0;
    },
  };
}

const inPage = (): boolean => typeof document !== 'undefined';

/** What JSON can say of it: a function or a DOM node in the properties must not throw into the page. */
function cloneable(properties: Properties | undefined): Properties | undefined {
  try {
    return properties && (JSON.parse(JSON.stringify(properties)) as Properties);
  } catch {
    return undefined;
  }
}

/** Options of `acceptFrames`. */
export interface AcceptFramesOptions {
  /** Origins of the framed pages whose calls count, e.g. `['https://booking.example']`. No patterns: each is named. */
  origins: readonly string[];
}

/**
 * For the page around: tracks what framed pages of these origins report, with their own page in the context, under this
 * page's visitor and consent. They can send page views and events, nothing else. Returns the function that stops it.
 * On a server it does nothing.
 */
export function acceptFrames(tracker: Pick<Tracker, 'page' | 'track'>, { origins }: AcceptFramesOptions): () => void {
  if (!inPage()) return () => {};
  const ports: MessagePort[] = [];
  const onMessage = ({ data, origin, ports: [port] }: MessageEvent): void => {
    if (data !== HELLO || !port || !origins.includes(origin)) return;
    ports.push(port);
    port.onmessage = (message: MessageEvent<unknown>) => relay(tracker, message.data, origin);
    port.postMessage('welcome');
  };
  addEventListener('message', onMessage);
  return () => {
    removeEventListener('message', onMessage);
    for (const port of ports) port.close();
  };
}

function relay(tracker: Pick<Tracker, 'page' | 'track'>, data: unknown, origin: string): void {
  if (!isCall(data) || !data.page.url.startsWith(`${origin}/`)) return;
  const { method, name, properties = {}, at, page } = data;
  const options = { timestamp: at, context: { page } };
  if (method === 'track' && name) tracker.track(name, properties, options);
  // The page's own values win over the defaults of a page call, which are those of the page around.
  const shown = { ...page, ...properties };
  if (method === 'page' && name) tracker.page(name, shown, options);
  else if (method === 'page') tracker.page(shown, options);
}

function isCall(data: unknown): data is FrameCall {
  if (typeof data !== 'object' || data === null) return false;
  const { method, name, properties, at, page } = data as Partial<Record<keyof FrameCall, unknown>>;
  const isText = (value: unknown) => typeof value === 'string';
  return (
    (method === 'page' || method === 'track') &&
    (name === undefined || isText(name)) &&
    (properties === undefined || (typeof properties === 'object' && properties !== null)) &&
    typeof at === 'number' &&
    // A time that a date can have.
    Math.abs(at) <= 8.64e15 &&
    typeof page === 'object' &&
    page !== null &&
    Object.values(page).every(isText) &&
    'url' in page
  );
}

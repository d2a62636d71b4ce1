import type { Capture, Emit } from '../browser/contracts.js';
import { listen } from '../browser/lifecycle.js';
import type { JsonObject } from '../protocol/index.js';

/**
 * Declarative events: `<button data-fr-event="Product Added" data-fr-product_id="s1" data-fr-price="12.5">` emits on
 * click; on a form it emits on submit; with `data-fr-on="view"` once when half of the element has been seen. Other
 * `data-fr-*` attributes are properties, those of ancestors included (the nearest wins); numbers and booleans are
 * recognised. HTML lower-cases attribute names.
 */
export function elements(): Capture {
  return {
    name: 'elements',
    start(emit, signal) {
      const onAct = (event: Event) => {
        for (const node of event.composedPath()) {
          if (node instanceof Element && trigger(node) === event.type) return emitElement(emit, node);
        }
      };
      listen('click submit', onAct, signal);
      watchViews(emit, signal);
    },
  };
}

function trigger(element: Element): string | null {
  if (!element.hasAttribute('data-fr-event')) return null;
  return element.getAttribute('data-fr-on') ?? (element instanceof HTMLFormElement ? 'submit' : 'click');
}

/** Elements appear and vanish at any time in a single-page app, so the document is watched for new ones. */
function watchViews(emit: Emit, signal: AbortSignal): void {
  const selector = '[data-fr-event][data-fr-on=view]';
  const seen = new WeakSet<Element>();
  const views = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        views.unobserve(target);
        emitElement(emit, target);
      }
    },
    { threshold: 0.5 },
  );
  const look = () => {
    for (const element of document.querySelectorAll(selector)) {
      if (seen.has(element)) continue;
      seen.add(element);
      views.observe(element);
    }
  };
  const changes = new MutationObserver(look);
  changes.observe(document.documentElement, { childList: true, subtree: true });
  look();
  signal.addEventListener('abort', () => {
    changes.disconnect();
    views.disconnect();
  });
}

function emitElement(emit: Emit, element: Element): void {
  const properties: JsonObject = {};
  for (let node: Element | null = element; node; node = node.parentElement) {
    for (const { name, value } of node.attributes) {
      const key = /^data-fr-(?!event$|on$|ignore$)(.+)/.exec(name)?.[1];
      if (key && !(key in properties)) properties[key] = readValue(value);
    }
  }
  emit({
    type: 'track',
    event: element.getAttribute('data-fr-event') ?? '',
    properties,
  });
}

function readValue(text: string): string | number | boolean {
  if (/^(true|false)$/.test(text)) return text === 'true';
  // A leading zero or more digits than a double holds mean an identifier, not a number.
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? +text : text;
}

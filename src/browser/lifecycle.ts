/**
 * Listens on the window to several kinds of event (named with spaces between) until the signal aborts. In the capture
 * phase, so that a page that stops propagation hides nothing.
 */
export function listen(types: string, handler: (event: Event) => unknown, signal: AbortSignal): void {
  for (const type of types.split(' ')) addEventListener(type, handler, { signal, capture: true });
}

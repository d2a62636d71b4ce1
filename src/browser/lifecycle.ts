/** What happens on a window, with what some kinds of event have and others do not. */
export interface WindowEvent extends Event {
  readonly button?: number;
  readonly persisted?: boolean;
}

/**
 * Listens on the window to several kinds of event (named with spaces between) until the signal aborts. In the capture
 * phase, so that a page that stops propagation hides nothing.
 */
export function listen(types: string, handler: (event: WindowEvent) => unknown, signal: AbortSignal): void {
  for (const type of types.split(' ')) addEventListener(type, handler, { signal, capture: true });
}

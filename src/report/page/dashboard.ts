import { ageStatus } from './age-note.js';
import type { Api, Parameters } from './api.js';
import { el } from './dom.js';
import { type Filters, reportParameters } from './filters.js';
import type { Speech } from './language.js';
import { PANELS } from './panels/all.js';
import { live } from './panels/live.js';

/** What the panels need. */
export interface DashboardContext {
  api: Api;
  speech: Speech;
  /** The choice as it is now. */
  filters(): Filters;
  /** Changes the choice: the address follows and the panels ask again. */
  apply(change: Partial<Filters>): void;
  /** Changes what only one panel depends on: the address follows, nothing else. */
  remember(change: Partial<Filters>): void;
  /** Shows the thread of one person, by an order or message id, or by an identifier of theirs. */
  follow(name: string, kind: 'order' | 'person'): void;
  /** Who does that. */
  followWith(show: DashboardContext['follow']): void;
}

/** One question of all panels: its parameters and what ends it when the next one comes. */
export interface Round {
  filters: Filters;
  parameters: Parameters;
  signal: AbortSignal;
  /** Tells the page of an answer that failed: it leaves where the key is refused. */
  failed(error: unknown): void;
}

/** A panel that can ask again. */
export interface Asking {
  root: Node;
  ask(round: Round): void;
}

/** The dashboard; `refresh` asks again with the choice as it is then, `stop` ends what is still asking. */
export interface Dashboard {
  root: HTMLElement;
  refresh(): void;
  stop(): void;
}

/** All panels. `refused` is called when the receiver does not accept the key. */
export function dashboard(
  page: Omit<DashboardContext, 'follow' | 'followWith'>,
  refused: (error: unknown) => void,
): Dashboard {
  let follow: DashboardContext['follow'] = () => {};
  const context: DashboardContext = {
    ...page,
    follow: (name, kind) => follow(name, kind),
    followWith: (show) => {
      follow = show;
    },
  };
  const { speech } = context;
  const panels = PANELS.map((make) => make(context));
  const latest = live(context);
  const footer = el('footer', {}, el('p', {}, speech.words.footer(context.filters().timezone)));
  const root = el('div', { class: 'panels' }, ...panels.map((panel) => panel.root), latest.panel.root, footer);
  root.append(ageStatus(speech, root));
  let controller = new AbortController();
  const refresh = () => {
    controller.abort();
    controller = new AbortController();
    const { signal } = controller;
    const filters = context.filters();
    const round: Round = { filters, parameters: reportParameters(filters), signal, failed: refused };
    for (const panel of panels) panel.ask(round);
  };
  return {
    root,
    refresh,
    stop: () => {
      controller.abort();
      latest.stop();
    },
  };
}

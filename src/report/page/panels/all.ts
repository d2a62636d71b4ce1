import type { Asking, DashboardContext } from '../dashboard.js';
import { audiencePanel } from './audience.js';
import { consentPanel } from './consent.js';
import { attributionPanel, journeysPanel } from './credit.js';
import { cohortsPanel, combinationsPanel, customersPanel, salesPanel } from './customers.js';
import { deliveryPanel } from './delivery.js';
import { lifetimePanel } from './lifetime.js';
import { morePanel } from './more.js';
import { personPanel } from './person.js';
import { satisfactionPanel } from './satisfaction.js';
import { channelsPanel, daysPanel, keyFiguresPanel } from './visits.js';
import { funnelPanel, overlapPanel, transitionsPanel } from './ways.js';

/** All panels but the live one, from top to bottom. One more is a file, and a line here. */
export const PANELS: readonly ((context: DashboardContext) => Asking)[] = [
  keyFiguresPanel,
  daysPanel,
  channelsPanel,
  attributionPanel,
  journeysPanel,
  salesPanel,
  customersPanel,
  lifetimePanel,
  cohortsPanel,
  combinationsPanel,
  transitionsPanel,
  overlapPanel,
  funnelPanel,
  satisfactionPanel,
  deliveryPanel,
  consentPanel,
  audiencePanel,
  morePanel,
  personPanel,
];

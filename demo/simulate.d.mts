import type { WireEvent } from '../dist/protocol/index.js';

export interface Plan {
  /** The shop's origin, which the simulated pages have. */
  origin: string;
  weeks: number;
  visitors: number;
  seed: number;
  /** Where the history ends, epoch ms; by convention the beginning of today. */
  until: number;
}

/** Some weeks of visitors who never were, oldest event first. The same plan gives the same events, ids included. */
export function simulateHistory(plan: Plan): WireEvent[];

/** Sends a simulated history through the receiver's HTTP API; nine weeks of 4,000 visitors unless told otherwise. */
export function simulate(
  options: Pick<Plan, 'origin' | 'until'> & Partial<Plan> & { receiverUrl: string; secretKey: string },
): Promise<{ events: number; orders: number }>;

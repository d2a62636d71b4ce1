import type { IngestLog } from '../../log/contract.js';
import type { Choices } from '../consent/choices.js';
import type { Withdrawals } from '../consent/withdrawals.js';
import type { KeyRing } from '../keys.js';
import type { Limiter } from '../limits.js';
import type { Logger } from '../logger.js';
import type { Metrics } from '../metrics.js';
import type { OriginCheck } from '../origins.js';
import type { CookieRenewal } from '../renew-cookie.js';
import type { StandingDoor } from '../rights/standing-door.js';
import type { Suppression } from '../rights/suppression.js';
import type { SkewClock } from './skew.js';

/** What the ingest path is made of. */
export interface IngestParts {
  log: IngestLog;
  keyKind: KeyRing<'write' | 'secret'>;
  origins: OriginCheck;
  suppression: Suppression;
  standing: StandingDoor;
  choices: Choices;
  withdrawals: Withdrawals;
  skew: SkewClock;
  limiter: Limiter;
  /** Undefined where no cookie domain is configured. */
  renewal: CookieRenewal | undefined;
  metrics: Metrics;
  logger: Logger;
  maxBodyBytes: number;
  maxEventBytes: number;
  /** Why nothing can be taken at the moment, if so. */
  obstacle(): 'overloaded' | 'storage-unavailable' | undefined;
  now(): number;
  newId(): string;
}

import type { Applier } from './apply/apply.js';
import { type Choices, createChoices } from './consent/choices.js';
import { createWithdrawals, type WithdrawalPolicy, type Withdrawals } from './consent/withdrawals.js';
import type { Logger } from './logger.js';
import type { Metrics } from './metrics.js';
import type { ReceiverOptions } from './receiver.js';
import { createHasher, type Hasher } from './rights/hasher.js';
import { createPrincipals, type Principals } from './rights/principals.js';
import { createStandingDoor, type StandingDoor } from './rights/standing-door.js';
import { createSuppression, type Suppression } from './rights/suppression.js';
import { checkRetention, type RetentionRules } from './upkeep/retention.js';
import { audienceDays } from './upkeep/retention-audience.js';
import { createUpkeep, type Upkeep } from './upkeep/upkeep.js';

/** What a receiver knows about people's choices, and what acts on them. */
export interface PrivacyParts {
  hash: Hasher;
  principals: Principals;
  suppression: Suppression;
  standing: StandingDoor;
  choices: Choices;
  withdrawals: Withdrawals;
  upkeep: Upkeep;
  rules: RetentionRules;
  policy: WithdrawalPolicy;
}

/** The parts of the receiver that these are made of. */
interface Needed {
  applier: Applier;
  metrics: Metrics;
  logger: Logger;
  now(): number;
  newId(): string;
}

/** Makes them from the receiver's options. Throws when a retention is no number of days. */
export function createPrivacyParts(options: ReceiverOptions, needed: Needed): PrivacyParts {
  const { log, store, pepper = '', country, retention = {}, onWithdrawal: policy = 'trim', forwarded } = options;
  const hash = createHasher(pepper);
  const principals = createPrincipals({ pepper, country });
  const rules = checkRetention(retention);
  const withdrawals = createWithdrawals(() => upkeep.soon());
  const audience = options.audience && { book: options.audience, days: audienceDays(options.audienceDays) };
  const upkeep = createUpkeep({ ...needed, log, store, forwarded, withdrawals, audience, retention: rules, policy });
  return {
    hash,
    principals,
    suppression: createSuppression(store, hash, principals),
    standing: createStandingDoor(store, hash, principals),
    choices: createChoices(),
    withdrawals,
    upkeep,
    rules,
    policy,
  };
}

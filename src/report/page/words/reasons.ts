/** Why the receiver turned an event away, for readers of the report, in English; other codes stand as they are. */
export const REASONS_TOLD_EN: Record<string, string> = {
  'no-consent': 'consent to analytics denied',
  suppressed: 'the person was erased',
  restricted: 'the person restricted processing',
  objected: 'the person objected',
  'too-large': 'too large',
  'too-deep': 'nested too deeply',
  'bad-timestamp': 'time not readable',
  'bad-field': 'a field of the wrong kind',
  'missing-identity': 'without any identifier',
  'missing-event-name': 'without a name',
  'id-too-long': 'identifier too long',
};

/** The same in French. */
export const REASONS_TOLD_FR: Record<string, string> = {
  'no-consent': 'mesure d’audience refusée',
  suppressed: 'personne effacée',
  restricted: 'traitement limité par la personne',
  objected: 'opposition de la personne',
  'too-large': 'trop volumineux',
  'too-deep': 'imbriqué trop profondément',
  'bad-timestamp': 'date illisible',
  'bad-field': 'champ du mauvais type',
  'missing-identity': 'sans identifiant',
  'missing-event-name': 'sans nom',
  'id-too-long': 'identifiant trop long',
};

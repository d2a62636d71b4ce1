/**
 * What the page says of an answer that failed, by its code: the receiver's own sentences are English, and most of them are for
 * those who send events. A code that is not here has the receiver's sentence.
 */
const ERRORS_EN: Record<string, string> = {
  'internal-error': 'Something failed inside the receiver; its log says what.',
  'storage-unavailable': 'The receiver cannot read its data at the moment.',
  'store-unavailable': 'The store is being started again after a failure. Try again in a moment.',
  'store-stopped':
    'The store failed too often in a row: see the log of the server, then start it again. Events are still taken.',
  overloaded: 'The receiver has too much to do at the moment.',
  'rate-limited': 'Too many questions in a short time. Wait a minute.',
  'not-found': 'This receiver has no such report: it is of another version than this page.',
};

/** The same in French, with those whose sentence is good enough in English. */
const ERRORS_FR: Record<string, string> = {
  'internal-error': 'Une erreur s’est produite dans le récepteur ; son journal dit laquelle.',
  'storage-unavailable': 'Le récepteur ne peut pas lire ses données pour le moment.',
  'store-unavailable': 'La base redémarre après une panne. Réessayez dans un instant.',
  'store-stopped':
    'La base est tombée trop souvent de suite : voyez le journal du serveur, puis redémarrez-le. Les événements sont toujours reçus.',
  overloaded: 'Le récepteur a trop à faire pour le moment.',
  'rate-limited': 'Trop de questions en peu de temps. Attendez une minute.',
  'not-found': 'Ce récepteur n’a pas ce rapport : sa version n’est pas celle de cette page.',
  'wrong-key': 'Cette clé n’est pas acceptée ici.',
  'no-key': 'La clé d’administration manque.',
  'wrong-method': 'Le récepteur refuse cette manière de demander.',
  'bad-query': 'Une valeur de la demande n’est pas acceptée.',
};

/** The sentence for a code; that of the receiver where the language has none. */
export function errorEn(code: string, sentence: string): string {
  return own(ERRORS_EN, code) ?? sentence;
}

/** The same in French. A wrong parameter is named, with the value that it has. */
export function errorFr(code: string, sentence: string): string {
  const [, name, value] = /^The parameter "([^"]+)" is (.*); it must be /.exec(sentence) ?? [];
  if (code === 'bad-query' && name) return `Le paramètre « ${name} » ne peut pas valoir ${value}.`;
  return own(ERRORS_FR, code) ?? sentence;
}

function own(sentences: Record<string, string>, code: string): string | undefined {
  return Object.hasOwn(sentences, code) ? sentences[code] : undefined;
}

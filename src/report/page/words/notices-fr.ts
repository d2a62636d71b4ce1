/** What reports remark, in French; what is not here is shown as the server says it. */
const NOTICES: readonly (readonly [RegExp, string])[] = [
  [
    /^Amounts are in (.+?) only\. In other currencies, counted but not added up: (.*)\. Ask .*/,
    'Montants en $1 seulement. Dans d’autres devises, comptées mais non additionnées : $2.',
  ],
  [
    /^Orders left out because they are not in (.+?): (\d+).*/,
    'Commandes écartées parce qu’elles ne sont pas en $1 : $2.',
  ],
  [
    /^Orders without a "total", "revenue" or "value" that is a number: (\d+).*/,
    'Commandes sans nombre dans « total », « revenue » ou « value » : $1. Elles comptent pour un montant de 0.',
  ],
  [
    /^No customer of the period has been followed/,
    'Aucun client de la période n’a été suivi assez longtemps : choisissez une période plus ancienne ou une fenêtre plus courte.',
  ],
  [
    /^A forecast needs at least (\d+) customers.*/,
    'Une prévision demande au moins $1 clients ayant commandé à plus d’une date, et des commandes auxquelles le modèle convient.',
  ],
  [
    /^No path without conversion is known: all chances are 1.*/,
    'Aucun parcours sans conversion n’est connu : chaque conversion est répartie à parts égales entre ses canaux.',
  ],
  [
    /^No path without conversion is known.*/,
    'Aucun parcours sans conversion n’est connu : les parts diffèrent de celles que l’on aurait avec eux.',
  ],
  [
    /^No session has engaged time.*/,
    'Aucune session n’a de temps actif : le tag le compte avec « engagement » dans data-capture.',
  ],
  [/^only 1 answer$/, 'une seule réponse'],
  [/^only (\d+) answers$/, 'seulement $1 réponses'],
  [/^only 1 customer$/, 'un seul client'],
  [/^only (\d+) customers$/, 'seulement $1 clients'],
  [/^This receiver counts no audience.*/, 'Ce récepteur ne mesure pas l’audience sans consentement.'],
  [
    /^Groups of fewer than (\d+) views are put together.*/,
    'Les groupes de moins de $1 vues sont réunis et les autres arrondis, pour que personne ne soit reconnaissable.',
  ],
  [
    /^Searches for the brand are not told apart.*/,
    'Les recherches de la marque ne sont pas distinguées : nommez-la avec le paramètre « declared ».',
  ],
  [/^These figures stand in for awareness.*/, 'Ces chiffres tiennent lieu de notoriété ; une enquête la mesure.'],
  [
    /^Value came without conversions.*/,
    'De la valeur est arrivée sans conversion : le modèle n’en connaît pas les parts, elle est répartie également.',
  ],
  [
    /^Costs and orders left out because they are not in (.+): (\d+)\.$/,
    'Coûts et commandes écartés parce qu’ils ne sont pas en $1 : $2.',
  ],
  [
    /^Nobody sent "(.*)" in this period, so nobody can come past that step\.$/,
    'Personne n’a envoyé « $1 » pendant cette période : nul ne peut franchir cette étape.',
  ],
  [
    /^Answers left out: (\d+)\. Their "kind" is none of (.*)\./,
    'Réponses écartées : $1. Leur « kind » n’est aucun de $2.',
  ],
  [
    /^Answers left out of (\w+): (\d+)\. There is no number.*/,
    'Réponses ($1) écartées : $2. Il n’y a pas de nombre dans « score ».',
  ],
  [
    /^Answers left out of (\w+): (\d+)\. Their "scale_min".*/,
    'Réponses ($1) écartées : $2. Leur « scale_min » n’est pas inférieur à « scale_max ».',
  ],
  [
    /^Answers left out of (\w+): (\d+)\. They are off the scale \((\d+) to (\d+).*/,
    'Réponses ($1) écartées : $2. Elles sont hors échelle (de $3 à $4, sauf si « scale_min » et « scale_max » en disent une autre).',
  ],
  [
    /^Answers left out of (\w+): (\d+)\. They were asked on another scale than (\d+) to (\d+).*/,
    'Réponses ($1) écartées : $2. La question utilisait une autre échelle que de $3 à $4.',
  ],
  [
    /^Answers left out of (\w+): (\d+)\. They are not from (\d+) to (\d+).*/,
    'Réponses ($1) écartées : $2. Elles ne vont pas de $3 à $4 : si cette enquête utilisait une autre échelle, ses autres réponses sont mal comptées.',
  ],
];

/** A remark of a report in French. */
export function noticeFr(notice: string): string {
  for (const [pattern, french] of NOTICES) {
    const found = pattern.exec(notice);
    if (!found) continue;
    const text = french.replaceAll(/\$(\d)/g, (_, group: string) => found[Number(group)] ?? '');
    return text.replaceAll('(none)', '(aucune)').replaceAll('a known currency', 'une devise connue');
  }
  return notice;
}

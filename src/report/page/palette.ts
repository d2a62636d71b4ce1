/**
 * A channel has the same colour in every chart. Chosen to stay apart next to each other on light and dark ground; the red
 * thread is what most shops pay most for.
 */
const CHANNEL_COLOURS: Record<string, string> = {
  'Paid Search': '#c8324a',
  'Organic Search': '#3f74b5',
  Direct: '#8b93a1',
  Email: '#e2a23b',
  'Organic Social': '#3f9c8f',
  'Paid Social': '#8d5aa8',
  Referral: '#7d9a3c',
  SMS: '#dd7a4a',
  'Print / QR': '#5b6bb0',
  'AI Assistant': '#2fa8c2',
  'In-store': '#1f7a5c',
  'Call Centre': '#4f5f8f',
  Marketplace: '#b08a2e',
  Display: '#b9792f',
  Affiliates: '#a0628a',
  'Organic Shopping': '#5f9e63',
  'Paid Shopping': '#e0606f',
  'Organic Video': '#a58be0',
  'Paid Video': '#b0418a',
  'Paid Other': '#c47f52',
  'Cross-network': '#4c8c9c',
  'Mobile Push Notifications': '#57b0e3',
  Audio: '#93a85a',
  Unassigned: '#b5b0a8',
};

const OTHERS = Object.values(CHANNEL_COLOURS);

/** The colour of a channel or any other label; labels without their own get one by their name, always the same. */
export function colourOf(label: string): string {
  const own = Object.hasOwn(CHANNEL_COLOURS, label) ? CHANNEL_COLOURS[label] : undefined;
  if (own) return own;
  let hash = 7;
  for (const letter of label) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return OTHERS[hash % OTHERS.length] ?? '#8b93a1';
}

/** The colours of the attribution models, from the one that looks at the beginning to the one that looks at the end. */
export const MODEL_COLOURS: Record<string, string> = {
  first: '#3f74b5',
  last: '#c8324a',
  'last-non-direct': '#dd7a4a',
  linear: '#8b93a1',
  position: '#8d5aa8',
  'time-decay': '#e2a23b',
};

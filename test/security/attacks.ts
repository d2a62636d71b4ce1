import { type AST, visitRegExpAST } from '@eslint-community/regexpp';

/** Characters that addresses, names and user agents are made of, one of each kind. */
const POOL = [...'aA0_-.@/?=&#%:;,+*!~|^$<>()[]{}"\'` \t\n\r\\é\u00a0'];

/**
 * Texts of about `length` characters that could make a regular expression go over the same ground again and again: what its
 * loops repeat, many times, after what leads there, and before something that does not fit.
 */
export function attacksOn(pattern: AST.Pattern, flags: string, length: number): string[] {
  const pumps = new Set<string>();
  const prefixes = new Set(['']);
  const leaf = (raw: string): string[] => {
    const one = new RegExp(`^(?:${raw})$`, flags.replace(/[gym]/g, ''));
    return POOL.filter((character) => one.test(character)).slice(0, 2);
  };
  const sample = (node: AST.Element | AST.Alternative): string => {
    if (node.type === 'Alternative') return node.elements.map(sample).join('');
    if (node.type === 'Assertion' || node.type === 'Backreference') return '';
    if (node.type === 'Quantifier') return sample(node.element).repeat(Math.min(Math.max(node.min, 1), 8));
    if (node.type === 'Group' || node.type === 'CapturingGroup') return sample(node.alternatives[0] as AST.Alternative);
    return node.type === 'Character' ? String.fromCodePoint(node.value) : (leaf(node.raw)[0] ?? '');
  };
  visitRegExpAST(pattern, {
    onAlternativeEnter: (node) => {
      // Each beginning of a sequence: to be repeated, and to stand before what is repeated.
      node.elements.forEach((element, index) => {
        const head = node.elements.slice(0, index).map(sample).join('');
        if (element.type === 'Quantifier' && element.max > 1) prefixes.add(head);
        if (index) pumps.add(head);
      });
      pumps.add(sample(node));
    },
    onQuantifierEnter: (node) => {
      pumps.add(sample(node.element));
    },
    onCharacterSetEnter: (node) => leaf(node.raw).forEach((one) => pumps.add(one)),
    onCharacterClassEnter: (node) => leaf(node.raw).forEach((one) => pumps.add(one)),
  });
  const texts = new Set<string>();
  for (const pump of pumps) {
    if (!pump) continue;
    const body = pump.repeat(Math.ceil(length / pump.length));
    for (const prefix of [...prefixes].slice(0, 12)) {
      for (const suffix of ['', '\u0001', '\n!']) texts.add(prefix + body + suffix);
    }
  }
  return [...texts];
}

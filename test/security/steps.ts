import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** More steps than this, for texts of some hundred characters, is no matching any more. */
export const MOST_STEPS = 400_000;

type Next = (at: number) => boolean;
type Matcher = (at: number, next: Next) => boolean;

/** A regular expression that can be walked through as a backtracking engine does, step by step. */
export interface Walk {
  /** How many characters are compared until the search for a match ends; at most `MOST_STEPS`. */
  steps(text: string): number;
  pattern: AST.Pattern;
}

/** Raised out of the depth of a walk that does not end. */
class TooManySteps extends Error {}

/**
 * Compiles a regular expression to closures that count: growth of steps tells a slow expression on any machine, where
 * a clock would tell a busy machine.
 */
export function walkOf(source: string, flags: string): Walk {
  const pattern = new RegExpParser({ ecmaVersion: 2024 }).parsePattern(source, 0, source.length, {
    unicode: flags.includes('u'),
  });
  let text = '';
  let count = 0;
  const captures = new Map<AST.CapturingGroup, string>();
  const step = (): void => {
    count += 1;
    if (count > MOST_STEPS) throw new TooManySteps();
  };

  const either = (alternatives: readonly AST.Alternative[]): Matcher => {
    const all = alternatives.map(({ elements }) => sequence(elements));
    return (at, next) => all.some((match) => match(at, next));
  };
  const sequence = (elements: readonly AST.Element[]): Matcher => {
    const all = elements.map(matcherOf);
    return (at, next) => {
      const from = (index: number, position: number): boolean => {
        const match = all[index];
        return match ? match(position, (after) => from(index + 1, after)) : next(position);
      };
      return from(0, at);
    };
  };
  const oneCharacter = (raw: string): Matcher => {
    const one = new RegExp(`^(?:${raw})$`, flags.replace(/[gym]/g, ''));
    const known = new Map<string, boolean>();
    return (at, next) => {
      step();
      const character = text[at];
      if (character === undefined) return false;
      let fits = known.get(character);
      if (fits === undefined) known.set(character, (fits = one.test(character)));
      return fits && next(at + 1);
    };
  };
  const repeated = ({ element, min, max, greedy }: AST.Quantifier): Matcher => {
    const match = matcherOf(element);
    const more = (done: number, at: number, next: Next): boolean => {
      const again = (): boolean =>
        done < max && match(at, (after) => (after > at || done < min) && more(done + 1, after, next));
      if (done < min) return again();
      return greedy ? again() || next(at) : next(at) || again();
    };
    return (at, next) => more(0, at, next);
  };
  const assertion = (node: AST.Assertion): Matcher => {
    const pass = (isTrue: (at: number) => boolean): Matcher => {
      return (at, next) => {
        step();
        return isTrue(at) && next(at);
      };
    };
    const isWord = (at: number) => /\w/.test(text[at] ?? '');
    if (node.kind === 'word') return pass((at) => (isWord(at - 1) !== isWord(at)) !== node.negate);
    if (!('alternatives' in node)) {
      const [edge, beside] = node.kind === 'start' ? [() => 0, -1] : [() => text.length, 0];
      return pass((at) => at === edge() || (flags.includes('m') && text[at + beside] === '\n'));
    }
    const inner = either(node.alternatives);
    if (node.kind === 'lookahead') return pass((at) => inner(at, () => true) !== node.negate);
    const [shortest, longest] = widthOf(node.alternatives);
    return pass((at) => {
      let found = false;
      for (let width = shortest; width <= longest && !found; width++) {
        found = at >= width && inner(at - width, (end) => end === at);
      }
      return found !== node.negate;
    });
  };
  const matcherOf = (node: AST.Element): Matcher => {
    if (node.type === 'Assertion') return assertion(node);
    if (node.type === 'Quantifier') return repeated(node);
    if (node.type === 'Group') return either(node.alternatives);
    if (node.type === 'CapturingGroup') {
      const inner = either(node.alternatives);
      return (at, next) =>
        inner(at, (after) => {
          captures.set(node, text.slice(at, after));
          return next(after);
        });
    }
    if (node.type === 'Backreference') {
      const group = node.ambiguous ? node.resolved[0] : node.resolved;
      return (at, next) => {
        step();
        const same = (group && captures.get(group)) ?? '';
        return text.startsWith(same, at) && next(at + same.length);
      };
    }
    return oneCharacter(node.raw);
  };

  const search = either(pattern.alternatives);
  const isSticky = flags.includes('y');
  return {
    pattern,
    steps(subject) {
      text = subject;
      count = 0;
      captures.clear();
      try {
        for (let start = 0; start <= text.length; start++) if (search(start, () => true) || isSticky) break;
      } catch (error) {
        if (!(error instanceof TooManySteps)) throw error;
      }
      return count;
    },
  };
}

/** The shortest and longest text of a lookbehind; it must be bounded. */
function widthOf(alternatives: readonly AST.Alternative[]): [number, number] {
  const widths = alternatives.map(({ elements }) =>
    elements.map(elementWidth).reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]),
  );
  return [Math.min(...widths.map(([least]) => least)), Math.max(...widths.map(([, most]) => most))];
}

function elementWidth(node: AST.Element): [number, number] {
  if (node.type === 'Assertion') return [0, 0];
  if (node.type === 'Group' || node.type === 'CapturingGroup') return widthOf(node.alternatives);
  if (node.type !== 'Quantifier') return [1, 1];
  const [least, most] = elementWidth(node.element);
  return [least * node.min, most * Math.min(node.max, 64)];
}

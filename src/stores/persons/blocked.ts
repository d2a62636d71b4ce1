const SHA256_EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const SHA256_NULL = '74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b';
const SHA256_UNDEFINED = 'eb045d78d273107348b0300c01d29b7552d622abbc6faf81b3ec55359aa9950c';
const MD5_EMPTY = 'd41d8cd98f00b204e9800998ecf8427e';

const BLOCKED = new Set([
  ...[
    '',
    'null',
    'undefined',
    'none',
    'nan',
    '(not set)',
    'anonymous',
    'guest',
    'test',
    'unknown',
    '-1',
    'true',
    'false',
  ],
  // Segment's list of values that no identity resolution should use, and addresses that forms are tried out with.
  ...['void', 'abc123', 'n/a', 'test@test.com', 'test@example.com', 'email@example.com', 'example@example.com'],
  ...['[object object]', SHA256_EMPTY, SHA256_NULL, SHA256_UNDEFINED, MD5_EMPTY, '9774d56d682e549c'],
]);

/**
 * True for values that programs write where they know no id (measures.md 6.3, rule 4): they stand for many people, so
 * they link nobody. Case and space do not count.
 */
export function isBlockedId(id: string): boolean {
  if (id.length > 16 && isPlainId(id)) return false;
  const value = id.trim().toLowerCase();
  return BLOCKED.has(value) || /^[0-]*$/.test(value);
}

const SPACE = 0x20;
const DASH = 0x2d;
const ZERO = 0x30;
const DELETE = 0x7f;

/** What nearly all real ids are: nothing to trim, no length that a hash has, and not zeros and dashes alone. */
function isPlainId(id: string): boolean {
  const [first, second, last] = [id.charCodeAt(0), id.charCodeAt(1), id.charCodeAt(id.length - 1)];
  if (first <= SPACE || first >= DELETE || last <= SPACE || last >= DELETE) return false;
  if (id.length === 32 || id.length === 64) return false;
  return (first !== ZERO && first !== DASH) || (second !== ZERO && second !== DASH);
}

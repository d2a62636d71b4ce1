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
  // The common case first: real ids are long and have other characters than these.
  const value = id.trim().toLowerCase();
  return BLOCKED.has(value) || /^[0-]*$/.test(value);
}

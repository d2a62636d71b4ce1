const SENTENCES: { [code: string]: string } = {
  ENOENT: 'there is no such file or directory.',
  ENOTDIR: 'a part of the path is a file.',
  EISDIR: 'it is a directory.',
  EACCES: 'this user may not.',
  EPERM: 'this user may not.',
  EROFS: 'the file system is read-only.',
  ENOSPC: 'the disk is full.',
};

/** What went wrong with a file, as the end of a sentence; errors without a known code in their own words. */
export function sayFileError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const sentence = SENTENCES[code];
  return sentence === undefined ? error.message : `${sentence} (${code})`;
}

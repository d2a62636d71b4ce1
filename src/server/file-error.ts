/** What a file error means, as the end of a sentence, by the code of the system. */
export const FILE_ERRORS: { readonly [code: string]: string } = {
  ENOENT: 'there is no such file or directory.',
  ENOTDIR: 'a part of the path is a file.',
  EEXIST: 'there is a file of that name.',
  EISDIR: 'it is a directory.',
  EACCES: 'this user has no right to it.',
  EPERM: 'this user has no right to it.',
  EROFS: 'the file system is read-only.',
  ENOSPC: 'the disk is full.',
};

/** What went wrong with a file, as the end of a sentence; errors without a known code in their own words. */
export function sayFileError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const sentence = FILE_ERRORS[code];
  return sentence === undefined ? error.message : `${sentence} (${code})`;
}

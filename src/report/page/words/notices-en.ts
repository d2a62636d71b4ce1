/** What reports remark for those who ask by parameters, as a reader of the page can act on it. */
const NOTICES: readonly (readonly [RegExp, string])[] = [
  [/ Ask for (one|another) with the parameter "currency"\./, ''],
  [
    /ask for an earlier period, or for shorter spans with "window" and "follow"/,
    'choose an earlier period, or shorter spans',
  ],
  [/name it with the parameter "declared"/, 'name it in the API with the parameter “declared”'],
];

/** A remark of a report for the page. */
export function noticeEn(notice: string): string {
  return NOTICES.reduce((text, [pattern, words]) => text.replace(pattern, words), notice);
}

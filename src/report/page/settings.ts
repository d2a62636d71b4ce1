/** What the receiver says of itself in the page's document. */
export interface Settings {
  /** The time zone of the reports: of days, of "today" and of times. */
  timezone: string;
  /** The goal that is shown when nobody chose one. */
  goal: string;
}

/** Reads the document's head; what is missing has the default of the reports. */
export function readSettings(head: ParentNode): Settings {
  const said = (name: string) =>
    head.querySelector(`meta[name="filrouge-${name}"]`)?.getAttribute('content') || undefined;
  return { timezone: said('timezone') ?? 'UTC', goal: said('goal') ?? 'Order Completed' };
}

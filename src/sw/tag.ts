/** The name under which page and worker agree on the sync. */
export const SYNC_TAG = 'filrouge';

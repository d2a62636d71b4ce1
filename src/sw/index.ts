export { type BackgroundOptions, deliverInBackground } from './page.js';
export { flushOnSync } from './worker.js';

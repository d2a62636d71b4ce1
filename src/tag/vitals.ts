export { vitals } from '../capture/vitals.js';

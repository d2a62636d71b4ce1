import { describe } from 'vitest';
import { webkit } from './engines/webkit.js';
import { playSituations } from './situations.js';

// `npm run faults` only (see vitest.config.ts): its driver and a display are not on every machine.
describe('events under faults, in WebKit', () => playSituations(webkit));

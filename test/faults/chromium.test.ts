import { describe } from 'vitest';
import { chromium } from './engines/chromium.js';
import { playSituations } from './situations.js';

describe('events under faults, in Chromium', () => playSituations(chromium));

import { describe } from 'vitest';
import { firefox } from './engines/firefox.js';
import { playSituations } from './situations.js';

describe('events under faults, in Firefox', () => playSituations(firefox));

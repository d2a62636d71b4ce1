import { afterAll } from 'vitest';
import { removeFreshDirectories } from './files.js';

afterAll(removeFreshDirectories);

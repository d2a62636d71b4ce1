import { memoryStore } from '../../src/stores/memory.js';
import { testStore } from '../contract/stores.js';

testStore('memory store', async () => ({
  open: async () => memoryStore({ pepper: 'pepper' }),
  remove: async () => {},
}));

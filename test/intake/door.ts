import { createDoors, type DoorOptions } from '../../src/intake/index.js';
import type { ReceiverOptions } from '../../src/receiver/index.js';
import { PEPPER, startReceiver, type TestReceiver } from '../receiver/start.js';

/** What a person's browser sends with a navigation. */
export const PERSON = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'accept-language': 'fr-FR,fr;q=0.9',
};

/** A real receiver with all doors open. */
export function startDoors(
  settings: Partial<DoorOptions> = {},
  over: Partial<ReceiverOptions> = {},
): Promise<TestReceiver> {
  return startReceiver({ doors: createDoors({ pepper: PEPPER, ...settings }), ...over });
}

/** Everything that stands in the log, as text: what must not be there must not be here. */
export async function logText({ entries }: TestReceiver): Promise<string> {
  return JSON.stringify(await entries());
}

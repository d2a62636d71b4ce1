import { clickIdUse } from '../protocol/campaign-click-ids.js';
import type { ParameterUse } from '../protocol/index.js';

/**
 * The long tail of click ids and mail parameters for the option `parameters`. A function of the site's own may ask it:
 * `(name) => (name === 'cid' ? 'evidence' : parameters(name))`.
 */
export const parameters: ParameterUse = clickIdUse;

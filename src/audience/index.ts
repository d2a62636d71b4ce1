export {
  AUDIENCE_DIMENSIONS,
  type AudienceBook,
  type AudienceDimension,
  type CountedView,
  type SiteDay,
  type Tally,
} from './contract.js';
export { type AudienceBookOptions, audienceBook } from './file.js';

import type { WireEvent } from './event.js';
import type { ReasonCode } from './reasons.js';

/** The body of `POST /v1/batch`. `writeKey` may stand here instead of in an Authorization header. */
export interface BatchBody {
  batch: WireEvent[];
  /** When this attempt was sent by the client's clock; differs on each retry. */
  sentAt: string;
  writeKey?: string;
}

/** The answer of a filrouge receiver. Other Segment-compatible collectors answer `{ success: true }` or nothing. */
export interface BatchAnswer {
  success: boolean;
  accepted?: number;
  /**
   * Events that were not taken, each with the reason, and of a field that cannot be read where it is; they must not be sent again.
   */
  rejected?: { messageId: string | null; index: number; code: ReasonCode; field?: string }[];
  /** When the request as a whole failed. */
  error?: { code: ReasonCode; message: string };
}

import type { BatchMeta } from '../log/record.js';
import {
  accountFor,
  addPieces,
  type DeliveryQuery,
  type DeliveryRow,
  type LaneEnd,
  laneEndOf,
  pieceOf,
  type RefusedEvent,
  refusedOf,
} from './delivery.js';
import type { EventRow } from './stamp/stamp.js';

/** What an engine in memory keeps for the delivery report, besides its events. */
export interface DeliveryBook {
  stored(row: EventRow): void;
  copy(row: EventRow): void;
  refused(meta: BatchMeta): void;
  /** Events that were deleted: their page loads leave the account, since what is missing of them is not lost. */
  deleted(gone: readonly EventRow[], left: readonly EventRow[]): void;
  answer(query: DeliveryQuery, rows: readonly EventRow[]): DeliveryRow[];
}

/** An empty book. */
export function openDeliveryBook(): DeliveryBook {
  let ends: LaneEnd[] = [];
  let refusals: RefusedEvent[] = [];
  const copies: EventRow[] = [];
  return {
    stored(row) {
      const end = laneEndOf(row);
      if (end) ends.push(end);
    },
    copy: (row) => void copies.push(row),
    refused: (meta) => void refusals.push(...refusedOf(meta)),
    deleted(gone, left) {
      const lanes = new Set(gone.flatMap(({ laneNo }) => laneNo ?? []));
      ends = ends.filter(({ laneNo }) => !lanes.has(laneNo));
      refusals = refusals.filter(({ laneNo }) => !lanes.has(laneNo));
      for (const row of left) if (row.laneNo !== null && lanes.has(row.laneNo)) row.laneNo = null;
    },
    answer(query, rows) {
      const again = copies.map(({ receivedAt, browser }) => ({ at: pieceOf(receivedAt), browser, duplicates: 1 }));
      return addPieces(query, [...accountFor(query, rows, ends, refusals), ...again]);
    },
  };
}

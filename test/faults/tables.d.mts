/** What was played: figures of each situation, by engine. */
export interface FaultTables {
  versions: { [engine: string]: string };
  rows: { group: string; situation: string; cells: { [engine: string]: string } }[];
}

export function readTables(text: string): FaultTables;
export function summaryOf(tables: FaultTables): string;
export function withSummary(readme: string, tables: FaultTables): string;

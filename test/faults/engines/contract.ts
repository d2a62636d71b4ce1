/** While a page's address has this in it, the content blocker (`hasBlocker`) stops what it sends to the collector. */
export const BLOCKED_MARK = 'blocked';

/** What a driver must offer so that a situation can be played in any browser. */
export interface Engine {
  name: 'chromium' | 'firefox' | 'webkit';
  /** False where automation keeps no profile on disk, so that a killed browser cannot come back with its storage. */
  keepsProfile: boolean;
  start(profile: string, options?: StartOptions): Promise<Session>;
}

/** How a browser is started. */
export interface StartOptions {
  /** In private mode: what it stores ends with it. */
  isPrivate?: boolean;
  /** Certificates that nobody vouches for are taken. */
  trustsAnyCertificate?: boolean;
  /** Chromium must know it from its start; `discard` needs it. */
  takesExtensions?: boolean;
  /** Frames of other sites may store nothing. */
  blocksThirdParties?: boolean;
  /** A content blocker stops requests of pages that have `BLOCKED_MARK` in their address. */
  hasBlocker?: boolean;
  /** Where the device takes itself to be, e.g. `Europe/Paris`. */
  timeZone?: string;
  /** How many bytes pages may store, where the browser must know it from its start (Firefox). */
  quotaBytes?: number;
  /** Settings of Firefox, by their names in about:config. */
  firefoxPreferences?: { [name: string]: boolean | number };
}

/** One running browser. */
export interface Session {
  version: string;
  open(url: string): Promise<Tab>;
  /** SIGKILL of every process of the browser. */
  kill(): Promise<void>;
  /** Nothing of the browser runs for so long, as on a machine that sleeps. */
  sleep(ms: number): Promise<void>;
  close(): Promise<void>;
  /** Somebody else in the same browser, who shares no storage with anybody; where that is all but a new profile. */
  visitor?(): Promise<Session>;
}

/** One tab. Optional members are missing where the engine's driver cannot do it. */
export interface Tab {
  go(url: string): Promise<void>;
  /** Evaluates an expression; a promise is awaited. Rejects when the page goes away meanwhile. */
  run(expression: string): Promise<unknown>;
  /** A real click, which counts as the visitor's gesture. */
  click(selector: string): Promise<void>;
  /** Closes by the driver, as the tab's close button would. */
  close(): Promise<void>;
  offline?(on: boolean): Promise<void>;
  freeze?(): Promise<void>;
  /** Has the page take the device for one in that time zone. */
  timeZone?(name: string): Promise<void>;
  /** Ends the process in which the page runs, as a crash does; the browser lives on. */
  crash?(): Promise<void>;
  /** Has the browser throw the page out of memory, as it does with tabs in the background. */
  discard?(): Promise<void>;
  /** Limits what the page's origin may store, in bytes. */
  quota?(bytes: number): Promise<void>;
}

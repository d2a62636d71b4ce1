/** Which web pages may send: a list of origins, or every one. */
export type Origins = readonly string[] | '*';

/** What to do with a request of a given origin. */
export interface OriginCheck {
  /** The CORS headers for an allowed request, `undefined` when the origin is not allowed. */
  headers(origin: string | undefined, host: string | undefined): Record<string, string> | undefined;
}

const DAY_SECONDS = '86400';

/**
 * Builds the check. Requests without an Origin header come from servers and pass, for CORS protects browsers only; so
 * do pages of the receiver's own host. `*` echoes the origin, because `*` itself is not allowed together with
 * credentials.
 */
export function originCheck(origins: Origins | undefined): OriginCheck {
  const listed = new Set(origins === '*' ? [] : (origins ?? []).map(normalize));
  return {
    headers(origin, host) {
      if (origin === undefined) return {};
      const allowed = origins === '*' || listed.has(normalize(origin)) || isSameHost(origin, host);
      if (!allowed) return undefined;
      return {
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        // Scripts see no other header of an answer from elsewhere, and the SDK must know how long to wait.
        'access-control-expose-headers': 'retry-after',
        'timing-allow-origin': origin,
        vary: 'Origin',
      };
    },
  };
}

/** The hosts (without port) of the origins that are listed by name; `*` lists none. */
export function originHosts(origins: Origins | undefined): ReadonlyMap<string, string> {
  const named = origins === '*' ? [] : (origins ?? []).map(normalize);
  return new Map(named.flatMap((origin) => (URL.canParse(origin) ? [[origin, new URL(origin).hostname]] : [])));
}

/** The answer headers of an allowed preflight; the names a client asks for are granted, they carry no power here. */
export function preflightHeaders(requestedHeaders: string | undefined): Record<string, string> {
  const names = requestedHeaders && /^[\w\-, ]{1,512}$/.test(requestedHeaders) ? requestedHeaders : 'content-type';
  return {
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': names,
    'access-control-max-age': DAY_SECONDS,
  };
}

function normalize(origin: string): string {
  return origin.trim().toLowerCase().replace(/\/$/, '');
}

/** The scheme is not compared: behind a proxy that ends TLS the receiver cannot know its own. */
function isSameHost(origin: string, host: string | undefined): boolean {
  return host !== undefined && origin.toLowerCase().replace(/^https?:\/\//, '') === host.toLowerCase();
}

import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** No page is framed, type-sniffed, or loads anything from elsewhere. */
function headersOf({ forms, referrer }: { readonly forms: "'none'" | "'self'"; readonly referrer: string }) {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: [forms],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: referrer,
    xFrameOptions: 'DENY',
    strictTransportSecurity: 'max-age=15552000', // for this host only: other hosts of the operator must not be bound
    overwrite: false,
  });
}

/** Sets headers on every answer. An address may hold a key, so none is told to anybody. */
export const secured: MiddlewareHandler = headersOf({ forms: "'none'", referrer: 'no-referrer' });

/** The same for pages with forms, which lead to us alone and say where they come from. There is no key in their addresses. */
export const withForms: MiddlewareHandler = headersOf({ forms: "'self'", referrer: 'same-origin' });

/** Programs ask there, and are told themselves what they may not. */
export const FOR_PROGRAMS = /^\/(?:api\/|mcp$)/;

/** The only addresses at which something is done. Nothing is read of what they are sent. */
const DOES_SOMETHING: readonly string[] = ['/sign-out'];

/** Pages can only be read: any other method is refused before its body is read. None is kept by browsers unless it says so. */
export const onlyRead: MiddlewareHandler = async (context, next) => {
  const { method, path } = context.req;
  const isAllowed = (method === 'POST' && DOES_SOMETHING.includes(path)) || FOR_PROGRAMS.test(path);
  if (method !== 'GET' && method !== 'HEAD' && !isAllowed) return context.body(null, 405, { Allow: 'GET, HEAD' });
  await next();
  if (!context.res.headers.has('Cache-Control')) context.header('Cache-Control', 'no-store');
  context.header('X-Robots-Tag', 'noindex');
  return undefined;
};

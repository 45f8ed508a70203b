import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/** Headers of every answer, whatever it is: nothing of ours is framed, guessed at, kept by a cache, or loads from elsewhere. */
export const secured: MiddlewareHandler = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'no-referrer', // an address may hold a key
  xFrameOptions: 'DENY',
  strictTransportSecurity: 'max-age=15552000', // of this host only: others of the operator's are not ours to bind
});

/** Pages are read. Anything else is answered before its body is looked at. */
export const onlyRead: MiddlewareHandler = async (context, next) => {
  const { method } = context.req;
  if (method !== 'GET' && method !== 'HEAD') return context.body(null, 405, { Allow: 'GET, HEAD' });
  await next();
  context.header('Cache-Control', 'no-store');
  context.header('X-Robots-Tag', 'noindex');
  return undefined;
};

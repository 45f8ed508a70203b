import { enableCompileCache } from 'node:module';

// Not TypeScript: what Node strips of its types before there is a cache takes the stripper into memory, for good. It is 15 MB.
enableCompileCache();
await import('./main.ts');

import './node-24.js'; // first of all: what follows asks for things that an older Node does not have
import module from 'node:module';

// Not TypeScript: what Node strips of its types before there is a cache takes the stripper into memory, for good. It is 15 MB.
module.enableCompileCache();
await import('./main.ts');

// What begins here and not in start.js is compiled anew each time; nothing else is different.
process.umask(0o077);
const { spareMemory } = await import('./memory.ts');
spareMemory(); // before anything large is taken
await import('./run.ts');

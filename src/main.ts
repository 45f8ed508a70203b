// The bot can also be started here instead of in start.js: everything is then compiled again, and nothing else differs.
process.umask(0o077);
const { spareMemory } = await import('./memory.ts');
spareMemory(); // before anything large is taken
await import('./run.ts');

import { stripTypeScriptTypes } from 'node:module';
import { workAside } from '../../core/concurrency/aside.ts';

// The body of a thread: Node's stripper needs 20 MB, which the bot would keep for good. It is experimental, and would say so in the log.
process.removeAllListeners('warning');
await workAside<readonly string[], string[]>(async (sources) => sources.map((source) => stripTypeScriptTypes(source)));

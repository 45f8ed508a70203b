import { measureUplink } from '/work/wt/ogg/scripts/bench/parts/uplink.ts';
for (const who of [{ format: 'pcm_s16le', people: 2 }, { format: 'pcm_s16le', people: 3 }, { format: 'ogg', people: 3 }, { format: 'ogg', people: 20 }] as const) {
  if (process.argv[2] && !process.argv[2].split(',').includes(`${who.format}${who.people}`)) continue;
  console.log(JSON.stringify(await measureUplink({ ...who, durationMs: Number(process.argv[3] ?? 20000) })));
}
process.exit();

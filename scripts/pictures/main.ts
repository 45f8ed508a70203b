import { resolve } from 'node:path';
import { takePictures } from './take-pictures.ts';

// The pictures of README.md, of a made-up meeting: the real bot between the simulators, and Debian's Chromium.
const folder = resolve(import.meta.dirname, '../../docs/pictures');
for (const { name, bytes } of await takePictures(folder)) {
  process.stdout.write(`docs/pictures/${name}: ${Math.ceil(bytes / 1_000)} kB\n`);
}

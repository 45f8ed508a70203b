import { type Credentials, startPalabra } from '../../../test/simulators/palabra/index.ts';
import { serve } from '../contestants/serve.ts';
import { type LoopDelay, watchLoop } from './loop-watch.ts';
import { sentencesIn } from './script.ts';

export interface RecogniserAddress {
  readonly apiUrl: string;
  readonly streamUrl: string;
  readonly credentials: Credentials;
}

export type RecogniserCalls = {
  readonly open: (input: undefined) => Promise<RecogniserAddress>;
  /** When each sentence was sent as a final, whole and undamaged, in ms since 1970. */
  readonly heard: (input: undefined) => ReadonlyMap<string, number>;
  readonly loop: (input: undefined) => LoopDelay;
};

const heard = new Map<string, number>();
const look = watchLoop();

serve({
  async open() {
    const palabra = await startPalabra();
    palabra.on('final', ({ text, sentAt }) => {
      for (const sentence of sentencesIn(text)) heard.set(sentence, sentAt);
    });
    const { apiUrl, streamUrl, credentials } = palabra;
    return { apiUrl, streamUrl, credentials };
  },
  heard: () => heard,
  loop: () => look(),
} satisfies RecogniserCalls);

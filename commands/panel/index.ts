import type { ParleyControl } from '../shared/context.ts';
import { closeAllLinksButton, closeMyLinksButton, livePageButton } from './live-page.ts';
import { soFarButton } from './minutes-so-far.ts';
import { myLanguageButton, myLanguageMenu } from './my-language.ts';
import { myPauseMenu } from './my-pause.ts';
import { pauseButton, resumeButton, stopButton } from './steering.ts';
import { translateButton, translateForm } from './translating.ts';

/** All controls of a meeting's panel. */
export const panelControls: readonly ParleyControl[] = [
  pauseButton,
  resumeButton,
  stopButton,
  translateButton,
  translateForm,
  myLanguageButton,
  myLanguageMenu,
  myPauseMenu,
  soFarButton,
  livePageButton,
  closeMyLinksButton,
  closeAllLinksButton,
];

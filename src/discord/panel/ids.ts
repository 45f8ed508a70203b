/** The custom ids of the panel's buttons. `commands/panel` holds what each does. */
export const PANEL_IDS = {
  pause: 'p1:pause',
  resume: 'p1:resume',
  stop: 'p1:stop',
  translate: 'p1:translate',
  reads: 'p1:reads',
  soFar: 'p1:so-far',
  live: 'p1:live',
  closeMyLinks: 'p1:close-my-links',
  closeAllLinks: 'p1:close-all-links',
} as const;

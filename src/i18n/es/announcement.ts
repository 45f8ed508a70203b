export const announcement = {
  minutesElsewhere: 'El acta está en {channel}.',
};

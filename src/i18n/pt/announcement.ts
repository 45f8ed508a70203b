export const announcement = {
  minutesElsewhere: 'A ata está em {channel}.',
};

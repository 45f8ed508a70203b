export const announcement = {
  minutesElsewhere: 'Le compte rendu est dans {channel}.',
};

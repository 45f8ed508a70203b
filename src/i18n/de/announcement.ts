export const announcement = {
  minutesElsewhere: 'Das Protokoll steht in {channel}.',
};

export const announcement = {
  minutesElsewhere: 'The minutes are in {channel}.',
};

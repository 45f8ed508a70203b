export const announcement = {
  minutesElsewhere: '議事録は {channel} にあります。',
};

export const live = {
  connecting: 'Conectando…',
  live: 'En vivo',
  lost: 'Conexión perdida, intentando de nuevo…',
  over: 'La reunión ha terminado.',
  ended: 'Ya no puedes leer esto.',
  textSize: 'Tamaño del texto',
  smaller: 'Texto más pequeño',
  larger: 'Texto más grande',
  noScript: 'Esta página necesita JavaScript.',
  nothing:
    'Aquí no hay nada que ver. Quizá el enlace sea demasiado antiguo: pulsa «Página en vivo» en el panel de la reunión para obtener otro.',
  notForYou: 'La página en vivo es para quienes pueden leer el canal en el que se escribe esta reunión.',
  invitation:
    'Una página donde crece lo que se dice, en el idioma que elegiste en «Mi idioma». El enlace es solo tuyo: quien lo tenga lee también. Vale doce horas.',
};

export const live = {
  connecting: 'Conectando…',
  live: 'En vivo',
  lost: 'Conexión perdida, intentando de nuevo…',
  over: 'La reunión ha terminado.',
  ended: 'Ya no puedes leer esto.',
  closed: 'Este enlace ha terminado. Pulsa «Página en vivo» en el panel de la reunión para obtener otro.',
  gaveWay:
    'Has abierto esta página más de cinco veces, así que esta se ha detenido. Cárgala de nuevo para seguir leyendo aquí.',
  stopped: 'Esta página se ha detenido. Cárgala de nuevo para seguir leyendo.',
  later: 'Se ha pedido demasiado a la vez, o Discord no responde. Carga esta página de nuevo en unos segundos.',
  textSize: 'Tamaño del texto',
  smaller: 'Texto más pequeño',
  larger: 'Texto más grande',
  noScript: 'Esta página necesita JavaScript.',
  nothing:
    'Aquí no hay nada que ver. Quizá el enlace sea demasiado antiguo: pulsa «Página en vivo» en el panel de la reunión para obtener otro.',
  notForYou: 'La página en vivo es para quienes pueden leer el canal en el que se escribe esta reunión.',
  invitation:
    'Una página donde crece lo que se dice, en el idioma que elegiste en «Mi idioma». El enlace es solo tuyo: quien lo tenga lee también. Vale doce horas; «Cerrar mis enlaces» lo termina antes.',
  closeMine: 'Cerrar mis enlaces',
  closeAll: 'Cerrar todos los enlaces',
  closedMine:
    '{count, plural, =0 {No tienes ningún enlace a la página en vivo de esta reunión.} one {Tu enlace está cerrado, y las páginas que abrió han terminado.} other {Tus # enlaces están cerrados, y las páginas que abrieron han terminado.}}',
  closedAll:
    '{count, plural, =0 {No hay enlaces a la página en vivo de esta reunión.} one {Un enlace a la página en vivo de esta reunión está cerrado, y las páginas que abrió han terminado.} other {Los # enlaces a la página en vivo de esta reunión están cerrados, y las páginas que abrieron han terminado.}}',
  mayNotCloseAll: 'Solo quien administra este servidor puede cerrar los enlaces de otros.',
};

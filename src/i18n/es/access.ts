export const access = {
  stage: '{channel} es un escenario. Solo puedo escuchar en canales de voz normales: reuníos en uno.',
  full: '{channel} está lleno ({limit, plural, one {# persona} other {# personas}}). Sube su límite en uno, o dame Mover miembros.',
  noMessages: '{channel} no admite mensajes: elige un canal de texto.',
  locked: '{channel} está bloqueado: elige otro canal.',
  missing:
    'En {channel} me {count, plural, one {falta el permiso} other {faltan los permisos}} {names}. Dáselo a mi rol en los ajustes de ese canal y vuelve a intentarlo.',
  ViewChannel: 'Ver canal',
  Connect: 'Conectar',
  SendMessages: 'Enviar mensajes',
  SendMessagesInThreads: 'Enviar mensajes en hilos',
  EmbedLinks: 'Insertar enlaces',
  AttachFiles: 'Adjuntar archivos',
  unseen: 'No veo {channel}: da a mi rol el permiso **Ver canal** allí.',
  notManager:
    'Esto es para quienes pueden gestionar el servidor o sus canales (**Gestionar servidor** o **Gestionar canales**): pídeselo a alguien así.',
  mayNotHear: 'Tú no puedes entrar en {channel}, así que no escucho allí por ti.',
  mayNotWrite: 'Tú no puedes escribir en ese canal de texto, así que no escribo allí por ti.',
  somebodyElses: 'Esa reunión es de otra persona: entra en {channel}, o pídeselo a {starter} o a un moderador.',
  mayNotChoose:
    'Esto vale para todos aquí, así que lo eligen quienes pueden gestionar el servidor o sus canales (**Gestionar servidor** o **Gestionar canales**) y, mientras hay una reunión, también quien la inició o está en ella.',
  hiddenMeeting:
    'En este servidor ya se está transcribiendo una reunión, en canales que no puedes leer ni escuchar. Solo puedo estar en un canal de voz por servidor.',
  joinToStart:
    'No estás en {channel}, así que su gente no vería quién la empieza: entra primero. Quien gestiona este servidor puede empezarla desde fuera.',
};

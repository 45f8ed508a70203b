export const router = {
  serversOnly: 'Solo funciono en servidores: usa este comando en un canal de un servidor en el que estoy.',
  notInServer: 'No estoy en este servidor. Alguien que pueda gestionarlo tiene que añadirme primero: <{url}>',
  unknownCommand: 'Ya no conozco este comando. Recarga Discord (Ctrl+R) y mira lo que ofrezco ahora.',
  outdatedControl: 'Esto es de una versión anterior de mí y ya no hace nada.',
  failed:
    'Algo ha fallado por mi parte. Inténtalo de nuevo; si vuelve a pasar, dale a quien me administra la referencia {reference}.',
};

import type { Vocabulary } from './vocabulary.ts';

const DAY = 'lunes/martes/miércoles/jueves/viernes/sábado/domingo/fin_de_semana';
const PART = 'mañana/tarde/noche/mediodía';
const MONTH =
  'enero/febrero/marzo/abril/mayo/junio/julio/agosto/septiembre/octubre/noviembre/diciembre/primavera/verano/otoño/invierno/navidad';
const NTH =
  '#/uno/primero/dos/tres/cuatro/cinco/seis/siete/ocho/nueve/diez/once/doce/trece/catorce/quince/dieciséis/diecisiete/dieciocho/diecinueve/veinte/veinti*/treinta/treinta_y_uno';
const COUNT = '#/un/una/dos/tres/cuatro/cinco/seis/diez/quince/unos/unas/un_par_de';
const LENGTH = 'minuto/minutos/hora/horas/rato/día/días/semana/semanas/mes/meses';
const WHOM = 'te/le/les/os/se/lo/la/los/las/me';
/** First persons of what others wait for: they end in -o, as nouns do, so each is named. */
const I_DO =
  'hago/mando/envío/escribo/llamo/pregunto/preparo/busco/traigo/llevo/compro/reviso/miro/paso/aviso/digo/confirmo/termino/encargo/ocupo/organizo/reservo/pido/pongo/subo/arreglo/imprimo/comento/consulto/entrego/apunto/cuento/hablo/actualizo/recojo/redacto/corrijo/comparto/verifico/averiguo/doy/coso/monto/pruebo/contacto/vuelvo_a';
/** Other first persons. Pronouns, adverbs, numbers and what one merely is or has end in -o as well. */
const I_DO_SOMETHING =
  '*o!lo/yo/no/todo/como/cómo/cuando/cuándo/cuanto/cuánto/mucho/poco/tanto/algo/otro/mismo/nuevo/bueno/solo/sólo/medio/bajo/luego/pronto/pero/sino/cuatro/cinco/ocho/tengo/puedo/quiero/creo/pienso/debo/suelo/espero/estuvo/hubo/hizo/dijo/tuvo/vino/pudo/quiso/puso/trajo/veo/salgo/vengo/*ado';

export const es: Vocabulary = {
  hasSpaces: true,
  hesitations: ['eh', 'em', 'mmm', 'este', 'ah', 'ay', 'uf', 'uy', 'hum'],
  openers: [
    'bueno/vale/sí/no/pues/y/pero/entonces/venga/ok/okey/perfecto/genial/estupendo/claro/oye/oiga/oigan/mira/así_que/bien/muy_bien/de_acuerdo',
    'a_ver/o_sea/la_verdad/en_fin/por_cierto/ya/excelente/listo/menos_mal/ahora/es_que/luego/además/también/hombre/gracias/en_serio/sí_claro/ojalá',
  ],
  smallTalk: [
    '^ hola/buenas/buenos días/tardes/noches (a) (todos/todas/todo_el_mundo) $',
    '^ hola/buenas/chao/chau/adiós (a) (todos/todas/tardes/días/noches) $',
    '^ (hola) buenos/buenas días/tardes/noches',
    '^ (muchas) gracias (a) (todos/todas/ti) $',
    'oye/oyen/oís/escucha/escuchan/escucháis/ve/ven/veis bien',
    'se_me/me oye/oyen/oís/escucha/escuchan/escucháis/ve',
    'ven/veis/ves mi_pantalla/la_pantalla',
    'qué_tal/cómo_estás/cómo_están/cómo_estáis/cómo_va/cómo_te_va/cómo_les_va',
    'empezamos/comenzamos/arrancamos $',
    'vamos empezando/comenzando',
    'perdón/disculpa/disculpen/perdonad (llego/el/por) (tarde/retraso)',
    'no_pasa_nada/no_te_preocupes/no_se_preocupen/de_nada',
    'nos_vemos/hasta_luego/hasta_mañana/hasta_el/hasta_la_próxima',
    'estamos/están/estáis todos/todas',
    'comparto (mi) (la) pantalla',
  ],
  questions: {
    words: [
      'quién/quiénes/qué/cuál/cuáles/cuándo/cuánto/cuánta/cuántos/cuántas/dónde/cómo/por_qué/para_qué/a_quién/de_quién/adónde',
    ],
    unmarked: [
      'quería/quisiera/querría/me_gustaría preguntar/saber (si/quién/qué/cuándo/cuánto/dónde/cómo/por_qué/cuál)',
      'me_pregunto/no_sé si/quién/qué/cuándo/cuánto/dónde/cómo/por_qué ... alguien_sabe',
      'mi/la/una pregunta es/sería si/quién/qué/cuándo/cuánto/dónde/cómo/por_qué/cuál',
      'la_duda es/sería',
    ],
    never: [
      'se_me/me oye/oyen/oís/escucha/escuchan/escucháis/ve',
      'ven/veis/ves/se_ve mi_pantalla/la_pantalla/bien',
      'qué_tal/cómo_estás/cómo_están/cómo_estáis/cómo_va/cómo_te_va/cómo_les_va',
      'empezamos/comenzamos/arrancamos/seguimos/pasamos/continuamos/votamos $',
      'algo/alguna/algún más/duda/pregunta/dudas/preguntas/otra_cosa',
      'qué me_he/me_perdí/he perdido/perdí',
      'qué (le/se) (le) vamos/va/vas a_hacer/hacerle',
      'qué_le_vamos/qué_se_le_va',
      'quién (no) sabe $',
      'quién no',
      'quién ... hoy_en_día/a_estas_alturas/ya/nunca $',
      'quién aprende/entiende_eso/lo_diría',
      'no/verdad/eh/cierto/sí/vale/de_acuerdo/ok/okey/te_parece $',
      '^ en serio/de_verdad/cómo/qué/perdón/tan_*/ya $',
      'tan *o/*e $',
      'qué_quieres_decir/a_qué_te_refieres/te_acuerdas/se_acuerdan/os_acordáis/sabes_qué',
      'estamos/están/estáis todos/todas',
      'dónde estábamos/íbamos/nos_quedamos',
      'me (estáis/están) escuchando/oyendo',
    ],
    answeredAtOnce: ['^ no/nadie/porque/nada $', '^ porque/nadie', '^ hecho $'],
    whoWill: ['quién/quiénes', 'alguien/voluntario/voluntaria/voluntarios'],
  },
  leftOpen: [
    'ni_idea/no_sé/no_lo_sé/no_sabría/no_tengo_idea/no_me_acuerdo',
    'buena/difícil pregunta',
    'ya_veremos/ya_se_verá/ya_lo_veremos/veremos/vete_a_saber/quién_sabe/a_saber',
    'depende',
    'habría/hay/tendría/tendríamos/tenemos que preguntar/preguntarlo/preguntarle/mirar/mirarlo/ver/verlo/consultar/consultarlo/pensarlo/hablarlo',
    'no estoy seguro/segura',
    'pasemos/pasamos a',
    'lo dejamos/vemos/hablamos pendiente/luego/después/otro_día',
    'eso no (me) (lo) (dijo/sé/sabemos)',
    'ojalá/espero_que',
    'pues_lloramos',
    'no se_sabe/está_claro/está_decidido',
    'todavía/aún no (se) sabe/sabemos/está',
    'lo_vemos/lo_hablamos/lo_miramos',
  ],
  promises: {
    says: [
      `te/le/les/os/se (lo/la/los/las) ${I_DO}`,
      `yo ${WHOM} (lo/la/los/las) ${I_DO}`,
      `yo ${I_DO}`,
      `(lo/la/los/las) ${I_DO} yo`,
      'me (encargo/ocupo) encargo/ocupo/comprometo/pongo_con/apunto_a',
      'yo me encargo/ocupo',
      'déjamelo/déjenmelo/dejádmelo/déjalo/cuenta/cuenten/contad a_mí/conmigo/en_mis_manos',
      'me/lo/la/los/las/te/le/les/os *ré',
      'tendré/haré/mandaré/enviaré/escribiré/llamaré/prepararé/buscaré/traeré/llevaré/compraré/revisaré/miraré/pasaré/avisaré/confirmaré/terminaré/hablaré/preguntaré/pondré/subiré/pediré/organizaré/intentaré',
      'voy_a hacer/mandar/enviar/escribir/llamar/preparar/buscar/traer/llevar/comprar/revisar/mirar/pasar/avisar/confirmar/terminar/hablar/preguntar/poner/subir/pedir/organizar/intentar/arreglar/imprimir/consultar/reservar/ver_si/encargarme/ocuparme/*arle/*arles/*arlo/*arla/*arlos/*erlo/*irle/*arte/*aros',
      'puedo *arle/*arles/*irle/*irles/*erlo/*arlo/*arla/*arlos/*arte/*irte/*ir/*ar/hacer/hacerlo/traer',
      'lo_tienes/la_tienes/lo_tenéis/la_tenéis/lo_tienen/la_tienen/los_tienen/las_tienen/los_tenéis/las_tenéis ... el/mañana/para/esta/antes/hoy',
      'prometo/me_comprometo/dalo_por_hecho/cuenta_con_ello/cuenten_con_ello/eso_está_hecho',
      'deja/dejad/dejen (que) (yo) (me) lo/la hago/haga/mire/pregunte',
    ],
    withTime: [
      `${I_DO}`,
      `te/le/les/os/se_lo/se_la/se_los/se_las (lo/la/los/las) ${I_DO_SOMETHING}`,
      `los/las ${I_DO_SOMETHING}`, // “lo” and “la” stand before nouns that end in -o, too
      `mañana/hoy/luego/esta_tarde/esta_noche/el_lunes/el_martes/el_miércoles/el_jueves/el_viernes ${I_DO_SOMETHING}`,
      'voy_a',
    ],
    me: ['^ yo', '^ me_encargo', '^ (lo) *o yo', '^ puedo'],
    never: [
      'no (me/te/le/les/lo/la/os/se) (lo/la) puedo/voy/hago/*ré',
      'nunca/jamás/tampoco',
      '*ría/*rías/*ríamos',
      'si (yo) fuera/tuviera/supiera/pudiera/hubiera',
      'me dijiste/dijo/dijeron/preguntó/preguntaron',
      'dije/dijo/dijeron que',
      'os/les/te/se (lo) aviso/digo/recuerdo que/me/desde/no/ya/estaré',
      'les_digo/os_digo/te_digo desde_ya/la_verdad/una_cosa/que',
      'no (te/le/les/os/lo/la) estaré/voy/vendré/podré/iré/salgo/puedo',
      'me_voy/me_alegro/me_siento/me_acuerdo/me_imagino/me_parece/me_temo/me_pregunto/me_refiero/me_fío',
      'lo_siento/te_entiendo/lo_sé/te_creo/lo_entiendo/lo_dudo/te_pido_perdón/lo_prefiero',
      'voy_a ser_sincera/ser_sincero/estar/decir_una/compartir_pantalla/empezar/ver_qué_pasa',
      'comparto (mi) (la) pantalla',
      'digo yo/que_sí',
      'ya la_estoy/lo_estoy/le_escribí/le_hablé',
      'a_lo_mejor/quizá/quizás/tal_vez',
    ],
  },
  times: [
    `(para/antes_del/hasta/desde/a_partir_del/este/antes_de) (el/este) (próximo) ${DAY} (que_viene/próximo/mismo) (por_la) (${PART})`,
    `(para/antes_de/hasta) hoy/mañana/pasado_mañana (mismo) (por_la/a_la) (${PART})`,
    '(para/antes_de) esta mañana/tarde/noche/semana',
    '(para/antes_de) (la/el) (próxima/próximo/semana_que_viene/mes_que_viene/semana_próxima/mes_próximo) semana/mes/año/semana_que_viene/mes_que_viene',
    '(la/el) (próxima/próximo) semana/mes (que_viene/próxima/próximo)',
    `(para/antes_de/antes_del/a/hasta) (el/la) (fin/final/finales/principios/mediados) fin/final/finales/principios/mediados (de) (esta/este/la/el/del) semana/mes/año/${MONTH}`,
    `(para/antes_del/hasta/a_partir_del) el/del ${NTH} (de) (${MONTH})`,
    `antes_del/hasta_el ${NTH} (de) (${MONTH})`,
    `${NTH} de ${MONTH}`,
    `para/en/antes_de ${MONTH}`,
    `en/dentro_de ${COUNT} ${LENGTH}`,
    'por_la/a_la tarde/noche/mañana',
    'antes_de/después_de la reunión/comida',
    'en_cuanto_pueda/lo_antes_posible/cuanto_antes/luego_mismo/ahora_mismo',
  ],
  deadlines: ['para/antes/hasta'],
  decisions: {
    says: [
      'decidido/acordado/aprobado/adjudicado/zanjado',
      'queda/quedan/está/quedó decidido/acordado/aprobado/confirmado/cerrado',
      'quedamos (entonces/así/pues) en/así/con',
      'hemos decidido/acordado/quedado',
      'decidimos/acordamos',
      'estamos (todos) de_acuerdo (en/entonces)',
      '^ de acuerdo *',
      'trato hecho',
      'vamos_con/nos_quedamos_con/optamos_por/tiramos_con/apostamos_por',
      'pues/entonces/mejor (lo/la/los/las/nos) (no) *amos/*emos/*imos',
      'entonces se/va/van/queda/quedan/será/serán',
      '... se (corta/queda/hace/cancela/cambia/aplaza/elimina/mantiene/llama/usa) entonces/decidido/hecho/listo',
      'lo_dejamos_en/lo_hacemos_así/así_lo_hacemos/así_se_queda',
      'por_unanimidad/queda_así/hecho_pues',
    ],
    never: [
      'el/la año/mes/semana/otoño/verano/lunes/enero (pasado/pasada/anterior)',
      'el_año_pasado/la_semana_pasada/el_mes_pasado/la_última_vez/ayer/la_otra_vez/en_enero/en_febrero/en_marzo/ya_habíamos/en_su_día',
      'él/ella/ellos/grupo/jefe/cliente/dirección/ayuntamiento (de) (*) decidió/decidieron/acordó/acordaron',
      'decidió/decidieron/acordaron/acordó',
      'hay/habría/tenemos/tendríamos/falta que/por decidir/decidirlo/acordar/ver',
      'no (lo) está/hemos/se_ha decidido/acordado/cerrado',
      'podríamos/deberíamos/tendríamos/quizá/quizás/a_lo_mejor/tal_vez/si/propongo',
      'ya_veremos/veremos/vemos/pasemos/pasamos/seguimos/empezamos/hablamos/nos_vemos/lloramos/dejamos_pendiente/lo_dejamos_pendiente/estamos_con/vamos_bien/vamos_mal',
      'entonces_qué/entonces_no_sé',
      '^ de acuerdo $',
    ],
  },
};

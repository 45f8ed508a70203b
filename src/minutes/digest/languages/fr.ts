import type { Vocabulary } from './vocabulary.ts';

const DAY = 'lundi/mardi/mercredi/jeudi/vendredi/samedi/dimanche/week_end';
const PART = 'matin/midi/après_midi/soir/nuit';
const MONTH =
  'janvier/février/mars/avril/mai/juin/juillet/août/septembre/octobre/novembre/décembre/printemps/été/automne/hiver/noël/pâques';
const NTH =
  '#/premier/deux/trois/quatre/cinq/six/sept/huit/neuf/dix/onze/douze/treize/quatorze/quinze/seize/dix_sept/dix_huit/dix_neuf/vingt/vingt_et_un/vingt_deux/vingt_trois/vingt_quatre/vingt_cinq/vingt_six/vingt_sept/vingt_huit/vingt_neuf/trente/trente_et_un';
const COUNT = '#/un/une/deux/trois/quatre/cinq/six/dix/quinze/quelques';
const LENGTH = 'minute/minutes/heure/heures/jour/jours/semaine/semaines/mois';
const WHOM = 'te/vous/lui/leur/le/la/les/l/m/t/en/y/me/nous';
/** First persons of what others wait for. */
const I_DO =
  'fais/envoie/écris/appelle/rappelle/demande/prépare/cherche/apporte/ramène/achète/vérifie/regarde/passe/préviens/dis/confirme/finis/termine/occupe/charge/organise/réserve/mets/prends/imprime/rédige/corrige/partage/commande/donne/transmets/contacte/relance/teste/installe/crée/poste/récupère/traduis/relis/montre/présente/tiens/réponds/propose/imprime';
const QUESTION_WORD = 'qui/que/quoi/quel/quelle/quels/quelles/quand/où/comment/pourquoi/combien/lequel/laquelle/si';

export const fr: Vocabulary = {
  hasSpaces: true,
  hesitations: ['euh', 'heu', 'ah', 'oh', 'bah', 'ben', 'hum', 'hmm', 'hein'],
  openers: [
    'alors/bon/oui/non/et/mais/donc/ok/okay/d_accord/parfait/super/bien/très_bien/voilà/merci/génial/si/tiens/attends/bref/ensuite/puis/sinon/allez',
    'en_fait/du_coup/au_fait/à_propos/moi/enfin/franchement/excellent/écoute/écoutez/oui_alors/ça_marche/pas_de_souci/pas_de_problème/tant_mieux',
  ],
  smallTalk: [
    '^ bonjour/bonsoir/salut/coucou/bienvenue (à) (tous/toutes/tout_le_monde/tous_et_à_toutes) $',
    '^ bonjour/bonsoir/salut/coucou/bienvenue',
    '^ merci (beaucoup/bien) (à) (tous/toutes/tout_le_monde/vous/toi) (deux)',
    'm_entendez/m_entends/m_entend/vous_entendez/tu_entends/vous_voyez_mon/tu_vois_mon/voyez_mon_écran',
    'ça_va/comment_ça_va/comment_vas_tu/comment_allez_vous',
    '(est_ce_qu) on (peut) commence/démarre/commencer/y_va/attaque $',
    'excusez_moi/excuse_moi/désolé/désolée/pardon (je) (suis) (en/pour/du) (le) (retard)',
    'pas_de_souci/pas_grave/de_rien/je_vous_en_prie/ne_t_inquiète_pas',
    'bonne soirée/journée/nuit/continuation',
    'à_bientôt/à_demain/à_lundi/à_jeudi/à_vendredi/à_tout_à_l_heure/à_la_prochaine/à_plus',
    'tout_le_monde est_là/est_ici',
    'partage mon_écran',
  ],
  questions: {
    words: [
      'qui/quoi/quel/quelle/quels/quelles/quand/où/comment/pourquoi/combien/lequel/laquelle/lesquels/est_ce_que/est_ce_qu/qu_est_ce',
    ],
    unmarked: [
      `je (me) demande/demandais/voulais/voudrais/aimerais (juste/bien) (demander/savoir) ${QUESTION_WORD}`,
      `(la/ma/une) question (c_est/est/serait) (de) (savoir) ${QUESTION_WORD}`,
      'reste_à_savoir',
    ],
    never: [
      'm_entendez/m_entends/m_entend/vous_entendez/tu_entends/vous_voyez_mon/tu_vois_mon/voyez_mon_écran',
      'ça_va/comment_ça_va/comment_vas_tu/comment_allez_vous (toi/vous/bien)',
      '(est_ce_qu) on (peut) commence/démarre/commencer/y_va/attaque/continue $',
      'tout_le_monde est_là/est_ici',
      'autre/autres chose/choses/question/questions/point/points/remarques $',
      'des questions/remarques $',
      'qu_est_ce_que_tu_veux/qu_est_ce_qu_on_y_peut/que_veux_tu/que_voulez_vous $',
      'qui sait $',
      'qui ... encore ... de_toute_façon/aujourd_hui/franchement',
      'qui (a) (eu) cette_idée/ne_voudrait/n_aime/n_aimerait',
      'qui ne/n * pas',
      'n_est_ce_pas/non/hein/d_accord/ok/pas_vrai/tu_sais/vous_savez/oui/si $',
      '^ ah_bon/vraiment/sérieux/sérieusement/quoi/comment/pardon/c_est_vrai $',
      'tu_plaisantes/tu_rigoles/tu_veux_dire/tu_crois/c_est_à_dire $',
      'quelle idée $',
      'on_en_était_où/où_en_était_on/où_est_ce_qu_on_en_était',
      'pourquoi_pas $',
      'toujours le/la même $',
      'on est d_accord $',
    ],
    answeredAtOnce: ['^ parce', '^ non $', '^ personne', '^ moi malheureusement', '^ bref'],
    whoWill: ['qui', 'quelqu_un/volontaire/volontaires'],
  },
  leftOpen: [
    'sais pas/plus',
    'aucune/pas idée/la_moindre_idée',
    'bonne question',
    'ça dépend/dépendra (de/du)',
    'faut/faudra/faudrait (encore) demander/voir/essayer/vérifier/poser/réfléchir',
    'on (en/le/y) verra/reparlera/reverra/regardera/décidera/reviendra',
    'va_savoir/allez_savoir/qui_sait/mystère',
    'on garde_ça/laisse_ça/met_ça (en/de) (suspens/côté/attente)',
    'pas (encore) sûr/sûre/décidé/clair/certain/certaine/tranché',
    'ne parle/parlons/parlez pas',
    'tant_pis',
  ],
  promises: {
    says: [
      'je *rai',
      `je ${WHOM} (le/la/les/l/en) *rai`,
      `j_enverrai/j_écrirai/j_appellerai/j_irai/j_apporterai/j_achèterai/j_imprimerai/j_organiserai/j_essaierai/j_en_parlerai/j_amènerai`,
      'je m_en/m_y occupe/charge/mets/occuperai/chargerai',
      'je m_occupe/me_charge/m_occuperai/me_chargerai de/du/des/d',
      `(je) te/vous/lui/leur (le/la/les/l/en) envoie/écris/montre/transmets/donne/apporte/prépare/rappelle/appelle/préviens/dis/tiens_au`,
      'vous_l_aurez/tu_l_auras/vous_les_aurez/tu_les_auras/vous_aurez/tu_auras',
      'je vais (te/vous/lui/leur/le/la/les/l/m/en/y/me) (le/la/les/l/en) *er/*ir/*re',
      'je peux (te/vous/lui/leur/le/la/les/l/m/en) (le/la/les/l/en) faire/envoyer/demander/appeler/écrire/relire/vérifier/préparer/apporter/passer/rédiger/réserver/imprimer/prendre/regarder/chercher/contacter/corriger/traduire/*er',
      'laisse/laissez (moi) faire/moi_ça/m_en_occuper',
      'compte/comptez sur_moi',
      'je (te/vous) (le) promets',
      'c_est_promis/promis_juré/c_est_noté_pour_moi',
      'je prends ça/le_relais/en_charge/contact',
    ],
    withTime: [
      `je (${WHOM}) (le/la/les/l/en) ${I_DO}`,
      'je !suis/ai/crois/pense/trouve/dois/veux/sais/vois/comprends/connais/travaille/propose/serai/peux/pourrais/me/rappelle/n/ne/regarde/commence/crains/espère',
    ],
    me: ['^ moi', '^ c_est_moi', '^ je', '^ je_m_en'],
    never: [
      'je ne/n',
      'je (me/te/vous/le/la/les/lui/y/en/l) * pas/plus/jamais/rien',
      '*rais/*riez/*rait',
      'j_aurais/je_serais/j_avais/je_pourrais/je_voudrais/j_aimerais/je_prendrais/je_dirais',
      'si j/je/on avais/étais/pouvais/avait',
      'je serai (en/là/absent/absente/pas/ravi/ravie/bref/honnête)',
      'j_ai/j_avais/je_suis/je_crois/je_pense/je_trouve/je_dois/je_veux/je_sais/je_vois/j_espère/je_comprends/je_me_doutais/je_rappelle/je_le_rappelle/j_ai_dit/je_connais/je_peux_pas/je_travaille/je_propose',
      'je (te/vous) (l) avoue/assure/crois/dis_que/garantis/rassure',
      'je te_crois/vous_crois/te_dis/vous_dis (que/pas/ça)',
      'je (vais/commence) être/commencer/dire_que/dire_une/partager',
      'je partage mon_écran',
      'a/ont/m_a/m_ont dit/demandé/promis/répondu',
      'je (me) demande',
      'je regarde $',
    ],
  },
  times: [
    `(d_ici/avant/pour/jusqu_à/dès/à_partir_de/ce/le/d_ici_à) (le/ce) ${DAY} (prochain/matin/midi/soir/après_midi/qui_vient) (prochain/au_plus_tard)`,
    `(d_ici/avant/pour/dès/jusqu_à) (à) demain/après_demain/aujourd_hui (${PART}) (au_plus_tard)`,
    `(d_ici/avant/pour/dès) ce/cet/cette ${PART}/semaine/mois`,
    `(d_ici/avant/pour/à) (la/le) (fin/début/mi) fin/début/milieu (de/du) (la/le/ce/cette) semaine/mois/journée/année/${MONTH}`,
    `(d_ici/avant/pour) (la/le) semaine/mois prochaine/prochain/qui_vient`,
    `(d_ici/avant/pour/jusqu_au/à_partir_du) (le) le/au/du ${NTH} (${MONTH})`,
    `d_ici/avant/en/pour (fin/début/mi) ${MONTH}`,
    `dans/d_ici/sous ${COUNT} ${LENGTH}`,
    `la semaine/le_mois prochaine/prochain/qui_vient`,
    'avant/après/d_ici la/le/ma réunion/déjeuner/pause',
    'tout_de_suite_après/tout_à_l_heure/dès_que_possible/au_plus_vite',
  ],
  deadlines: ['d_ici/avant/pour/jusqu'],
  decisions: {
    says: [
      'c_est/est (donc/alors) décidé/entendu/réglé/acté/convenu/tranché/adopté/validé/acquis',
      '^ adopté/accordé/décidé/entendu/validé/approuvé/convenu/vendu',
      'on/nous (est/sommes) (donc/tous/bien) (tous) (d_accord) d_accord (pour/sur/là_dessus)',
      'on/nous (a/avons) (donc/alors) décidé/convenu/choisi',
      '(donc/alors/bon) on (va) (donc) (donc/alors) prendre/garder/faire/choisir/partir/rester/supprimer/annuler/reporter',
      'on (donc) prend/garde/fait/choisit/part/reste/supprime/annule/reporte/procède/adopte/commence/retient/arrête/passe_à/laisse_tomber/change/opte/abandonne (donc)',
      'on se_retrouve/part_sur/part_là_dessus/reste_sur/se_met_d_accord/fait_comme_ça/dit_ça',
      'ce_sera/va_pour',
      'marché conclu',
      'à_l_unanimité',
    ],
    never: [
      'l_an/l_année/la_semaine/le_mois/la_dernière/la_fois dernier/dernière/passé/passée/fois',
      'l_an_dernier/l_année_dernière/hier/autrefois/à_l_époque/en_janvier/en_février/en_mars/la_dernière_fois',
      'on avait/a_déjà (dit/décidé)',
      'ils/elles/elle/il/direction/mairie/banque/préfet/chef (ont/a/avait) (déjà) décidé/tranché/choisi',
      'faut/doit/devrait/pourrait/faudrait/devrions/pourrions/reste (encore) que/qu_on/qu_il/à/décider',
      'on devrait/pourrait/verra/doit/peut/avait/en_reparle/aurait/voit/se_voit',
      'peut_être/si_on/éventuellement/à_mon_avis',
      'pas (encore) décidé/tranché/d_accord',
      'je propose/prendrais/pense/crois',
      'passons/continuons/commençons/on_commence_quand/on_démarre/on_continue',
      'on_garde_ça/on_met_ça/on_laisse_ça/on_fait_quoi/on_fait_comment/on_fait_une_pause',
      '^ d_accord $',
      '^ on_est_d_accord $',
    ],
  },
};

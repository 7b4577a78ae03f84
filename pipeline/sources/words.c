#include "sources/words.h"

/* Given names heard in France and around: enough to know a person, never asked to be complete
 * (a name of the list of participants, or followed by a place or a role, is known too). */
static const char *const given[] = {
  "adam adama adele adeline adrian adrien agathe agnes ahmed aicha aida aissa aissatou alain alan alba albane albert alberto",
  "alejandra alejandro alex alexandra alexandre alexia alexis alfred ali alice alicia alienor aline alix alizee aloys alphonse",
  "alvaro amadou amandine amaury ambre amel amelie amin amina amine aminata amir ana anais andre andrea andree andres andrew",
  "angel angela angele angelina angelique anh anissa anita ann anna annabelle anne annette annick annie anouk anselme anthony",
  "antoine antoinette anton antonia antonin antonio apolline ariane ariel arlette armand armel armelle arnaud arthur asma",
  "assia astrid aubin aude audrey auguste augustin aurelia aurelie aurelien aurore awa axel axelle aymeric aziz azra",
  "baptiste barbara barnabe basile bastien beatrice beatriz benedicte benjamin benoit bernadette bernard berenice berthe",
  "bertrand bettina bilal blaise blandine boris boubacar brahim brendan brian brice brieuc brigitte bruno",
  "camille candice carine carla carlos carmen carole carolina caroline cassandra catalina catherine cathy cecile cedric celeste",
  "celestin celia celine cesar chantal charlene charles charlie charlotte cheikh chloe chris christel christelle christian",
  "christiane christina christine christophe christopher cindy claire clara clarisse claude claudette claudia claudie claudine",
  "clemence clement clementine cleo clotilde colette colin coline come constance coralie corentin corinne corentine cosima",
  "cristina cyprien cyril cyrille daisy damien dan daniel daniela daniele danielle danny daphne david deborah delphine denez",
  "denis denise desire diana diane didier diego dimitri djamel djamila djibril dolores dominique dora doriane dorothee driss",
  "eddy edgar edith edmond edouard edwige eglantine elena eleonore eliane elias elie eliott elisa elisabeth elise eliza",
  "elizabeth ella ellen eloi eloise elodie elsa elvire emeline emeric emile emilie emilien emilio emma emmanuel emmanuelle",
  "enora enrique enzo eric erica erwan erwann estelle esteban esther etienne eugene eugenie eva evan eve evelyne fabian fabien",
  "fabienne fabio fabrice fadila faiza fanch fanny fanta farah farid farida fatima fatiha fatma fatou fatoumata felicia felicie",
  "felix ferdinand fernando fiona firmin flavie fleur flora florence florent florentin florian floriane fouad france francesca",
  "francesco francine francis francisco franck francois francoise frank fred freddy frederic frederique gabin gabriel gabriela",
  "gabriele gabrielle gael gaelle gaetan gaelig garance gaspard gaston gauthier gautier genevieve geoffrey geoffroy george",
  "georges georgette gerald geraldine gerard germain germaine ghislain ghislaine gilbert gilberte gildas gilles gina ginette",
  "giulia gladys gloria goulven grace graziella greg gregoire gregory guenole guilhem guillaume guillemette gurvan gustave guy",
  "gwenael gwenaelle gwendal gwendoline gwenn gwenola habib hadrien hakim hamid hamza hanna hannah harold haroun hassan hawa",
  "heather hector hedwige helena helene heloise henri henriette henry herve hicham hilda hippolyte hoel honore honorine hortense",
  "houda hubert hugo hugues ian ibrahim ibrahima idriss ignacio igor ilan ilyes imane imen ines ingrid irene irina iris isa",
  "isaac isabel isabella isabelle isaure ismael issa ivan jack jackie jacky jacob jacqueline jacques jade jakez jalil james jamel",
  "jamila jan jane janet janine jasmine jason javier jean jeanette jeanine jeanne jeannette jennifer jenny jeremie jeremy jerome",
  "jessica jim joachim joan joanna joao joaquin jocelyn jocelyne joe joel joelle johan johann johanna john jonas jonathan jordan",
  "jordi jorge jose josee joseph josephine josette josiane josselin juan juana judith jules julia julian juliana julie julien",
  "juliette juline justine kader kamel kamila karen karim karima karine karl kate katell katia kathleen katia kelly ken kenza",
  "kevin khadija khaled kim kristell laetitia laila lamia lara latifa laura laure laureline laurence laurene laurent laurie lea",
  "leandre leila lena lenaig leo leon leonard leonie leonor leopold leslie leyla lila lili lilia lilian liliane lily lina",
  "linda line lionel lisa lisbeth lise lison loan loeiza loic lola lorena lorenzo lorraine lou louane louis louisa",
  "louise louison luc luca lucas luce lucia lucie lucien lucienne lucile lucille lucy ludivine ludovic luis luisa luna lydia",
  "lydie lyse maelle mael maela maelig maeva magali maguelone mai maia maite malek malika malo malou mamadou manon manel manuel",
  "manuela marc marceau marcel marcelle marco marcos margaret margaux margot maria mariam mariama mariana marianne marie",
  "marielle marilyn marilyne marin marina marine mario marion marise marjolaine marjorie mark marlene marthe martin martina",
  "martine marty mary maryam maryline maryse maryvonne mateo mathias mathieu mathilde mathis mathurin matteo matthew matthias",
  "matthieu maud maurice max maxence maxime maya mehdi melanie melina melissa mercedes meriem messaoud michael michaela michel",
  "michele micheline michelle mickael miguel mihai mike milan milena mireille miriam moctar modibo mohamed mohammed moise mona",
  "monica monique morgan morgane mouna mourad moussa muriel mustapha myriam nabil nadege nadia nadine naima nancy narcisse",
  "nassim natacha natalia nathalie nathan nathanael nawal neil nelly nelson nicholas nick nicolas nicole nils nina noe noel",
  "noelle noemie nolwenn nora norbert nordine norma nour octave odette odile olga olivia olivier omar ombeline oriane orlane",
  "oscar ouassim oumar oumou ousmane pablo paco pascal pascale pascaline patrice patricia patrick patxi paul paula paule",
  "paulette pauline pedro peggy peio perrine peter philibert philippe philomene pierre pierrette pierrick pilar prosper quentin",
  "rachel rachid rachida rafael rafik raissa ralph ramon raphael raphaelle raul raymond raymonde rebecca regine regis reine remi",
  "remy renaud rene renee reynald riad ricardo richard rita riwal robert roberto robin rodolphe rodolfo rodrigo rodrigue roger",
  "roland rolande romain romane romeo romuald ronan roozbeh rosa rosalie rosalia rose roselyne rosemary rosine roxane ruben",
  "ruth ryan sabine sabrina sacha said salah salif salima sally salma sam samantha sami samia samira samuel samy sandra",
  "sandrine santiago sara sarah saskia sean sebastian sebastien segolene selim selma serena serge sergio severin severine",
  "sibylle sidonie sihem simon simone sixtine sofia sofiane solange solene soledad solenn solenne soline sonia sophia sophie",
  "soizic stan stanislas stella stephan stephane stephanie stephen steve steven sue suzanne suzette suzy sylvain sylvaine",
  "sylvestre sylvette sylviane sylvie tania tanguy tarek tatiana teddy teo teresa tess thea theo theodora theodore theophile",
  "therese thibault thibaud thibaut thierry thomas tiago tim timothe timothee timothy titouan tom tomas tony toufik tristan",
  "tugdual ulysse ursula vadim valentin valentina valentine valere valeria valerie valery vanessa vera veronica veronique",
  "vicente vicky victor victoria victorine vincent vincente viola violaine violette virginia virginie vivian viviane vladimir",
  "walid walter wendy wilfried william willy wilson xavi xavier yacine yael yan yann yanis yannick yannig yasmina yasmine",
  "yassine yohan yohann yolande youen youna youssef ysee yuna yves yvette yvon yvonne zacharie zahra zakaria zelie zoe zohra",
  NULL,
};

/* French, English and Spanish words that open a label, a heading or a topic. */
static const char *const common[] = {
  "a accueil acces achat achats acte actes action actions activite activites activity actualite actualites adresse address age",
  "agence agenda agriculture aide aides air alerte alert alerta alertes alimentation ambiance amelioration ami amis amour an",
  "animation animateur animatrice annexe annonce annonces annuaire ans antenne appel appels application apres aprem",
  "apremidi argent arret arrets art article artisans aspect assemblee asso association associations atelier ateliers atout atouts",
  "attente attentes attention attendus au aujourd aussi autre autres avant avantage avantages avec avertissement aviso avis bac banque",
  "banques bar base bateau batiment beau bebe benevolat benevoles besoin besoins bibliotheque bien bienvenue bilan blocage bon",
  "bonjour bois boite bonne bonnes boulangerie boulangeries budget bug bulletin bureau bus but buts cadre cafe caisse",
  "calendrier camion camping cantine capacite car carnet carte cartes cas cause cave cela centre ce ces chaine chanson chantier",
  "chantiers charge chat chauffage chemin chez chiffre chiffres chose choses cinema circulation citation cite classe classes cle",
  "clef clefs client clinique club coeur colis collecte college colleges combien comite comment commentaire commentaires comments",
  "commerce commerces commission commune communes communication communaute communautes compte comptes conclusion concert",
  "condition conditions conference confinement congres conseil conseils consequence consequences consigne consignes constat",
  "constats consultation contact contacts contenu contexte contrainte contraintes contre coordination coordonnees copie corps",
  "cote couches coupure courrier courriels cours courses couturieres couture covid crainte crea creche creches credit crise",
  "cuisine culture cp dans danger date dates de debat debut deces dechets dechetterie decheterie decision decisions",
  "defi defis definition degats delai delais demain demande demandes demarche demarches dent departement depart deplacement",
  "deplacements depuis derniere dernier des description dessin detail details deux devis devoirs difficulte difficultes dimanche",
  "direction discussion discussions dispositif divers document documentation documents domaine don dons donc donnees dont",
  "dossier doute droit droits du duree eau eaux echange echanges echeance ecole ecoles ecran editeur education effet effets",
  "eglise elargissement election elections electricite eleves elus email en encore energie enfance enfant enfants enjeu",
  "enjeux enquete ensuite entraide entreprise entreprises entretien envie epicerie epiceries equipe equipes espace esperance essai",
  "essence est et etape etapes etat ete etude etudiants euro euros evenement evenements exemple exemples experience experiences",
  "excuse explication expo externe face facteur faire fait faits familles famille fauteuil femmes fermeture feedback fete fichier",
  "fil film fin finances financement fleurs flash flux foire fonction fonctionnement fonds force forces formation formations",
  "formulaire forum foyer frein freins froid fuite futur garage garde gare gares gel gestion gens gouvernance grace grand graines",
  "groupe groupes guide gymnase habitants halle halles hebergement hier histoire hiver hopital hopitaux horaire horaires heure",
  "heures humeur hygiene ici idea ideas idee idees identifiant il ils image impact important importants imprimante imprimantes inconvenients",
  "indicateurs info infos information informations initiative initiatives inscription inscriptions installation institution",
  "intention intentions interet internet interne intervenants interventions intro introduction invitation inquietude inquietudes",
  "issue item jamais janvier jardin jardins jeudi jeu jeunes jeunesse jeux jour journal journee jours juillet juin justification",
  "kit la lait langue le lecon lecture les lettre lettres levier leviers liaison lien liens lieu lieux ligne limites liste listes",
  "livraison livraisons livre livres local locaux logement logements logiciel logiciels loi loisirs loyer loyers lundi lycee lycees",
  "machine machines magasin magasins mai mail mails mairie mairies maison maisons mal mardi marche marches mars masque masques",
  "materiel materiels matin mecanique mediatheque medias medecin medecins meeting mel menage mention mer merci mercredi message",
  "messages mesure mesures meteo methode methodes metier metiers midi mieux ministere mission missions mobilite mode modalites",
  "modele mon monde montant moral mot mots motif moyen moyens mur musee musique navette nb ne nettoyage nom nombre nos nota note",
  "notes notre nous nouveau nouveautes nouvelle nouvelles novembre nuit numero numeros numerique objectif objectifs objet",
  "obligation observation observations occasion octobre offre offres on option options or ordi ordinateur ordinateurs ordre",
  "organisation organisations orientation origine ou oui outil outils ouverture ouvertures page pages pain panier paniers panne",
  "pannes papier par parc parcours parents parking parole part partage partenaire partenaires participation participants",
  "participant participante participantes pas passage patient patients pause pays peche pensee periode permanence permanences",
  "personne personnes petit peur peurs pharmacie pharmacies phase philosophie photo photos piece pieces piste pistes",
  "piscine place plage plaisir plan plans planning plateforme pluie plus poste postes point points police politique",
  "pont population port porte portail possibilite possibilites pour pourquoi pratique pratiques precision precisions",
  "premier premiere presence presences present presente presentes presents presentation presse pret prets principe principes",
  "priorite priorites prise prix probleme problemes problem problems procedure prochain prochaine prochaines prochains production",
  "produits programme projet projets propos proposition propositions proverbe public publication publics puis qualite quand quartier",
  "quartiers que quel quelle quelles quels quelque question questions questionnement questionnements qui quoi quotidien radio raison",
  "raisons randonnee rappel rappels rapport ravitaillement reactions realisation recap recette recettes recherche reflexion",
  "reflexions refus regard regards region regle regles relais relation relations remarque remarques remerciement remerciements",
  "rdv rendez repas reponse reponses repos reseau reseaux reserve ressource ressources resultat resultats resume restaurant retour",
  "retours reunion reunions reve rien risque risques riposte route routes rue rues rythme saison salle salles samedi sante sauf",
  "savoir scenario secours secretariat secteur section securite semaine semaines seniors sens sentiment ses services",
  "service seul si signalement signature site sites situation soin soins soir soiree solidarite solidarites solution solutions",
  "sommaire sondage sortie sorties souci soucis souhait souhaits source sources soutien soutiens special sport sports stade",
  "stage statut structure suggestion suggestions suite suites suivi sujet sujets super sur synthese systeme tablette tablettes tache",
  "taches tarif taxi technique tel telephone teletravail temoignage temoignages temps terrain territoire tests texte textes",
  "theatre theme themes tiers tirage titre todo toilettes tour tous tout toute toutes tourisme train trains transport transports",
  "travail travaux tri tutoriel type un une urgence urgences urgent usage usages usine utilisation vacances valeur",
  "valeurs vendredi vent vente ventes vers version viande victoire video videos vie vigilance village villages ville villes vin",
  "virus visio visite visites voici voila voir voisin voisins voisinage voiture voitures vos votre vote voyage vrac vue vus",
  "wifi zone zones loire bretagne normandie alsace corse aquitaine auvergne picardie provence occitanie bourgogne saint sainte st ste",
  "about access actually advice agreed alarm all also and announcement announcements answer answers anything apologies at",
  "attendance attendees background benefit benefits books bread bridge bring but by call called challenge challenges childcare children",
  "church city class closed closing club comment concern concerns conclusions cost costs council cons conditions day decided",
  "deadline default delivery description discussed distribution doctor doctors done draft east electricity email event events",
  "everybody everyone example experience experiences family feedback feelings feeling first follow food for from fun fund funding",
  "game garden goal goals good group groups hall health hello help here home homework hospital hours house housing how however",
  "i idea important in info internet introduction it item items job jobs kids last laptop laptops later learning lesson lessons library",
  "link links list local location lunch main market masks meal meals media medicine meetings member members minutes morning",
  "moreover need needs neighbours neighbors network news next night no north nothing notice now nurses nurse of offer offers",
  "office old on online open opening option order other others outcome outcomes overview park people pharmacy phone plan please police",
  "positive post present price problem progress project proposal proposals pros purpose question reason reasons",
  "recommendation recommendations reminder report request requests resource result results review risk risks road room",
  "rule rules safety school schools second sharing shop shops solution some south staff status step steps still stock store story",
  "street subject suggestion summary supplies support task teachers technology testing thanks that the then there this time",
  "times title to today together tomorrow tool tools topic topics town transport travel trip two update updates urgent",
  "use value video visits volunteer volunteers warning water weather website week welcome west what when where which who why with",
  "work world yesterday you youth",
  "acuerdo agua ahora alumnos anuncio anuncios apoyo asistentes asunto atencion aula ayuda ayuntamiento barrio biblioteca buenos",
  "calle casa casas centro cierre ciudad clases colegio comida como compra conclusion conclusiones consejo consulta correo cosas cuando",
  "cuidado cultura decisiones dia dias dificultad dificultades dinero donde duda dudas ejemplo el ella enlace enlaces enlazar",
  "escuela escuelas espacio experiencia experiencias farmacia fecha fiesta grupo hola hora horario hospital hoy idea importante",
  "informacion jueves lectura libros lista llamada los lugar lunes luz madres mascarillas martes mayores medico mercado mesa",
  "miedo miercoles motivo nadie necesidad necesidades nota noticias nuestra nuestro objetivo obra orden pan para pero persona pleno plaza",
  "porque pregunta preguntas problemas propuesta propuestas pueblo puntos que queja quien radio razon recurso recursos red redes",
  "respuesta respuestas resumen retos reunion ropa ruegos sabado salud semana servicio sitio sobre solucion soluciones tarde",
  "tareas telefono tema temas tiempo tienda tiendas todos trabajo transporte tren una urgente valores vecinos viernes",
  NULL,
};

static const char *const role[] = {
  "accompagnant accompagnante accompagnatrice adjoint adjointe administrateur administratrice agent agente agriculteur",
  "agricultrice aidant aidante aide ambulancier ambulanciere animateur animatrice apiculteur architecte archiviste artisan artiste",
  "assistant assistante avocat avocate benevole bergere berger bibliothecaire boulanger boulangere cadre caissier caissiere charge",
  "chargee chauffeur chef cheffe chercheur chercheuse citoyen citoyenne coiffeur coiffeuse collegien collegienne commercant",
  "commercante comptable conducteur conductrice conseiller conseillere consultant consultante coordinateur coordinatrice",
  "coordonnateur couturier couturiere dga dgs dgst dsi drh developpeur developpeuse directeur directrice docteur documentaliste",
  "ecolier educateur educatrice eleve elu elue employe employee enseignant enseignante epicier epiciere etudiant etudiante",
  "eleveur eleveuse expert experte expertise facilitateur facilitatrice facteur factrice formateur formatrice gardien gardienne",
  "gendarme gerant gerante gestionnaire habitant habitante infirmier infirmiere informaticien informaticienne ingenieur",
  "ingenieure innovation instituteur institutrice intervenant intervenante jardinier jardiniere journaliste kine",
  "kinesitherapeute libraire lyceen lyceenne maire maitre maitresse manager maraicher maraichere maman mediateur mediatrice medecin",
  "membre mere papa parent pecheur pere pharmacien pharmacienne pompier postier postiere president presidente prof professeur",
  "professeure prospective psychologue redacteur redactrice referent referente responsable retraite retraitee sage salarie salariee secretaire",
  "senateur senatrice stagiaire technicien technicienne travailleur travailleuse tresorier tresoriere veterinaire vice voisin",
  "voisine volontaire",
  "baker carer caretaker chair clerk coordinator councillor councilor cook director doctor driver farmer fisherman gp headteacher",
  "head librarian mayor manager neighbour neighbor nurse officer parent pharmacist pensioner postman postwoman principal pupil",
  "retired secretary shopkeeper student teacher treasurer trustee volunteer worker",
  "abuela abuelo agricultor agricultora alcalde alcaldesa alumna alumno concejal concejala coordinador coordinadora directora",
  "director doctora enfermera enfermero farmaceutica maestra maestro madre medica medico padre panadera panadero pescador",
  "profesor profesora secretaria tendera tendero vecina vecino voluntaria voluntario",
  NULL,
};

static const char *const org[] = {
  "academie ademe adie adil afpa agence amap ami amis anct anru apf ars arcep asso association associations bibliotheque",
  "caf ccas cci cdc cdg cd centre cgt cfdt chu chr ch cias clic clsc cnam cnfpt cnil cnrs collectif college collectivite comcom",
  "comite commission communaute commune compagnie conseil cooperative cpam cpts cned cub crous croix ddt ddtm",
  "departement dreal drac dsden ecole edf ehpad emmaus enedis engie ensm entreprise epci epn epic eps esat etat facebook familles fablab federation fing",
  "fnac fondation framasoft france gal gendarmerie gie google grdf groupe hopital hotel ime inet inria inra inrae insee insp insee",
  "institut jeunesse kpmg laboratoire labo leclerc lions ligue lycee maif mairie maison medef mediatheque mgen mjc ministere mission",
  "mutuelle msa numerique office ofb oms onf ong ordre orange parc parlement petr pharmacie pmi pole poste prefecture pref psc radio ratp",
  "region rectorat reseau restos rotary rtes samu sdis secours sncf societe spip syndicat sncm technopole tiers udaf ufc",
  "ulamir unafo unicef union universite urssaf usagers utopia ville wikimedia zad bbc nhs council library school club charity",
  "university college ayuntamiento colegio escuela asociacion cruz instituto universidad hospital",
  NULL,
};

/* Finite verbs (and words that only a sentence has): no speaker's part holds one. */
static const char *const verb[] = {
  "a ai as ont avons avez avait avaient aura auront aurait est sont suis es sommes etes etait etaient sera seront serait soit fait",
  "font faut faudra faudrait peut peuvent pourra pourrait pourraient doit doivent devrait devra va vont vais allons veut veulent",
  "voudrait souhaite souhaitent cherche cherchent reste restent semble manque manquent marche fonctionne",
  "fonctionnent permet permettent vient viennent arrive arrivent prend prennent met mettent donne donnent trouve trouvent sait",
  "savent ouvre ouvrent ferme ferment attend attendent travaille travaillent aide aident ne n se s qui que qu dont parce car mais si on nous",
  "vous ils elles il elle je j tu ca cela ce c not is are was were has have had will would can could should must may might does do did that",
  "which we they he she it you there esta estan son era hay ha han tiene tienen puede pueden debe deben necesita necesitan quiere",
  "falta faltan fue sera nos no voir cf remercie remercient",
  NULL,
};

/* Verbs of speech that stand between a name and its colon. */
static const char *const says[] = {
  "dit demande repond propose ajoute precise explique rappelle signale raconte suggere remarque conclut insiste confirme indique",
  "note pense temoigne says asks answers replies adds suggests notes said asked thinks dice pregunta responde propone anade",
  "explica sugiere comenta",
  NULL,
};

static const char *const sigle[] = {
  "ag ap bd bu ca cd ce cm cp cr cv do eau ia it jt la le mp nb no ns oj ok on ou pb pc pj pm pr ps pv qr rh rp ti tp tv uc ue ui un us",
  "ux vm vo vs wc td te si se ne en et du de au cc am fm hs id in is km kg",
  NULL,
};

static const char *const *const lists[WORD_LIST_COUNT] = {
  [WORD_GIVEN] = given, [WORD_COMMON] = common, [WORD_ROLE] = role, [WORD_ORG] = org,
  [WORD_VERB] = verb,   [WORD_SAYS] = says,     [WORD_SIGLE] = sigle,
};

/* The lists as sets, made once and kept for the life of the program. */
static gpointer make_sets(gpointer unused) {
  (void)unused;
  GHashTable **sets = g_new0(GHashTable *, WORD_LIST_COUNT);
  for (guint i = 0; i < WORD_LIST_COUNT; i++) {
    sets[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (const char *const *row = lists[i]; *row != NULL; row++) {
      g_auto(GStrv) words = g_strsplit(*row, " ", -1);
      for (guint w = 0; words[w] != NULL; w++) {
        g_hash_table_add(sets[i], g_strdup(words[w]));
      }
    }
  }
  return sets;
}

bool word_is(WordList list, const char *folded) {
  static GOnce once = G_ONCE_INIT;
  GHashTable **sets = g_once(&once, make_sets, NULL);
  return g_hash_table_contains(sets[list], folded);
}

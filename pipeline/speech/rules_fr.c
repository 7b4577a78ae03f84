/* French, as it is read on the air: tables, and nothing else.
 *
 * To teach the station something, add a row to one of these tables, then a line
 * to tests/spoken/fr.tsv (what is written, a tab, what is said), and run
 *
 *     make && build/tests/test_speech_normalise
 *
 *   fr_first         what the rules of every language would take for their own, in rules_fr_first.c; rows as below
 *   fr_short_forms   an abbreviation ("emb."), in rules_fr_short.c; no pattern
 *   fr_notes         the same, of hurried notes ("bcp"), in rules_fr_notes.c
 *   fr_units         what follows a number ("km/h"), in rules_fr_words.c; there too fr_per, what follows a slash ("€/h")
 *   rules         all else. A row has a name, the bytes of which the text must hold one (the rest of the row then costs
 *                 nothing), a pattern of PCRE2 (https://www.pcre.org; a backslash is written twice), and either what is
 *                 said in its place (\\1 is the first parenthesis) or a function of say_fr.h.
 *   A word, a sigle or a name needs no row here: it goes in voices/lexicon.fr.yaml.
 *
 * The order: fr_first, then the rules of every language (rules_common.c), then short_forms (the longest that
 * fits), then rules, from the first row to the last, each on what the rows above have left. Digits that a row leaves are
 * said by those below it. Then the lexicon, and sigles letter by letter (tidy.c). */
#include "speech/rules.h"
#include "speech/say_fr.h"

/* clang-format off */

/* --- pieces of patterns ------------------------------------------------------------------------- */

#define AFTER_HER "(?<=\\b[Uu]ne |\\b[Ll]a |cette |chaque |autre |première |dernière )"
#define HALVED "(?=journée|douzaine|bouteille|pension|part)"
#define NUMBER "(\\d{1,3}(?:[ " NBSP ".]\\d{3})+(?:,\\d+)?(?!\\d)|\\d+(?:[,.]\\d+)?)"
#define OF_MONTH "(janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre)"
#define OF_WEEK "(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim)"
/* What tells "jeu." the day from "jeu" the game. */
#define DAY_AHEAD "(?=\\d{1,2}(?:er)?(?: " OF_MONTH "|/\\d|" GAP "h(?!\\p{L})| à \\d{1,2}" GAP "h)|(?:(?:et|au|ou|à) )?(?:lundi|mardi|vendredi|samedi|dimanche|ven\\.|jeu\\.|mer\\.)|de \\d|à \\d|matin|soir|après-midi|midi)"
#define HOUR "(\\d{1,3})" GAP "(?:[hH]|heures?)" GAP "(\\d{2}|\\d(?=\\s*(?:$|[.,;:!?)]| (?:à|et|au|en|pour|du|de) )))?"
#define NO_HOUR_AFTER "(?!" GAP "\\d|[\\p{L}])"
/* A unit after its number, any letters: fr_units knows; and what may follow a slash. */
#define UNIT "(° ?[CF]\\b|°|\\$ ?US|US\\$|c€|[%‰€$£¥]|[\\p{L}µ]{1,5}[²³23]?|[MGk]b(?:it)?/s|[MG]bps)"
#define PER "(?:" GAP "/" GAP "((?:\\d{1,3}" GAP ")?[\\p{L}]+[²³23]?))?"
#define AND_PER "(?<=par |€/|euros/)(heure|jour|mois|an|semaine|nuit|personne|enfant|adulte|famille|foyer|séance|repas)\\s?/\\s?(\\p{L}+)\\.?" END
/* Signs of inclusive writing, and the ordinals' endings. */
#define POINT "[·.]"
#define ELIDED "((?:(?:[lLdDnNsSmMtTcC]|[qQ]u)')?(?:(?:[Aa]ide|[Vv]ice|[Ee]x|[Cc]o|[Ss]ous|[Aa]uto|[Nn]éo|[Nn]on|[Bb]elles?|[Ff]ranco|[Ss]apeur|[Gg]arde|[Aa]ssistante?)-)?)"
/* Any first part of a compound: "franco-allemand·e". */
#define COMPOUND "((?:(?:[lLdDnNsSmMtTcC]|[qQ]u)')?(?:\\p{L}{2,15}-)?)"
#define ENDING "(" GAP "(?:[eè](?= \\p{Ll}{3})|ers?|ères?|eres?|res?|i?[eè]mes?)|es?|è|nde?s?|(?<=2)de?s?|(?-i:ERS?|ÈRES?|RES?|[EÈ]MES?|E|NDE?S?))"

/* --- rules: after the short forms --------------------------------------------------------------------- */

static const Rule rules[] = {
    {"un jean", "j", "(?<=un |en |le |mon |son |ton |ce |des |les |vieux )jeans?" END "(?![-.@_'])", "djine", NULL},
    {"Saint-Étienne, Saint-Hilaire", "s", "\\b([Ss])aint[- ](?!Ouen|Affrique|Exup)(?:H(?=[aeiouyéèêîô]))?((?:[AEIOUYÉÈÊÎÔ]|(?<=H)[aeiouyéèêîô])\\p{Ll}{2,})", NULL, fr_saint},
    {"M Morin", "M", WORD "(?<!taille |salle |zone |ligne |bâtiment |plan |lettre |groupe |porte )M (?=\\p{Lu}\\p{Ll})", "monsieur ", NULL},

    {"Jean LE BRAS", "L", "(\\b\\p{Lu}\\p{Ll}+(?:-\\p{Lu}\\p{Ll}+)? |\\b\\p{Lu}\\. ?)((?:LE|LA) \\p{Lu}{2,})" END, NULL, fr_name},
    {"A. DU PONT", "D", "(\\b\\p{Lu}\\. ?)(D[EU] \\p{Lu}{2,})" END, NULL, fr_name},
    {"Mme LE GALL", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "(?i:\\b(monsieur |madame |mademoiselle |docteur |maître |professeur ))(?=.)((?:\\p{Lu}\\p{Ll}+(?:-\\p{Lu}\\p{Ll}+)? )?(?:\\p{Lu}{2,}[ '-]){0,3}\\p{Lu}{2,})" END, NULL, fr_name},

    /* Inclusive writing: the words of fr_determiners with a noun or alone, then a noun. */
    {"le (la) maire", "(", "(?i)" WORD "(le|un|du|au|ce) \\((la|une|de la|à la|cette)\\)", "\\1/\\2", NULL},
    {"un·e agent·e", "\302.-/(", "(?i)" WORD "(un|une|le|la|du|de la|au|à la|ce|cet|son|mon|ton|quel|aucun|tout|nouveau)(?:[·./-]|\\()(de la|à la|une|un|le|la|du|au|cette|tte|te|sa|ma|ta|elle|nouvelle|ère|e)\\)?" END "(?:( )((?:\\p{L}{2,15}-)?\\p{L}{2,30})(?:[·./-]|\\()([\\p{Ll}]{1,6})\\)?(?![·.]?\\p{L})()())?(?![·-]\\p{L})", NULL, fr_inclusive_determiner},
    {"(re)mettre", "(", WORD "\\((re|ré|dé|sur|co|pré)\\)(?=\\p{Ll}{2})", "\\1", NULL},
    {"jour(s)", "(", "(\\p{L}{2,30})\\((s|x)\\)" END, "\\1\\2", NULL},
    {"bénévole·s", "\302", "(\\p{L}{3,30})·([sx])" END, "\\1\\2", NULL},
    {"étudiantEs", "E", WORD ELIDED "(\\p{L}\\p{Ll}{2,30})(E)()(s?)" END, NULL, fr_inclusive},
    {"agent·e·s", "\302.", "(?<![\\p{L}.])" COMPOUND "(\\p{L}{2,30})" POINT "(\\p{L}{1,6})(?:" POINT "?([sxS]))?(?:" POINT "x)?()" END "(?!\\.\\p{L})", NULL, fr_inclusive},
    {"agent·e·x·s", "\302", "(?<![\\p{L}.])" ELIDED "(\\p{L}{2,30})·(\\p{L}{1,6})·x(?:·(s))?()" END, NULL, fr_inclusive},
    {"agent(e)s", "(", "(?<!\\p{L})" ELIDED "(\\p{L}{2,30})\\((\\p{Ll}{1,6})(s?)\\)\\(?(s?)\\)?" END, NULL, fr_inclusive},
    {"coordinateur (trice)", "(", "(?<!\\p{L})" ELIDED "(\\p{L}{3,30}) \\((e|es|ne|nes|trice|rice|euse|ère|ères|ve)\\)()()" END, NULL, fr_inclusive},
    {"agent-e-s", "-", "(?<![\\p{L}-])" ELIDED "(\\p{L}{2,30})-(\\p{Ll}{1,6})-([sx])()" END, NULL, fr_inclusive},
    {"agent-e, agent-es", "-", "(?<![\\p{L}-])" ELIDED "(\\p{L}{2,30})-(e|es|ne|nes|trice|trices|rice|rices|ère|ères|euse|euses|ve|ves|ses)()()" END "(?!-)", NULL, fr_inclusive},
    {"acteurs/actrices", "/", WORD "(\\p{L}{3,30})/(\\p{L}{3,30})" END, NULL, fr_inclusive_pair},
    {"acteur/trice", "/", "(?<!\\p{L})" ELIDED "(\\p{L}{2,30})/(\\p{Ll}{1,6})(?:/?([sx]))?()" END, NULL, fr_inclusive},

    /* Signs between words. */
    {"@ Brest", "@", "(?<=\\s|^)@\\s*(?=\\p{L})", "à ", NULL},
    {"café & croissants", "&", "\\s*&\\s*", " et ", NULL},
    {"et/ou", "/", WORD "et/ou" END, "et ou", NULL},
    {"a > b of a menu", ">", "(?<=\\p{L})\\s>+\\s(?=\\p{L})", ", ", NULL},
    {"accord +1", "+", "(?<![\\p{L}\\d])\\+\\s?(\\d{1,3})(?=[\\s.,;:!?)]*$|\\s+\\p{Lu}|[.,;!?)](?!\\d))", " plusse \\1", NULL},
    {"Anne + Bernard", "+", "(?<=\\p{L})\\s\\+\\s(?=\\p{Lu}\\p{Ll})", " et ", NULL},
    {"+ de 60 ans, + 18 ans", "+", "(?<=\\s|^|\\()(?<!\\d\\s)(?<!an\\s)(?<!ans\\s)\\+\\s?(?:de\\s)?(?=\\d{1,3}" GAP "ans)", "plus de ", NULL},
    {"-18 ans", "-", "(?<=\\s|^|\\()(?<!\\d\\s)-\\s?(?:de\\s)?(?=\\d{1,3}" GAP "ans)", "moins de ", NULL},
    {"les - de 18 ans", "-", "(?<=\\s|^|\\()-\\s?(?=de\\s\\d)", "moins ", NULL},
    {"650 m D+", "D", "(?<=\\d)(\\s?m(?:ètres)?)\\s?(?:de )?D\\+(?=[\\s.,;:!?)]|$)", "\\1 de dénivelé positif", NULL},
    {"650 m D-", "D", "(?<=\\d)(\\s?m(?:ètres)?)\\s?(?:de )?D-(?=[\\s.,;:!?)]|$)", "\\1 de dénivelé négatif", NULL},
    {"D+ 650 m", "D", WORD "D\\+ ?:? ?(?=\\d{2,5}\\s?m" END ")", "dénivelé positif ", NULL},
    {"p. 45 + leçon", "+", "(?<=\\d) \\+ (?=\\p{Ll}{3})(?!ans )", " plusse ", NULL},
    {"16 °C / air : 21 °C", "/", "(?<=[\\d%€°C²mLlhg]) / (?!(?:pers|personnes?|enfants?|adultes?|familles?|foyers?|couples?|élèves?|él|mois|ans?|jours?|j|heures?|h|sem|semaines?|nuits?|séances?|repas|hab|habitants?|kg|kilos?|litres?|l|L|m|m²|m2|km|t|tonnes?|parts?|pièces?|unités?|tickets?|trimestres?|trim|équipes?|groupes?|classes?|places?|véhicules?|kWh|min|mn|minutes?|s|secondes?|p|a|ménages?|licenciés?|adhérents?|agents?)" END ")(?=\\p{L}{3})", ", ", NULL},
    {"Mme X, 2e adjointe", "a", "(madame [^.;!?]{1,60}?\\b(?:première|\\d{1,2}e|\\d{1,2}ème),? )adjoint" END, "\\1adjointe", NULL},
    {"th. 6/7", "/", "(?<=thermostat )(\\d{1,2})/(\\d{1,2})" NUMBER_AFTER, "\\1 ou \\2", NULL},
    {"de 1/4 d'heure", "/", "\\bde 1/4" GAP "(?:h|heure|d'heure|d'h)" END, "d'un quart d'heure", NULL},
    {"d'1/4 d'h.", "/", "(?<![\\d/,.])1/4 d'h(?:eure)?" END "(?:\\.(?= \\p{Ll}))?", "un quart d'heure", NULL},
    {"d'1/4", "/", "(?<=[dDlL]')1/4" NUMBER_AFTER, "un quart", NULL},
    {"la 4L", "L", "(?<=[Ll]a |[Uu]ne |en |sa |ma |vieille |belle )4L" END, "quatre elle", NULL},
    {"le 30 / 09", "/", "(?<=le |au |du |Le |Au |Du )(\\d{1,2}) / (\\d{1,2})()" NUMBER_AFTER "(?! /)", NULL, fr_date},
    {"60 ans et +", "+", "(?<=et )\\+(?=[\\s.,;:!?)]|$)", "plus", NULL},
    {"60+", "+", "(?<=\\d)\\s?\\+(?=[\\s.,;:!?)]|$)(?!\\s*\\d)", " et plus", NULL},
    {"R+2, J+3", "+", WORD "([RJHSMNn]|[Bb]ac|BAC)\\s?\\+\\s?(?=\\d{1,3}" END ")", "\\1 plusse ", NULL},
    {"R-1, J-3", "-", WORD "([RJHSMNn])\\s?-(?=\\d{1,3}" END ")", "\\1 moins ", NULL},
    {"les +", "+", "(?<=les |des |en |de |un peu )\\+(?=[\\s.,;:!?)]|$)", "plus", NULL},
    {"les -", "-", "(?<=les |des )-(?=[\\s.,;:!?)]|$)", "moins", NULL},
    {"à +", "+", "(?<=\\b[àÀ] )\\+(?=[\\s.,;:!?)]*$)", "plusse", NULL},
    {"repas + concert", "+", "(?<=\\p{L}) \\+ (?=(?:un|une|le|la|les|des|du|mon|ma|mes|son|sa|ses|leurs?|nos|vos|tous|toutes|bisous?|bises?|merci|apéros?|repas|dîner|déjeuner|goûters?|cafés?|thé|gâteaux?|desserts?|fromage|boissons?|vins?|bières?|crêpes|frites|buvette|restauration|concerts?|bal|fest-noz|danses?|musique|chants?|films?|projection|débats?|échanges?|spectacles?|théâtre|cirque|ateliers?|visites?|balades?|randos?|expos?|exposition|jeux|tombola|loto|marché|brocante|animations?|enfants?|bébé|parents?|chiens?|vélos?|remorque|frais|port|caution|charges|livraison|transport|hébergement|nuitée|assurance|formation|stage|réunion|courrier|mail|photos?|vidéos?|affiches?|flyers?|masques?|gants|gel|gourde|pique-nique)" END ")|(?<=\\p{L}) \\+ (?=l')", " plusse ", NULL},
    {"4G+", "+", "(?<=\\d[Gg])\\+(?=[\\s.,;:!?)]|$)", " plusse", NULL},
    {"+ importante", "+", "(?<=\\s|^|\\()\\+{1,2}\\s?(?=\\p{L})", "plus ", NULL},
    {"Canal+", "+", "(?<=\\p{L})\\+(?=[\\s.,;:!?)]|$)", " plus", NULL},
    {"3 adultes+2", "+", "(?<=\\p{L}{2})\\s?\\+\\s?(?=\\d)(?!\\d{2,3}[ ." NBSP "]?\\(?\\d)", " plusse ", NULL},
    {"12+300", "+", "(?<=\\d)\\+(?=\\d)", " plusse ", NULL},
    {"a + b", "+", "(?<=\\p{L})\\s?\\+\\s?(?=\\p{L})", " plusse ", NULL},
    {"a ++", "+", "(?<=\\p{L})\\s?\\+{2,}", " plus plus", NULL},
    {"<= 5", "<", "(?<=\\s|^|\\()(?<!\\d )(?<!\\b[a-zA-Z] )<=\\s?(?:à\\s)?(?=\\d)", "au plus ", NULL},
    {">= 60", ">", "(?<=\\s|^|\\()(?<!\\d )(?<!\\b[a-zA-Z] )>=\\s?(?:à\\s)?(?=\\d)", "au moins ", NULL},
    {"a <= b", "<", "\\s<=\\s?(?=\\S)", " inférieur ou égal à ", NULL},
    {"a >= b of signs", ">", "\\s>=\\s?(?=\\S)", " supérieur ou égal à ", NULL},
    {"====", "=", "={4,}", "", NULL},
    {"a => b", "=", "\\s*=+>\\s*", ", ", NULL},
    {"lien = entraide", "=", "(?<=\\p{L}{2}|\\))\\s*=+\\s*(?=\\p{L}{2})", ", c'est ", NULL},
    {"7 - 2 = 5", "=", "(?<=\\d)\\s?-\\s?(?=\\d+(?:,\\d+)?\\s?=)", " moins ", NULL},
    {"10 / 2 = 5", "=", "(?<=\\d)\\s?/\\s?(?=\\d+(?:,\\d+)?\\s?=)", " divisé par ", NULL},
    {"√16", "\342", "√\\s?(?=\\d)", "racine de ", NULL},
    {"2 + 2 = 4", "=", "\\s*=+>?\\s*", " égale ", NULL},
    {"~30", "\342~", "[≈≃]\\s*|(?<=\\s|^|\\()~\\s?(?=\\d)", "environ ", NULL},
    {"< 5", "<", "(?<=\\s|^|\\()(?<!\\d )(?<!\\b[a-zA-Z] )<=?\\s?(?:de\\s)?(?=\\d)", "moins de ", NULL},
    {"> 60", ">", "(?<=\\s|^|\\()(?<!\\d )(?<!\\b[a-zA-Z] )>=?\\s?(?:de\\s)?(?=\\d)", "plus de ", NULL},
    {"a < b", "<", "\\s<=?\\s(?=\\S)", " inférieur à ", NULL},
    {"a >= b", ">", "\\s>=?\\s(?=\\S)", " supérieur à ", NULL},
    {"12 ÷ 3", "\303", "(?<=\\d)\\s?÷\\s?(?=\\d)", " divisé par ", NULL},
    {"§ 3", "\302", "§\\s?(?=\\d)", "paragraphe ", NULL},
    {"un §", "\302", "§", " paragraphe ", NULL},
    {"note above a word", "\302\342", "(?<=[\\p{L}.,;!?»)])[¹²³⁴⁵⁶⁷⁸⁹⁰]+(?<!m²|m³|M²|M³)", "", NULL},

    /* An apostrophe, a space that is missing: "j ai", "savoir.merci". */
    {"j ai, d accord", " ", WORD "(?<!\\d )([jdlcsnmt]|qu) (?=(?!et |ou |à |au |en |avec |a )[aeéèêiouyhœ]\\p{Ll})", "\\1'", NULL},
    {"c fini", "cC", "(?:^|(?<=[\\s(]))[cC] (?=(?:bon|nul|fini|fermé|ouvert|abusé|sûr|cool|pas|où|quand|quoi|super|top|dommage|trop|vrai|faux|mort|grave|annulé|complet|gratuit|déjà|mieux|bien|parti|urgent|important|obligatoire|possible|demain|ce soir|lundi|mardi|jeudi|samedi|dimanche)" END ")", "c'est ", NULL},
    {"J ai, C est", "JCS", "(?:^|(?<=[.!?] ))(J(?= ai )|C(?= est | était )|S(?= il )) ", "\\1'", NULL},
    {"savoir.merci", ".", "(?<=\\p{Ll}{3})\\.(?=\\p{Ll}{4,30}" END ")", ". ", NULL},

    /* A number that is stuck to its word: "à14h30", "12ans". */
    {"à14h30", DIGITS, WORD "(à|À|dès|Dès|vers|de|De|et)(?=\\d)", "\\1 ", NULL},
    {"salle1", DIGITS, WORD "(\\p{L}\\p{Ll}{3,30})(?=\\d{1,4}" END ")", "\\1 ", NULL},
    {"12ans", DIGITS, NUMBER_BEFORE "(\\d{1,6})(?=(?:ans?|jours?|mois|semaines?|heures?|minutes?|secondes?|personnes?|places?|enfants|euros?|fois|habitants|mètres|kilos|km|rue|avenue)" END ")", "\\1 ", NULL},

    /* Day and night. */
    {"1° accueil", "\302", "^(\\d{1,2})°\\)?\\s(?=\\p{L}{2})", "\\1, ", NULL},
    {"24h/24", "hH", "(?i)" WORD "(24)" GAP "h(?:eures)?\\s?/\\s?24(?:" GAP "h)?" END, "vingt-quatre heures sur vingt-quatre", NULL},
    {"5/7j", "/", NUMBER_BEFORE "([1-7])/7" GAP "j(?:ours)?" END, "\\1 jours sur 7", NULL},
    {"7j/7", "/", "(?i)" WORD "([1-7])" GAP "j(?:ours)?\\s?/\\s?([1-7])(?:" GAP "j)?" END, "\\1 jours sur \\2", NULL},
    {"24/7", "/", WORD "24\\s?/\\s?7" END, "vingt-quatre heures sur vingt-quatre, sept jours sur sept", NULL},
    {"24/24", "/", WORD "24\\s?/\\s?24" END, "vingt-quatre heures sur vingt-quatre", NULL},
    {"7/7", "/", WORD "7\\s?/\\s?7" END, "sept jours sur sept", NULL},
    {"1 pers./4 m²", "/", "(?<=\\d )(\\p{L}{3,20})\\s?/\\s?(?=\\d{1,3}" GAP "(?:m²|m2|ha|kg|km|h|l|L)" END ")", "\\1 pour ", NULL},
    {"15 élèves/classe", "/", "(?<=\\d )(\\p{L}{3,20})/(?=(?:classe|groupe|table|séance|créneau|famille|foyer|enfant|élève|équipe|stand|véhicule|voiture|salle|agent|commune|école)" END ")", "\\1 par ", NULL},
    {"1 adulte/8 enfants", "/", "(?<=1 )(adulte|accompagnateur|accompagnatrice|animateur|animatrice|encadrant|prof|professeur|bénévole|agent|place|ordinateur|livre)\\s?/\\s?(?=\\d{1,2} \\p{Ll}{3})", "\\1 pour ", NULL},
    {"2 adultes / groupe", "/", "(?<=\\d )(\\p{L}{3,20}) / (?=(?:classe|groupe|table|séance|créneau|famille|foyer|enfant|élève|équipe|stand|véhicule|voiture|salle|agent|commune|école)" END ")", "\\1 par ", NULL},
    {"18 oui / 2 non", "/", "(?<=\\d )(\\p{L}{3,20}) / (?=\\d)", "\\1, ", NULL},
    {"3/j, 72/min", "/", "(?<=\\d)/(j|min|mn|h|sem)\\.?" END, NULL, fr_per_what},
    {"tension 12/8", "/", "(?i)(?<=tension |tension de |tension à |tension : )(\\d{1,2})/(?=\\d{1,2}" NUMBER_AFTER ")", "\\1 ", NULL},
    {"5 H, 4 F", "HF", "(?<=\\d )H(?=(?:,| et| \\+|\\s?/) ?\\d+ F" END ")|(?<=\\d )H(?=$)", "hommes", NULL},
    {"5 hommes, 4 F", "F", "(?<=\\d )F(?=(?:,| et| \\+|\\s?/) ?\\d+ H" END ")", "femmes", NULL},
    {"37 femmes, 8 H", "H", "(femmes(?:,| et| \\+|\\s?/) ?\\d+ )H" END, "\\1hommes", NULL},
    {"5 hommes, 4 F of the end", "F", "(hommes(?:,| et| \\+|\\s?/) ?\\d+ )F" END, "\\1femmes", NULL},
    {"1 enfant/3", "/", "(?<=\\d )(\\p{L}{3,20})/(?=\\d{1,2}" END ")", "\\1 sur ", NULL},
    {"1 jour/2", "/", WORD "(jours?|semaines?|mois|heures?|an|places?|personnes?|fois)\\s?/\\s?(?=\\d{1,2}" END ")", "\\1 sur ", NULL},

    /* Articles, references, numbers of cars and accounts. */
    {"49-3", "49", "(?:^|(?<=le |du |au |un |article |de |l'article ))49[.-]3(?![\\d,]|[ " NBSP "]?(?:ans|€|%|km|m)\\b)", "quarante-neuf trois", NULL},
    {"le 9-3", "9", "(?<=le |du |Le )9-3(?![\\d,]|[ " NBSP "]?(?:ans|€|%|km|m|mars|avril)\\b)", "neuf trois", NULL},
    {"guerre de 14-18", "-", "(?<=guerre |guerre de )(14|39)-(18|45)(?!\\d)", "\\1 \\2", NULL},
    {"L. 2121-10", "LRDA", WORD "([LRDA]O?)\\.?[ *" NBSP "]*(\\d{1,4}(?:-\\d{1,4}){1,3})(?![\\d/])", NULL, fr_reference},
    {"art. L. 12", "LRDA", "(?<=article |articles )([LRDA]O?)\\.?" GAP "(\\d{1,4})(?!\\d)", NULL, fr_reference},
    {"n° 2020-12-03", "-", "(?i)(?<=numéro |article |articles |référence |dossier |arrêté |délibération |loi |décret |ordonnance |décision )()(\\d{1,6}(?:-\\d{1,6}){1,3})(?![\\d/])", NULL, fr_reference},
    {"n° 2020/12", "/", "(?i)(?<=numéro |directive |règlement |décision |délibération |décret )(\\d{1,6})/(?=\\d{1,6}" NUMBER_AFTER ")", "\\1, ", NULL},
    {"AB-123-CD", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", WORD "(?!R[DN] )([A-Z]{2})[- ]?(\\d{3})[- ]?([A-Z]{2})" END, NULL, fr_plate},
    {"FR76 3000 …", "0123456789", WORD "(?<!\\+\\d )(?<!\\+\\d\\d )(?<!\\+\\d\\d\\d )([A-Z]{2}|)(\\d{2,5}(?:[ " NBSP "]\\d{4}){2,7}(?:[ " NBSP "]\\d{1,3})?)(?![\\d,])", NULL, fr_long_digits},
    {"48°23'25'' N", "'", NUMBER_BEFORE "(\\d{1,3})°" GAP "(\\d{1,2})'" GAP "(\\d{1,2}(?:,\\d+)?)(?:''| |(?= ?[NSEOW]))", "\\1 degrés \\2 minutes \\3 secondes ", NULL},
    {"48°23' N", "'", NUMBER_BEFORE "(\\d{1,3})°" GAP "(\\d{1,2})'", "\\1 degrés \\2 minutes ", NULL},
    {"48° N", "N", "(?<=\\d°|\\d° |degrés |minutes |secondes |secondes  )N" END, " nord", NULL},
    {"48° S", "S", "(?<=\\d°|\\d° |degrés |minutes |secondes |secondes  )S" END, " sud", NULL},
    {"4° E", "E", "(?<=\\d°|\\d° |degrés |minutes |secondes |secondes  )E" END, " est", NULL},
    {"4° O, 4° W", "OW", "(?<=\\d°|\\d° |degrés |minutes |secondes |secondes  )[OW]" END, " ouest", NULL},
    {"SIRET", DIGITS, "(?i)(?<=siret |siren |\\brcs |siret : |siret: |siren : |siren: )()(\\d{3} ?\\d{3} ?\\d{3}(?: ?\\d{5})?)(?!\\d)", NULL, fr_long_digits},

    {"tel 02 98 …", "tT", WORD "(?:(?i:tel)|T\\.)\\s?:?\\s*(?=[+0]\\d)", "téléphone ", NULL},
    {"192.168.1.1", ".", NUMBER_BEFORE "(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})" NUMBER_AFTER, "\\1 point \\2 point \\3 point \\4", NULL},
    {"budget2021.pdf", ".", "(?<=\\p{L}{2})[_-]?(\\d{1,4})(?=\\.\\p{L}{3,4}" END ")", " \\1", NULL},
    {"a.pdf", ".", "(?i)(?<=[\\p{L}\\d])\\.(pdf|docx?|xlsx?|pptx?|od[tspg]|jpe?g|png|gif|mp[34]|zip|csv|txt|html?|ics)" END, " point \\U\\1\\E", NULL},
    {"web 2.0", ".", "(?i)(?<=web |version |versions |debian |ubuntu |windows |android |ios |macos |linux |php |python |html |firefox |usb |bluetooth |industrie |" WORD "v|" WORD "v )(\\d{1,3})\\.(\\d{1,3})(?![.\\d]\\d)", "\\1 point \\2", NULL},

    /* Telephone: before every other number. */
    {"0 800 123 456", "08", NUMBER_BEFORE "0[ " NBSP ".]?([89]\\d{2})((?:[ " NBSP "]\\d{3}){2}|(?:[ " NBSP "]\\d\\d){3})" NUMBER_AFTER, NULL, fr_free_number},
    {"(02) 98 00 12 34", "(", "\\((0\\d)\\)" GAP "(?=\\d\\d(?:[ ." NBSP "-]?\\d\\d){3}" NUMBER_AFTER ")", "\\1 ", NULL},
    {"02 … / 06 …", "/", "(?<=\\d\\d) ?/ ?(?=0\\d[ .]?\\d\\d[ .]?\\d\\d[ .]?\\d\\d)", " ou ", NULL},
    {"02 98 00 12 34", "0", NUMBER_BEFORE "0\\d(?:[ ./" NBSP "-]{0,2}\\d\\d){4}" NUMBER_AFTER, NULL, fr_phone},
    {"0262 12 34 56", "0", NUMBER_BEFORE "0\\d{3}(?:[ ." NBSP "-]?\\d\\d){3}" NUMBER_AFTER, NULL, fr_phone},
    {"+33 2 98 00 12 34", "+", "(?<!\\d)\\+\\s?\\d{1,3}(?:\\s?\\(0\\))?(?:[ ." NBSP "-]?\\d{1,9}){1,6}(?<=\\d{2})(?!\\d)(?<=\\d{6}|\\d[ ." NBSP "-]\\d\\d|\\d\\d\\d\\d)", NULL, fr_phone},
    {"0033 2 98 00 12 34", "0", NUMBER_BEFORE "00" GAP "\\d{2,3}(?:\\s?\\(0\\))?(?:[ ." NBSP "-]?\\d{1,4}){3,6}" NUMBER_AFTER, NULL, fr_phone},
    {"(0)2 98 00 12 34", "(", "\\(0\\)" GAP "(?=\\d(?:[ ." NBSP "-]?\\d\\d){4}" NUMBER_AFTER ")", "0", NULL},
    {"116 117", "1", NUMBER_BEFORE "(?<=le |au |du |numéro )(11[0-9])" GAP "(\\d{3})" NUMBER_AFTER, NULL, fr_short_number},
    {"116 117 alone", "1", NUMBER_BEFORE "(116)" GAP "(117)" NUMBER_AFTER "(?! ?\\p{Ll}{3})", NULL, fr_short_number},
    {"118 218", "1", NUMBER_BEFORE "(118)" GAP "(\\d{3})" NUMBER_AFTER, NULL, fr_short_number},
    {"le 3919", "3", "(?i)(?<=\\ble |\\bau |\\bdu |numéro |téléphone )(3\\d)[ " NBSP "]?(\\d\\d)" NUMBER_AFTER "(?!" GAP "(?:m|km|€|g|kg|m²|ha|mètres|euros|personnes|habitants|%)" END ")", NULL, fr_short_number},
    {"3919 of a verb", "3", "(?i)(?<=appelez |appeler |composez |composer |contactez |joindre |faites )(?:le )?(3\\d)[ " NBSP "]?(\\d\\d)" NUMBER_AFTER, NULL, fr_short_number},
    {"Violences : 3919", "3", "(?<=: )(3\\d)(\\d\\d)(?=\\.?\\s*$|,? (?:appel|gratuit|anonyme|numéro|7 ?j|24 ?h))", NULL, fr_short_number},
    {"3919, that everybody knows", "3", NUMBER_BEFORE "(?|(39)(19)|(32)(37)|(31)(14)|(30)(18)|(39)(77))" NUMBER_AFTER "(?!" GAP "(?:[€%]|(?:m|km|g|kg|m²|ha)\\b|\\p{Ll}{3,}s\\b))", NULL, fr_short_number},

    {"+ 5", "+", "(?<=\\s|^|\\()\\+\\s?(?=\\d)", "plusse ", NULL},

    /* Hours; before them the days that an hour tells. */
    {"jeu. 12/11 19h", "jJ", WORD "([jJ])eu\\. (?=\\d{1,2}/\\d)", "\\1eudi ", NULL},
    {"mer. 11/11 19h", "mM", WORD "([mM])er\\. (?=\\d{1,2}/\\d)", "\\1ercredi ", NULL},
    {"1914-18", "13", NUMBER_BEFORE "(1914|1939|14|39)-(18|45)" NUMBER_AFTER, "\\1, \\2", NULL},
    {"O- et AB+", "OAB", "(?<=de |ou |et |du |groupe |, )(O|A|B|AB)-(?=[ ,.;:!?)]|$)", "\\1 moins", NULL},
    {"les tarifs ont x2", "x", "(?i)(?<=\\bont |\\ba |\\bfois )x ?2" END, "doublé", NULL},
    {"3/4 L", "L", "(?<=[13]/[34])" GAP "[lL](?= de | d')", " de litre", NULL},
    {"12/04/20 - 18h30", "/", NUMBER_BEFORE "(\\d{1,2})/(1[0-2]|0?[1-9])/(20\\d\\d|\\d\\d)(?= ?[-\\x{2013}\\x{2014}] \\d{1,2}" GAP "[hH:])", NULL, fr_date},
    {"11/11 à 11h", "/", NUMBER_BEFORE "(\\d{1,2})/(1[0-2]|0?[1-9])()(?=(?: ?[,:]| à| de| dès| ?[-\\x{2013}\\x{2014}]|) \\d{1,2}" GAP "[hH:])", NULL, fr_date},
    {"1 à 2h", "1", NUMBER_BEFORE "1(?= (?:à|ou) \\d{1,2}" GAP "(?:h|heures?)" END ")", "une", NULL},
    {"mer. 11 vers 14h", "mM", WORD "([mM])er\\. (?=\\d{1,2}(?:er)?(?: (?:vers|dès|de|à|au|et|matin|soir|après-midi)" END "|\\s*$|[,.;:)]))", "\\1ercredi ", NULL},
    {"jeu. 12 vers 14h", "jJ", WORD "([jJ])eu\\. (?=\\d{1,2}(?:er)?(?: (?:vers|dès|de|à|au|et|matin|soir|après-midi)" END "|\\s*$|[,.;:)]))", "\\1eudi ", NULL},
    {"jeu. 5 nov", "jJ", WORD "([jJ])eu\\.? " DAY_AHEAD, "\\1eudi ", NULL},
    {"mer. 4 nov", "mM", "(?<!leine )(?<!asse )(?<!aute )(?<!\\ben )(?<!\\bla )(?<!\\bde )(?<!de la )(?<!une )" WORD "([mM])er\\.? " DAY_AHEAD, "\\1ercredi ", NULL},
    {"mar. et jeu.", "j", "(?i)(lundi|mardi|mercredi|vendredi|samedi|dimanche)(,| et| ou| au)? jeu\\.?" END, "\\1\\2 jeudi", NULL},
    {"mar. et mer.", "m", "(?i)(lundi|mardi|jeudi|vendredi|samedi|dimanche)(,| et| ou| au)? mer\\.?" END, "\\1\\2 mercredi", NULL},
    {"2e mer. du mois", "mMjJ", "(?i)(?:^|(?<=[(,;:] )|(?<=\\()|(?<=\\de |\\der |ème |chaque |les ))(mer|jeu)\\.(?=\\s?[:),]|\\s\\p{Ll}|$)", NULL, fr_weekday},
    {"lun, mar et jeu", "lmjvsd", "(?i)" WORD "(lun|mar|mer|jeu|ven|sam|dim)(?=(?:,| et| ou) (?:lun|mar|mer|jeu|ven|sam|dim)\\b)", NULL, fr_weekday},
    {"lundi et jeu", "lmjvsd", "(?i)(?<=lundi, |mardi, |credi, |jeudi, |dredi, |amedi, |lundi et |mardi et |credi et |jeudi et |dredi et |amedi et )(lun|mar|mer|jeu|ven|sam|dim)\\.?" END, NULL, fr_weekday},
    {"20h-minuit", "h", NUMBER_BEFORE "(?<!de )(\\d{1,2}" GAP "h(?:\\d\\d)?)" DASH "(?=minuit|midi)", "de \\1 à ", NULL},
    {"de 20h-minuit", "h", "(?<=de )(\\d{1,2}" GAP "h(?:\\d\\d)?)" DASH "(?=minuit|midi)", "\\1 à ", NULL},
    {"2020-03-17T14:30", "T", NUMBER_BEFORE "(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d:\\d\\d)(?::\\d\\d(?:\\.\\d+)?)?(?:Z|[+-]\\d\\d:?\\d\\d)?" END, "\\1 à \\2", NULL},
    {"2 h 30 min 20 s", "hH", NUMBER_BEFORE "(\\d{1,3})" GAP "h(?:eures?)?" GAP "(\\d{1,2})" GAP "(?:minutes?|min|mn)\\.?" GAP "(?:et )?(\\d{1,2})" GAP "(?:secondes?|sec|s)\\.?" END, NULL, fr_hour},
    {"3 h 30 min", "hH", NUMBER_BEFORE "(\\d{1,3})" GAP "h(?:eures?)?" GAP "(\\d{1,2})" GAP "(?:min|mn)\\.?" END, NULL, fr_hour},
    {"1min30s", "m", NUMBER_BEFORE "(\\d{1,3})(?:min|mn)(\\d\\d)" GAP "(?:s|sec)?" END, NULL, fr_minutes},
    {"2h12'45''", "'", NUMBER_BEFORE "(\\d{1,3})h(\\d\\d)'(\\d\\d)(?:''|'| |$)", NULL, fr_hour},
    {"9''58", "'", NUMBER_BEFORE "(\\d{1,3})''(?=\\d{1,2}" END ")", "\\1 secondes ", NULL},
    {"3'30''", "'", NUMBER_BEFORE "(\\d{1,3})'" GAP "(\\d\\d)(?:''|'| |$|(?=[.,;)]))", NULL, fr_minutes},
    {"30''", "'", NUMBER_BEFORE "()(\\d{1,3})''", NULL, fr_minutes},
    {"12'", "'", NUMBER_BEFORE "(\\d{1,3})'(?=[\\s.,;:!?)]|$)()", NULL, fr_minutes},
    {"2,5 h", "h", NUMBER_BEFORE "((\\d{1,3}),\\d{1,2})" GAP "(?:h|heures?)" END, NULL, fr_decimal_hours},
    {"½", "\302", "(?<=\\d)\\s?½", " 1/2", NULL},
    {"½ l", "\302", "½\\s?(?=\\p{L})", "1/2 ", NULL},
    {"3 kg ½", "\302", "(?<=kg |km | l )½", "1/2", NULL},
    {"2 1/2 h", "/", NUMBER_BEFORE "([2-9]|1\\d) 1/2" GAP "h(?:eures?)?" END, "\\1 heures et demie", NULL},
    {"1 1/2 h", "/", NUMBER_BEFORE "1 1/2" GAP "h(?:eures?)?" END, "une heure et demie", NULL},
    {"2 1/2 kg", "/", NUMBER_BEFORE "(\\d{1,3}) 1/2" GAP "(kg|kilos?|l|litres?|km|m|cm|g|t|tonnes?|ha)" END, "\\1 \\2 et demi", NULL},
    {"2 1/2 verres", "/", NUMBER_BEFORE "(\\d{1,3}) 1/2 (?!(?:et|ou|de|du|des|à|au|le|la|les|pour|par|sur|en|dans|est|sont|avec)" END ")(\\p{Ll}{3,30})" END, NULL, fr_and_half},
    {"3 kg 1/2", "/", NUMBER_BEFORE "(\\d{1,3}" GAP "(?:kg|l|km|m|ha)) 1/2" NUMBER_AFTER, "\\1 et demi", NULL},
    {"de 1/2 h", "/", "\\bde 1/2" GAP "h(?:eure)?" END, "d'une demi-heure", NULL},
    {"de 1/2 journée", "/", "\\bde 1/2" GAP HALVED, "d'une demi-", NULL},
    {"la 1/2 h", "/", AFTER_HER "1/2" GAP "h(?:eure)?" END, "demi-heure", NULL},
    {"une 1/2 journée", "/", AFTER_HER "1/2" GAP HALVED, "demi-", NULL},
    {"1/2 h", "/", NUMBER_BEFORE "([13]/[24])" GAP "(?:h|heure|d'heure|d'h)" END, NULL, fr_part_of_hour},
    {"les 1/2 heures", "/", NUMBER_BEFORE "1/2 (?=heures)", "demi-", NULL},
    {"35 h/semaine", "h", WORD "(\\d{1,3})" GAP "h(?:eures?)?" GAP "/" GAP "(?=(?:sem|semaine|jour|j|mois|an)\\.?" END ")", "\\1 heures/", NULL},
    {"9h-12h/14h-18h", "h", NUMBER_BEFORE "(\\d{1,2}" GAP "h(?:\\d\\d)?" DASH "\\d{1,2}" GAP "h(?:\\d\\d)?)\\s?/\\s?(?=\\d{1,2}" GAP "h)", "\\1 et ", NULL},
    {"9h/12h-14h/18h", "h", NUMBER_BEFORE "(\\d{1,2}" GAP "h(?:\\d\\d)?/\\d{1,2}" GAP "h(?:\\d\\d)?)\\s?-\\s?(?=\\d{1,2}" GAP "h)", "\\1 et ", NULL},
    {"PM 6h12, BM 12h40", "PB", WORD "PM(?= (?:à )?\\d{1,2}" GAP "[h:])", "pleine mer", NULL},
    {"BM 12h40", "B", WORD "BM(?= (?:à )?\\d{1,2}" GAP "[h:])", "basse mer", NULL},
    {"basse mer: 0h15 / 12h40", "h", "(?<=[mM]er : |[mM]er: |[bB]asse : |[hH]aute : |[bB]asse: |[hH]aute: )(\\d{1,2}" GAP "h\\d\\d)\\s?/\\s?(?=\\d{1,2}" GAP "h)", "\\1, ", NULL},
    {"8h-12h", "hH", WORD "(de |De |entre |Entre |vers |Vers )?(\\d{1,2})" GAP "(?:[hH]" GAP "(\\d{2})?)?\\s?[-/\\x{2013}]\\s?" HOUR NO_HOUR_AFTER, NULL, fr_hour_range},
    {"8:00-12:30", ":", NUMBER_BEFORE "(de |De |entre |Entre )?(\\d{1,2}):(\\d{2})" DASH "(\\d{1,2}):(\\d{2})(?![\\d:])", NULL, fr_hour_range},
    {"8h et 1/2", "h", NUMBER_BEFORE "(\\d{1,2})" GAP "h(?:eures?)? et (?:1/2|½)", "\\1 heures et demie", NULL},
    {"8h et 1/4", "h", NUMBER_BEFORE "(\\d{1,2})" GAP "h(?:eures?)? et (?:1/4|¼)", "\\1 heures et quart", NULL},
    {"8h moins 1/4", "h", NUMBER_BEFORE "(\\d{1,2})" GAP "h(?:eures?)? moins (?:un |le )?(?:1/4|¼)", "\\1 heures moins le quart", NULL},
    {"1h1/2", "h", NUMBER_BEFORE "1" GAP "h(?:eure)?" GAP "(?:½|1/2)" END, "une heure et demie", NULL},
    {"2h1/2", "h", NUMBER_BEFORE "(\\d{1,2})" GAP "h(?:eures?)?" GAP "(?:½|1/2)" END, "\\1 heures et demie", NULL},
    {"2h1/4", "h", NUMBER_BEFORE "(\\d{1,2})" GAP "h(?:eures?)?" GAP "(?:¼|1/4)" END, "\\1 heures et quart", NULL},
    {"17:30 h", ":", NUMBER_BEFORE "([01]?\\d|2[0-4]):([0-5]\\d)" GAP "h" END, NULL, fr_hour},
    {"14.30 h", ".", NUMBER_BEFORE "([01]?\\d|2[0-4])\\.([0-5]\\d)" GAP "h" END, NULL, fr_hour},
    {"14h30", "hH", WORD HOUR "(?:\\.(?=\\s\\p{Ll}))?" NO_HOUR_AFTER, NULL, fr_hour},
    {"10:15:30", ":", NUMBER_BEFORE "([01]?\\d|2[0-4]):([0-5]\\d):([0-5]\\d)(?![\\d:])", NULL, fr_hour},
    {"14:30", ":", NUMBER_BEFORE "([01]?\\d|2[0-4]):([0-5]\\d)(?![\\d:])", NULL, fr_hour},
    {"à 14.30", ".", "(?<=à |À )([01]?\\d|2[0-4])\\.([0-5]\\d)(?=\\s*(?:$|[.,;!?)]|et |à |au |en |pour ))", NULL, fr_hour},

    {"12/14 rue du Port", "/", NUMBER_BEFORE "(?<!le |du |Le |Du |au |Au )(\\d{1,3})/(?=[1-9]\\d{0,2},? (?:rue|avenue|boulevard|place|quai|allée|impasse|route|chemin)" END ")", "\\1 ", NULL},

    /* Dates; a mark ("10/10"), an age ("6/12 ans") is none. */
    {"5/6 personnes", "/", NUMBER_BEFORE "(\\d{1,3})\\s?/\\s?(?=\\d{1,3}" GAP "(?:ans|personnes|enfants|jours|mois|semaines|minutes|min|mn|km|m|cm|kg|€|°C|°|fois|places|pers|euros)" END ")", "\\1 à ", NULL},
    {"1er/04", "e1", NUMBER_BEFORE "1(?:er|°)(?=[/.-]\\d{1,2}(?![\\p{L}\\d])|" GAP "mai)", "01", NULL},
    {"lun-ven, sam/dim", "-/+\342", "(?i)" WORD "(du |de )?" OF_WEEK "\\.?\\s?([-/+\\x{2013}])\\s?" OF_WEEK "\\.?" END "(?:/" OF_WEEK "\\.?" END ")?", NULL, fr_weekdays},
    {"novembre-mars", "-\342", "(?i)(?<!\\d )" WORD "(?!(?:janvier-f|février-mars|mars-avril|avril-mai|mai-juin|juin-juil|juillet-ao|août-sept|septembre-oct|octobre-nov|novembre-déc|décembre-janv))" OF_MONTH DASH "(?=" OF_MONTH END ")", "\\1 à ", NULL},
    {"18 avril-3 mai", "-\342", "(?i)" NUMBER_BEFORE "(?<!du )(?:\\ble )?(\\d{1,2}(?:er)? " OF_MONTH ")" DASH "(?=\\d{1,2}(?:er)? " OF_MONTH END ")", "du \\1 au ", NULL},
    {"du 18 avril-3 mai", "-\342", "(?i)(?<=du )(\\d{1,2}(?:er)? " OF_MONTH ")" DASH "(?=\\d{1,2}(?:er)? " OF_MONTH END ")", "\\1 au ", NULL},
    {"le 10/mois", "/", "(?<=le |Le )(\\d{1,2})/mois" END, "\\1 du mois", NULL},
    {"03/2026-06/2026", "/", NUMBER_BEFORE "((?:0[1-9]|1[0-2])/(?:19|20)\\d\\d)" DASH "(?=(?:0[1-9]|1[0-2])/(?:19|20)\\d\\d" NUMBER_AFTER ")", "\\1 à ", NULL},
    {"3-5 mars, 3/4 mars", "-/&\342", "(?i)" NUMBER_BEFORE "(du |les |le )?(\\d{1,2})(?:er)?\\s?([-/\\x{2013}])\\s?(\\d{1,2})(?=[ " NBSP "]" OF_MONTH END ")", NULL, fr_days_of_month},
    {"3-4-5 mars", "-", NUMBER_BEFORE "(\\d{1,2})-(\\d{1,2})-(?=\\d{1,2}[ " NBSP "]" OF_MONTH END ")", "\\1, \\2 et ", NULL},
    {"du 15.02 au 15.03", ".", NUMBER_BEFORE "(du |Du )(\\d{1,2})\\.(0[1-9]|1[0-2]) au (\\d{1,2})\\.(0[1-9]|1[0-2])(?:\\.(20\\d\\d))?" NUMBER_AFTER, NULL, fr_date_range},
    {"avant le 11.5, 30-11", ".-", "(?i)(?<=dès le |avant le |après le |depuis le |ici le |jusqu'au |partir du |compter du )(\\d{1,2})[.-](\\d{1,2})()" NUMBER_AFTER "(?!" GAP "(?:%|€|km|m|kg|h)" END ")", NULL, fr_date},
    {"03/03-05/03", "/", NUMBER_BEFORE "(du |Du )?(\\d{1,2})/(\\d{1,2})" DASH "(\\d{1,2})/(\\d{1,2})(?:/(20\\d\\d))?" NUMBER_AFTER, NULL, fr_date_range},
    {"3-5/03", "/", NUMBER_BEFORE "(du |Du |les |Les )?(\\d{1,2})()" DASH "(\\d{1,2})/(0\\d|1[0-2])" NUMBER_AFTER, NULL, fr_date_range},
    {"20/12/2020-03/01/2021", "/", NUMBER_BEFORE "(?<!du )(?<!Du )(\\d{1,2}/\\d{1,2}/\\d{4})" DASH "(?=\\d{1,2}/\\d{1,2}/\\d{4}" NUMBER_AFTER ")", "du \\1 au ", NULL},
    {"les 10/10, 17/10", "/", "(?<=[Ll]es )(\\d{1,2})/(\\d{1,2})()(?=,? (?:et |ou )?\\d{1,2}/\\d{1,2}" NUMBER_AFTER ")", NULL, fr_date},
    {"17/03/2020", DIGITS, NUMBER_BEFORE "(\\d{1,2})[/.-](\\d{1,2})[/.-](\\d{4}|\\d{2})" NUMBER_AFTER, NULL, fr_date},
    {"17 / 03 / 2020", "/", NUMBER_BEFORE "(\\d{1,2}) / (\\d{1,2}) / (\\d{4})" NUMBER_AFTER, NULL, fr_date},
    {"2020-03-17", "-/.", NUMBER_BEFORE "(\\d{4})[-/.](\\d{2})[-/.](\\d{2})(?!\\d)", NULL, fr_date_iso},
    {"17/03", "/", NUMBER_BEFORE "(0[1-9]|[12]\\d|3[01])/(0[1-9]|(?<=0\\d/|1[3-9]/|2\\d/|3\\d/)1[0-2])()" NUMBER_AFTER, NULL, fr_date},
    {"3/03", "/", NUMBER_BEFORE "(\\d{1,2})/(0[1-9])()" NUMBER_AFTER, NULL, fr_date},
    {"le 3/11", "/", "(?i)(?<=le |du |au |undi |ardi |redi |eudi |medi |bre et |ier et |mars et |vril et |mai et |juin et |llet et |août et |dès |ici |che |\\d et |\\d au )(?![1-3]/[2-4] (?:du|des|d'|de \\D))(\\d{1,2})/(\\d{1,2})()" NUMBER_AFTER, NULL, fr_date},
    {"03/2020", "/.", NUMBER_BEFORE "(0?[1-9](?=/)|0[1-9]|1[0-2])[/.]((?:19|20)\\d\\d)" NUMBER_AFTER, NULL, fr_month_of_year},
    {"8-Mai-1945", "-", "(?i)(?<=\\d-|\\d )" OF_MONTH "-(?=\\d{4}" END ")", "\\1 ", NULL},
    {"17 mars", DIGITS, "(?i)" NUMBER_BEFORE "(\\d{1,2})(?:er)?[ " NBSP "-]" OF_MONTH "(?:\\.(?! *(?-i:\\p{Lu})| *$))?(?![\\p{L}])", NULL, fr_day_of_month},
    {"lundi 03", "0", "(?i)(?<=lundi |mardi |credi |jeudi |dredi |amedi |anche )0(?=[1-9]" END ")", "", NULL},
    {"2020/2021", "/", NUMBER_BEFORE "((?:19|20)\\d\\d)\\s?/\\s?(?=(?:19|20)\\d\\d" NUMBER_AFTER ")", "\\1 à ", NULL},
    {"2020-21", "-/", NUMBER_BEFORE "(19|20)(\\d\\d)[-/](\\d\\d)(?![\\d.,:/_-]|" GAP "[%€\\p{L}])", NULL, fr_season},

    {"eau/gaz/air/sol", "/", WORD "(\\p{L}{3,20})/(\\p{L}{3,20})/(\\p{L}{3,20})/(\\p{L}{3,20})" END "(?!/)", "\\1, \\2, \\3, \\4", NULL},
    {"eau/gaz/air", "/", WORD "(\\p{L}{3,20})/(\\p{L}{3,20})/(\\p{L}{3,20})" END "(?!/)", "\\1, \\2, \\3", NULL},

    /* Ordinals and Roman numerals. */
    {"XIXe s.", "s", "(?<=[IVX]e |[IVX]ème |\\de |\\dème )s\\.?(?![\\p{L}\\d'])", "siècle", NULL},
    {"1/10e", "/", NUMBER_BEFORE "1/(?=\\d{1,4}e" END ")", "un ", NULL},
    {"75e, 1re, 2nd", DIGITS, WORD "(\\d{1,6})" ENDING END "(?!')", NULL, fr_ordinal},
    {"XXIe, Ier", "IVXLC", WORD "([VX]|I(?=er|re|ère)|II(?=nde?|de?)|[IVXLC]{2,8})(ers?|ères?|res?|[eè]mes?|es?|nde?|de?)" END, NULL, fr_ordinal},
    {"XIXE SIÈCLE", "IVX", WORD "([IVX]{3,8})(E|ÈME|EME)" END, NULL, fr_ordinal},
    {"chapitre IV", "ivxIVX", "(?i)" WORD "(chapitre|tome|point|acte|titre|partie|phase|article|annexe|volume|livre|saison|niveau|épisode|section|classe|type|pape|pie|louis|henri|françois|napoléon|charles|philippe|benoît|clovis|guillaume|édouard|george|georges|jean|paul|vatican|jean-paul|mondiale|catégorie)\\s+([IVX]{1,7}|[IVXLC]{2,7})" END "(?![.'-]\\p{L})", NULL, fr_roman},
    {"XIV", "IVX", WORD "([IVX]{2,7})" END "(?!['-]\\p{L})", NULL, fr_roman_alone},

    /* Halves: before the fractions. */
    {"1/2 journée", "/", NUMBER_BEFORE "1/2" GAP "(?=journée|heure|douzaine|bouteille|pension|part)", "une demi-", NULL},
    {"1/2 finale", "/", NUMBER_BEFORE "1/2" GAP "(?=finale)", "demi-", NULL},
    {"1/4 de finale", "/", NUMBER_BEFORE "1/4(?= de finale)", "quart", NULL},
    {"1/4 finale", "/", NUMBER_BEFORE "1/4 finale", "quart de finale", NULL},
    {"1/8 finale", "/", NUMBER_BEFORE "1/8 finale", "huitième de finale", NULL},
    {"1/8 de finale", "/", NUMBER_BEFORE "1/8(?= de finale)", "huitième", NULL},
    {"1/16 de finale", "/", NUMBER_BEFORE "1/16(?= de finale)", "seizième", NULL},
    {"1/2 tarif", "/", NUMBER_BEFORE "1/2" GAP "(?=tarif|groupe|journal|poste|cercle|fond|tour|point)", "demi-", NULL},
    {"1/2 classe", "/", NUMBER_BEFORE "(?<!\\d )1/2[ " NBSP "](?!(?:et|ou|de|du|des|à|au|le|la|les|pour|par|sur|en|dans|est|sont|avec|kg|km|cl|ml)" END ")(\\p{Ll}{3,30})" END, NULL, fr_half},
    {"2 1/2", "/", "(?<=\\d )1/2" NUMBER_AFTER, "et demi", NULL},
    {"3 ans 1/2", "/", "(?<=ans |an |mois |jours |kilos |kg )1/2" NUMBER_AFTER, "et demi", NULL},
    {"le 1/4 du stock", "/", "(?<=le )1/4(?= d)", "quart", NULL},
    {"le 1/3 des voix", "/", "(?<=le )1/3(?= d)", "tiers", NULL},
    {"un 1/2", "/", "(?<=un |le )1/2" NUMBER_AFTER, "demi", NULL},
    {"1/2 l", "/", NUMBER_BEFORE "1/2" GAP "[lL](?:itre)?" END "(?!')", "un demi-litre", NULL},
    {"1/2 kg", "/", NUMBER_BEFORE "1/2" GAP "(?:kg|kilo)" END, "un demi-kilo", NULL},
    {"1/2 km", "/", NUMBER_BEFORE "1/2" GAP "km" END, "un demi-kilomètre", NULL},
    {"½", "\302", "½", " un demi ", NULL},
    {"¼ h", "\302", "¼\\s?(?:h|d'heure)" END, "un quart d'heure", NULL},
    {"¾ h", "\302", "¾\\s?(?:h|d'heure)" END, "trois quarts d'heure", NULL},
    {"¼", "\302", "¼", " un quart ", NULL},
    {"¾", "\302", "¾", " trois quarts ", NULL},
    {"⅓", "\342", "⅓", " un tiers ", NULL},
    {"⅔", "\342", "⅔", " deux tiers ", NULL},

    /* Money, units, ranges. */
    {"2.5, 48.3904", ".", NUMBER_BEFORE "(\\d{1,9})\\.(\\d{1,2}|\\d{4,9})(?!\\d|[.,:/_-]\\d)", "\\1,\\2", NULL},
    {"0.125", ".", NUMBER_BEFORE "(0)\\.(\\d+)(?!\\d|[.,:/_-]\\d)", "\\1,\\2", NULL},
    {"2 000 000 habitants", "0", NUMBER_BEFORE "(\\d{1,3}(?:[ " NBSP ".]?000){2,4})" GAP "(?!d'|de |km\\b|kg\\b|ha\\b)(€|\\p{L}{3,})", NULL, fr_millions_of},
    {"$5", "$\342\302", "(?<!\\d)(?<!\\d )([€$£])" GAP NUMBER "(?![\\d€])", "\\2 \\1", NULL},
    {"6 € / réduit : 4 €", "/", "(?<=€|%|euros|gratuit) / (?!\\p{L}+ (?:ou|et|puis) )(?=(?:\\p{L}{2,20}[ " NBSP "']){1,4}:? ?\\d{1,4}(?:,\\d\\d)? ?€)", ", ", NULL},
    {"-3 M€", "-", "(?<=\\s|^|\\()-" GAP "(?=\\d{1,3}(?:[.,]\\d{1,3})?" GAP "(?:millions?|milliards?|Md|Mds|Mrd|M|k|K)" GAP "€)", "moins ", NULL},
    {"3 M€, 15 k€", "\342", NUMBER_BEFORE NUMBER GAP "(millions?|milliards?|Md|Mds|Mrd|M|k|K)" GAP "€", NULL, fr_big_euros},
    {"12,50 €", "\342eE", NUMBER_BEFORE "(\\d{1,3}(?:[ ." NBSP "]\\d{3})+|\\d{1,9})[,.](\\d{1,2})" GAP "(?:€|euros?" END "|EUR" END ")" PER, NULL, fr_euros},
    {"12€50", "\342", NUMBER_BEFORE "(\\d{1,9})" GAP "€" GAP "(\\d{2})(?!\\d)", NULL, fr_euros},
    {"2/mois", "/", NUMBER_BEFORE "(\\d{1,3})/(?=(?:mois|an|jour|semaine|personne|foyer|famille|enfant)" END ")", "\\1 par ", NULL},
    {"50 c", "c", NUMBER_BEFORE "(\\d{1,2})" GAP "c(?=[\\s.,;:!?)]*$|[.,;:!?)])", "\\1 centimes", NULL},
    {"par heure/enfant", "/", AND_PER, NULL, fr_and_per},
    {"euros/mois, 2x/semaine", "/", "(?<=euros|euro|heures|heure|demie|fois|\\d[xX]|\\d [xX]|jours|jour|places|repas|centimes|personnes|personne|habitants|kilos|mètres)" GAP "/" GAP "(\\p{L}+[²³23]?)\\.?" END, NULL, fr_per_what},
    {"20x30 cm", "xX\303", NUMBER_BEFORE "(\\d{2,4}|\\d,\\d|\\d(?=[xX×]\\d(?:,\\d)?" GAP "[cm]?m))[xX×](?=\\d{1,4}(?:,\\d)?" GAP "(?:[cm]?m)" END ")", "\\1 sur ", NULL},
    {"140x190", "xX\303", NUMBER_BEFORE "(\\d{2,4})[xX×](?=\\d{2,4}" END ")", "\\1 sur ", NULL},
    {"4x4", "xX", NUMBER_BEFORE "4[xX]4" END, "quatre-quatre", NULL},
    {"4x100 m", "xX\303", NUMBER_BEFORE "(\\d{1,2})[xX×](?=\\d)", "\\1 fois ", NULL},
    {"20 m x 10 m", "xX\303", "(?<=\\d m|\\dm|\\d cm|\\dcm)\\s?[xX×]\\s?(?=\\d)", " sur ", NULL},
    {"1,50 m", "m", NUMBER_BEFORE "([1-9])[,.](\\d\\d)" GAP "m" END "(?!')", NULL, fr_metres_and},
    {"3kg500", "k", NUMBER_BEFORE "(\\d{1,3})" GAP "kg" GAP "(?=\\d{3}" NUMBER_AFTER ")", "\\1 kg ", NULL},
    {"1m50", "m", NUMBER_BEFORE "(\\d{1,3})" GAP "m" GAP "(\\d\\d)" NUMBER_AFTER, NULL, fr_metres_and},
    {"37°2", "\302", "(?<=\\d)°(?=\\d(?!\\d))", " degrés ", NULL},
    {"- 5 °C", "-", "(?<=\\s|^|\\()-\\s(?=\\d+(?:,\\d+)?\\s?°)(?<!\\d\\s-\\s)(?<!°\\s-\\s)(?<!°C\\s-\\s)", "moins ", NULL},
    {"page 3/4", "/", "(?i)" WORD "(pages?|parties?|étapes?|épisodes?|volets?|fiches?)" GAP "(\\d{1,3})\\s?/\\s?(?=\\d)", "\\1 \\2 sur ", NULL},
    {"29200 BREST", DIGITS, NUMBER_BEFORE "(?:F-)?(\\d\\d)(\\d{3})[ " NBSP "]((?:\\p{Lu}{2,}[ '-]){0,4}\\p{Lu}{3,})" END, NULL, fr_postcode},
    {"29200 Brest", DIGITS, NUMBER_BEFORE "(?:F-)?(\\d\\d)(\\d{3})(?=[ " NBSP "]\\p{Lu}[\\p{L}'])()(?![ " NBSP "](?:Bretons|Français|Go|Mo|Ko|To|Hz)" END ")", NULL, fr_postcode},
    {"code postal 29200", DIGITS, "(?i)(?<=code postal |code postal: |code postal : |codes postaux |\\bcp |\\bcp : |c\\.p\\. |\\()(\\d\\d)(\\d{3})(?=[\\s.,;:!?)]|$)", NULL, fr_postcode},
    {"3-5, 10 % - 15 %", "-\342", NUMBER_BEFORE "((\\d{1,6})(?:,\\d+)?(?:" GAP "(?:[%€]|°C?))?)" DASH "(?=(\\d{1,6})(?:[,.]\\d+)?(?!\\d|[.,:/_]\\d|-))", NULL, fr_range},
    {"5 km/h, 20 m²", DIGITS, "(?<![\\p{L}\\d])(?<![\\d\\p{L}][.,:/'_])([-+]?)" NUMBER GAP UNIT PER "(?![\\p{L}\\d']|[-/]\\p{L})(?:\\.(?= \\p{Ll}))?", NULL, fr_unit},
    {"par personne / jour", "/", AND_PER, NULL, fr_and_per},
    {"en km/h", "k", WORD "km/h" END, "kilomètres-heure", NULL},
    {"le m³", "\302", "(?<=\\b[Ll]e |\\bau |\\bpar |\\bdu )m³", "mètre cube", NULL},
    {"le m linéaire", "m", "(?<=\\ble |\\bau |\\bpar |\\bdu )m(?=[\\s.,;:!?)]|$)(?! ?\\d)", "mètre", NULL},
    {"maximum/foyer", "/", "(?<=maximum|minimum)/(?=\\p{Ll}{3,})", " par ", NULL},
    {"1 cuillère à soupe", "c", "(?<=une |\\b1 )cuillères(?= à )", "cuillère", NULL},
    {"le kg", "k", "(?<=\\ble |\\bau |\\bpar |\\bdu |\\bles )kg" END, "kilo", NULL},
    {"le m²", "\302", "(?<=\\ble |\\bau |\\bpar |\\bdu )m²" END, "mètre carré", NULL},
    {"le km", "k", "(?<=\\ble |\\bau |\\bpar |\\bdu )km" END, "kilomètre", NULL},
    {"cours/semaine", "/", "(?<=\\p{L}{3}) ?/ ?(?=(?:jour|semaine|mois|an|heure|personne|repas|enfant|foyer|séance|élève)" END ")", " par ", NULL},
    {"2x", "xX\303", NUMBER_BEFORE "(\\d{1,6})" GAP "[xX×]" END, NULL, fr_times},
    {"x86", "x", WORD "x(?=(?:86|64)" END ")", "x ", NULL},
    {"x2", "xX\303", WORD "(?!x ?86|x ?64)[x×]" GAP "(\\d{1,6})" END, NULL, fr_times},
    {"120/100 000", "/", "(?<=\\d) ?/ ?(?=10{0,2}[ " NBSP ".]000" NUMBER_AFTER ")", " pour ", NULL},
    {"3,6/5", "/", NUMBER_BEFORE "(\\d{1,4},\\d{1,3})\\s?/\\s?(?=\\d{1,4}" NUMBER_AFTER ")", "\\1 sur ", NULL},
    {"23/4", "/", NUMBER_BEFORE "(?!16/9)(1[3-9]|2\\d|3[01])/(1[0-2]|[1-9])()" NUMBER_AFTER, NULL, fr_date},
    {"2/3", "/", NUMBER_BEFORE "(\\d{1,4})\\s?/\\s?(\\d{1,4})( de | des | d'(?=\\p{L})| du | de la )?" "(?<=[ ']|(?![\\p{L}\\d]|[.,:/_-][\\d\\p{L}]))", NULL, fr_fraction},
    {"1.234.567", ".", NUMBER_BEFORE "()(\\d{1,3}(?:\\.\\d{3}){2,4})" NUMBER_AFTER, NULL, rule_number},
    {"v1.2.3", ".", "(?<=\\d)\\.(?=\\d+\\.\\d)|(?<=\\d\\.\\d|\\d\\.\\d\\d)\\.(?=\\d)", " point ", NULL},
    {"PM2,5", ",", "(?<=\\p{Lu})(\\d{1,2}),(?=\\d)", "\\1 virgule ", NULL},
    {"1 à 2 places", "1", NUMBER_BEFORE "1(?= (?:à|ou) \\d{1,3} (?:personne|place|fois|semaine|heure|minute|table|salle|nuit|page|tonne|dose|chambre|classe|voiture|séance|réunion|journée|année)s?" END ")", "une", NULL},
    {"1 personne", "1", NUMBER_BEFORE "(\\d{1,3}(?:[ " NBSP "]\\d{3})+|\\d{1,9})[ " NBSP "](?!(?:rue|route|allée|avenue|impasse|voie|venelle|cité|résidence)\\b|place d)(\\p{Ll}{3,})" END, NULL, fr_count_noun},
    {"number", DIGITS, "(?<![\\p{L}\\d])(?<![\\p{L}][.:/'_-])((?<=\\s|^|\\()[-+])?" NUMBER "(?![\\p{L}\\d]|-\\p{L})", NULL, rule_number},
    {"8-mai", DIGITS, NUMBER_BEFORE "()(\\d{1,9})(?=-\\p{L})", NULL, rule_number},
    {"l'an 2000, d'1", "'", "(?<=\\p{L}')()" NUMBER END, NULL, rule_number},
    {"de une heure", "d", WORD "([dD])e (?=une heure)", "\\1'", NULL},

    /* Signs that are left. */
    {"budget / planning", "/", "(?<=\\p{L}|\\)) / (?=\\p{L})", ", ", NULL},
    {"m²", "\302", WORD "m²" END, "mètres carrés", NULL},
    {"m³", "\302", WORD "m³" END, "mètres cubes", NULL},
    {"km²", "\302", WORD "km²" END, "kilomètres carrés", NULL},
    {"10²", "\302", "(?<=[\\p{L}\\d])²", " au carré", NULL},
    {"10³", "\302", "(?<=[\\p{L}\\d])³", " au cube", NULL},
    {"small figures", "\302\342", "[¹²³⁴⁵⁶⁷⁸⁹⁰₀₁₂₃₄₅₆₇₈₉]", "", NULL},
    {"°", "\302", "°", " degré ", NULL},
    {"%", "%", "\\s?%", " pour cent ", NULL},
    {"€", "\342", "\\s?€", " euros ", NULL},
    {"$", "$", "\\s?\\$(?=\\s|$)", " dollars ", NULL},

    /* eSpeak NG takes these for English: "rythme", "enthousiasme", "méthane", "arthrose", "homéopathe". */
    {"th is t", "h",
     "(?<=n|é)th(?=[^iI\\W])(?!ers?\\b|ary)|(?<=[yi])th(?=m)|(?<=\\p{L})th(?=r)|(?<=e)th(?=n)|(?<=u)th(?=en|an)|(?<=li)th(?=[^i\\W])|(?<=[mM]y)th(?=\\p{L})"
     "|(?<=pa|po)th(?=is|ic)|(?<=\\p{L})th(?=erm)|th(?=rombo)|(?<=ar)th(?=ag)|(?<=\\p{L}{3})th(?=es?" END ")",
     "t", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};
/* clang-format on */

const RuleSet rules_fr = {
    .language = "fr",
    .first = fr_first,
    .short_forms = fr_short_forms,
    .notes = fr_notes,
    .rules = rules,
    .units = fr_units,
    .letters = fr_letters,
    .address = "l'adresse est sur notre page",
    .online = "en ligne",
    .dot = "point",
    .hyphen = "tiret",
    .underscore = "tiret bas",
    .at = "arobase",
    .minus = "moins",
    .plus = "plusse",
    .decimal_mark = ',',
    .singular_below_two = true,
    .decimals_as_number = true,
    .decimal_word = "virgule",
    .agree = fr_agree,
};

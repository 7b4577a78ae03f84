/* French words, a row each: letters, units, days, months, genders, endings. How they are used: rules_fr.c and say_fr.h.
 *
 *   fr_units   what follows a number: symbol, singular, plural, feminine or not
 *   fr_per     what follows a slash: "€/h" */
#include "speech/say_fr.h"

/* clang-format off */

const char *const fr_letters[] = {"a",    "bé", "cé",   "dé",   "heu",       "effe", "gé",     "hache", "i",
                                      "ji",   "ka", "elle", "aime", "enne",      "o",    "pé",     "ku",    "erre",
                                      "esse", "té", "u",    "vé",   "double vé", "ixe",  "i grec", "zède"};

/* --- units -------------------------------------------------------------------------------- */

const Unit fr_units[] = {
    {"km/h", "kilomètre-heure", "kilomètres-heure", false},
    {"m³/s", "mètre cube par seconde", "mètres cubes par seconde", false},
    {"m³/h", "mètre cube par heure", "mètres cubes par heure", false},
    {"m/s", "mètre par seconde", "mètres par seconde", false},
    {"km²", "kilomètre carré", "kilomètres carrés", false},
    {"km2", "kilomètre carré", "kilomètres carrés", false},
    {"m²", "mètre carré", "mètres carrés", false},
    {"m2", "mètre carré", "mètres carrés", false},
    {"M²", "mètre carré", "mètres carrés", false},
    {"M2", "mètre carré", "mètres carrés", false},
    {"KM/H", "kilomètre-heure", "kilomètres-heure", false},
    {"cm²", "centimètre carré", "centimètres carrés", false},
    {"cm2", "centimètre carré", "centimètres carrés", false},
    {"m³", "mètre cube", "mètres cubes", false},
    {"m3", "mètre cube", "mètres cubes", false},
    {"cm³", "centimètre cube", "centimètres cubes", false},
    {"cm3", "centimètre cube", "centimètres cubes", false},
    {"km", "kilomètre", "kilomètres", false},
    {"kms", "kilomètre", "kilomètres", false},
    {"Km", "kilomètre", "kilomètres", false},
    {"KM", "kilomètre", "kilomètres", false},
    {"nds", "nœud", "nœuds", false},
    {"nd", "nœud", "nœuds", false},
    {"hm", "hectomètre", "hectomètres", false},
    {"m", "mètre", "mètres", false},
    {"dm", "décimètre", "décimètres", false},
    {"cm", "centimètre", "centimètres", false},
    {"mm", "millimètre", "millimètres", false},
    {"µm", "micromètre", "micromètres", false},
    {"nm", "nanomètre", "nanomètres", false},
    {"ha", "hectare", "hectares", false},
    {"kg", "kilo", "kilos", false},
    {"kgs", "kilo", "kilos", false},
    {"Kg", "kilo", "kilos", false},
    {"KG", "kilo", "kilos", false},
    {"g", "gramme", "grammes", false},
    {"gr", "gramme", "grammes", false},
    {"mg", "milligramme", "milligrammes", false},
    {"µg", "microgramme", "microgrammes", false},
    {"t", "tonne", "tonnes", true},
    {"L", "litre", "litres", false},
    {"l", "litre", "litres", false},
    {"dl", "décilitre", "décilitres", false},
    {"dL", "décilitre", "décilitres", false},
    {"cl", "centilitre", "centilitres", false},
    {"cL", "centilitre", "centilitres", false},
    {"ml", "millilitre", "millilitres", false},
    {"mL", "millilitre", "millilitres", false},
    {"hl", "hectolitre", "hectolitres", false},
    {"hL", "hectolitre", "hectolitres", false},
    {"°C", "degré", "degrés", false},
    {"° C", "degré", "degrés", false},
    {"°F", "degré Fahrenheit", "degrés Fahrenheit", false},
    {"°", "degré", "degrés", false},
    {"%", "pour cent", "pour cent", false},
    {"‰", "pour mille", "pour mille", false},
    {"Po", "pétaoctet", "pétaoctets", false},
    {"To", "téraoctet", "téraoctets", false},
    {"Go", "gigaoctet", "gigaoctets", false},
    {"GB", "gigaoctet", "gigaoctets", false},
    {"Mo", "mégaoctet", "mégaoctets", false},
    {"MB", "mégaoctet", "mégaoctets", false},
    {"Ko", "kilooctet", "kilooctets", false},
    {"ko", "kilooctet", "kilooctets", false},
    {"Mbit/s", "mégabit par seconde", "mégabits par seconde", false},
    {"Mb/s", "mégabit par seconde", "mégabits par seconde", false},
    {"Mbps", "mégabit par seconde", "mégabits par seconde", false},
    {"Gbit/s", "gigabit par seconde", "gigabits par seconde", false},
    {"Gb/s", "gigabit par seconde", "gigabits par seconde", false},
    {"kbit/s", "kilobit par seconde", "kilobits par seconde", false},
    {"kb/s", "kilobit par seconde", "kilobits par seconde", false},
    {"Wh", "wattheure", "wattheures", false},
    {"kWh", "kilowattheure", "kilowattheures", false},
    {"KWh", "kilowattheure", "kilowattheures", false},
    {"kwh", "kilowattheure", "kilowattheures", false},
    {"MWh", "mégawattheure", "mégawattheures", false},
    {"GWh", "gigawattheure", "gigawattheures", false},
    {"TWh", "térawattheure", "térawattheures", false},
    {"kWc", "kilowatt crête", "kilowatts crête", false},
    {"kVA", "kilovoltampère", "kilovoltampères", false},
    {"kW", "kilowatt", "kilowatts", false},
    {"Kw", "kilowatt", "kilowatts", false},
    {"MW", "mégawatt", "mégawatts", false},
    {"GW", "gigawatt", "gigawatts", false},
    {"W", "watt", "watts", false},
    {"V", "volt", "volts", false},
    {"kV", "kilovolt", "kilovolts", false},
    {"mA", "milliampère", "milliampères", false},
    {"mAh", "milliampère-heure", "milliampères-heure", false},
    {"dB", "décibel", "décibels", false},
    {"dBA", "décibel", "décibels", false},
    {"kHz", "kilohertz", "kilohertz", false},
    {"MHz", "mégahertz", "mégahertz", false},
    {"GHz", "gigahertz", "gigahertz", false},
    {"Hz", "hertz", "hertz", false},
    {"hPa", "hectopascal", "hectopascals", false},
    {"kPa", "kilopascal", "kilopascals", false},
    {"Pa", "pascal", "pascals", false},
    {"mbar", "millibar", "millibars", false},
    {"kcal", "kilocalorie", "kilocalories", true},
    {"kJ", "kilojoule", "kilojoules", false},
    {"Mpx", "mégapixel", "mégapixels", false},
    {"px", "pixel", "pixels", false},
    {"CV", "cheval", "chevaux", false},
    {"ms", "milliseconde", "millisecondes", true},
    {"mn", "minute", "minutes", true},
    {"mns", "minute", "minutes", true},
    {"min", "minute", "minutes", true},
    {"sec", "seconde", "secondes", true},
    {"s", "seconde", "secondes", true},
    {"j", "jour", "jours", false},
    {"M", "million", "millions", false},
    {"Md", "milliard", "milliards", false},
    {"Mds", "milliard", "milliards", false},
    {"€", "euro", "euros", false},
    {"EUR", "euro", "euros", false},
    {"eur", "euro", "euros", false},
    {"c€", "centime", "centimes", false},
    {"$", "dollar", "dollars", false},
    {"$ US", "dollar", "dollars", false},
    {"$US", "dollar", "dollars", false},
    {"US$", "dollar", "dollars", false},
    {"USD", "dollar", "dollars", false},
    {"£", "livre", "livres", true},
    {"CHF", "franc suisse", "francs suisses", false},
    {"F", "franc", "francs", false},
    {"¥", "yen", "yens", false},
    {NULL, NULL, NULL, false},
};

/* After a slash; a unit stands for its singular, a whole word for itself. */
const FrWord fr_per[] = {
    {"h", "heure"},
    {"H", "heure"},
    {"sem", "semaine"},
    {"pers", "personne"},
    {"p", "personne"},
    {"hab", "habitant"},
    {"él", "élève"},
    {"adh", "adhérent"},
    {"enf", "enfant"},
    {"ad", "adulte"},
    {"trim", "trimestre"},
    {"an", "an"},
    {"a", "an"},
    {"m²", "mètre carré"},
    {"m2", "mètre carré"},
    {"ans", "ans"},
    {NULL, NULL},
};

/* --- days and months ------------------------------------------------------------------------ */

const char *const fr_days[] = {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", NULL};

const char *const fr_months[] = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                 "juillet", "août",    "septembre", "octobre", "novembre", "décembre", NULL};

/* Twice round the year, the second time as they are written without accents. */
const char *const fr_month_beginnings[] = {"janv", "fév", "mars", "avr", "mai", "juin", "juil", "aoû", "sept", "oct", "nov", "déc",
                                           "janv", "fev", "mars", "avr", "mai", "juin", "juil", "aou", "sept", "oct", "nov", "dec", NULL};

/* --- gender of what is counted ---------------------------------------------------------------- */

/* Common feminine words that their ending does not tell; in the singular. */
const char *const fr_feminine_nouns[] = {
    "conso",
    "affiche", "aide",     "amie",     "assiette", "balle",   "banque",  "boîte",     "blouse",  "bonne",    "bouche",
    "branche", "caisse",   "caméra",   "carte",    "case",    "chaise",  "chambre",   "chose",   "cible",    "classe",
    "clé",     "clef",     "commune",  "couche",   "course",  "crèche", "cuillère",  "date",      "demande", "dernière", "dose",
    "douche",  "école",    "église",   "enceinte", "entreprise", "enquête", "équipe", "étape",   "femme",    "fenêtre",
    "ferme",   "feuille",  "fête",     "fiche",    "fille",   "fin",     "fois",      "grande",  "heure",    "histoire",
    "île",     "image",    "jupe",     "langue",   "lettre",  "ligne",   "liste",     "lampe",   "machine",  "main",
    "marche",  "mère",     "messe",    "minute",   "nouvelle", "nuit",   "offre",     "page",    "parcelle", "part",
    "patate",  "personne", "petite",   "photo",    "pièce",   "pierre",  "place",     "plage",   "plainte",  "plante",
    "pomme",   "porte",    "poubelle", "première", "prise",   "radio",   "reprise",   "réponse", "rose",     "route",
    "rue",     "salle",    "seconde",  "semaine",  "seule",   "signature", "soupe",   "table",   "tarte",    "tasse",
    "tente",   "tonne",    "trousse",  "vache",    "vague",   "vidéo",   "ville",     "visite",  "visio",    "voie",
    "voix",    "voiture",  "pizza",   "poule",    "chèvre",  "brebis",  "moto",      "crêpe",    "banane",  "orange",
    "tomate",  "fraise",   "plaque",  "jambe",    "tuile",   "brique",  "planche",   "poutre",   "vitre",   "benne",
    "remorque", "cuisine", "piscine", "usine",    "cabine",  "vitrine", "cantine",   "caravane", "banderole", "cagette",
    "basse", "flûte", "guitare", "dame", "veste", "écharpe", "bague", "montre", "sacoche", "botte",
    "cagoule", "valise", "bâche", "guirlande", "cloche", "pancarte", "cartouche", "imprimante", "bouilloire", "amende",
    "quête", "bassine", "tante", "nièce", "voisine", "copine", "gamine", "cuve", "pompe", "souche",
    "haie", "grille", "rampe", "dalle", "tombe", "statue", "ampoule", "borne", "antenne", "alarme",
    "sirène", "baraque", "tribune", "scène", "loge", "robe", "cravate", "perruque", "couronne", "coupe",
    "prime", "somme", "règle", "gomme", "copie", "note", "moyenne", "colle", "abeille", "ruche",
    "bouée", "barque", "chaîne", "corde", "perche", "canne", "pioche", "hache", "scie", "bobine",
    "pellicule", "revue", "affaire", "roue", "jante", "selle", "arme", "balise", "zone", "ronde",
    "danse", "valse", "chanson",
    NULL};

const char *const fr_feminine_endings[] = {"tion", "sion", "xion", "té",   "ette",  "ance", "ence", "ure",  "ée",   "ie",    "ière",
                                           "euse", "trice", "elle", "ille", "esse", "aine", "ade",  "ude",  "aison", "erie", NULL};

/* Masculine in spite of their ending. */
const char *const fr_masculine_nouns[] = {
    "été",       "côté",    "traité",   "comité",  "arrêté",  "député",    "pâté",     "invité",  "silence", "murmure",
    "musée",     "lycée",   "trophée",  "incendie", "génie",  "cimetière", "domaine",  "capitaine", "stade", "malade",
    "grade",     "camarade", "prélude", "foie",    "parapluie", "gorille", "mille",    "squelette", "associé", "employé",
    "retraité",  "habitué", "blessé",   "salarié", "licencié", "inscrit",  NULL};

/* --- inclusive writing --------------------------------------------------------------------------- */

const FrEnding fr_whole_words[] = {
    {"copain", "ine", "copine"},       {"copain", "e", "copine"},       {"copain", "copine", "copine"},
    {"beau", "belle", "belle"},        {"beau", "elle", "belle"},       {"vieux", "vieille", "vieille"},
    {"fou", "folle", "folle"},         {"roux", "rousse", "rousse"},    {"doux", "ce", "douce"},
    {"faux", "sse", "fausse"},         {"blanc", "he", "blanche"},      {"blanc", "che", "blanche"},
    {"franc", "he", "franche"},        {"sec", "sèche", "sèche"},       {"frais", "fraîche", "fraîche"},
    {"grec", "que", "grecque"},        {"turc", "que", "turque"},       {"public", "que", "publique"},
    {"long", "ue", "longue"},          {"favori", "te", "favorite"},    {"époux", "se", "épouse"},
    {"jaloux", "se", "jalouse"},       {"andalou", "se", "andalouse"},  {"tout", "e", "toute"},
    {"ce", "tte", "cette"},            {"cet", "te", "cette"},          {"frère", "sœur", "sœur"},
    {"héros", "ïne", "héroïne"},       {"compagnon", "compagne", "compagne"}, {"compagnon", "gne", "compagne"},
    {"neveu", "nièce", "nièce"},       {"garçon", "fille", "fille"},    {"homme", "femme", "femme"},
    {NULL, NULL, NULL},
};

/* How a masculine ending becomes feminine when `written` follows it: "acteur" + "rice" → "act" + "rice". */
const FrEnding fr_endings[] = {
    {"teur", "rice", "trice"}, {"teur", "ice", "trice"},   {"teur", "trice", "trice"}, {"teure", "rice", "trice"},
    {"teur", "teuse", "teuse"}, {"deur", "rice", "drice"}, {"deur", "drice", "drice"}, {"eur", "euse", "euse"},   {"eur", "se", "euse"},      {"eur", "eresse", "eresse"},
    {"eur", "eure", "eure"},   {"eur", "esse", "oresse"},
    {"eux", "se", "euse"},     {"eux", "euse", "euse"},    {"f", "ve", "ve"},          {"if", "ive", "ive"},
    {"er", "ère", "ère"},      {"er", "e", "ère"},         {"ier", "ière", "ière"},    {"er", "re", "ère"},
    {"e", "sse", "esse"},      {"e", "esse", "esse"},      {"en", "ne", "enne"},       {"en", "enne", "enne"},
    {"ien", "ienne", "ienne"}, {"on", "ne", "onne"},       {"on", "onne", "onne"},     {"an", "ne", "anne"},
    {"el", "le", "elle"},      {"el", "elle", "elle"},     {"eil", "le", "eille"},     {"il", "le", "ille"},
    {"ul", "le", "ulle"},      {"eau", "elle", "elle"},    {"eaux", "elle", "elle"},   {"et", "te", "ette"},
    {"et", "ète", "ète"},      {"ot", "te", "otte"},       {"at", "te", "atte"},       {"s", "se", "sse"},
    {"al", "ale", "ale"},      {"aux", "ale", "ale"},      {"al", "le", "ale"},        {"f", "fe", "ffe"},
    {"f", "ffe", "ffe"},       {"c", "que", "que"},        {"ef", "effe", "effe"},     {"in", "ine", "ine"},
    {NULL, NULL, NULL},
};

/* Masculine endings after which the added "e" is not heard: the masculine alone is said. */
const char *const fr_silent_endings[] = {"é", "i", "u", "û", "al", "il", "ol", "el", "eur", "ur", "ct", "ir", "ar", NULL};

const FrEnding fr_determiners[] = {
    {"un", "e", "une"},       {"un", "une", "une"},       {"le", "la", "la"},       {"la", "le", "le"},
    {"du", "de la", "de la"}, {"du", "la", "de la"},      {"de la", "du", "du"},    {"au", "à la", "à la"},
    {"au", "la", "à la"},     {"à la", "au", "au"},       {"ce", "cette", "cette"}, {"ce", "tte", "cette"},
    {"cet", "te", "cette"},   {"cet", "cette", "cette"},  {"son", "sa", "sa"},      {"mon", "ma", "ma"},
    {"ton", "ta", "ta"},      {"quel", "le", "quelle"}, {"tout", "e", "toute"},   {"aucun", "e", "aucune"},
    {"nouveau", "elle", "nouvelle"}, {"nouveau", "nouvelle", "nouvelle"}, {"une", "un", "un"},
    {NULL, NULL, NULL},
};
/* clang-format on */

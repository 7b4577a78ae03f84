#include "editorial/name_lists.h"

#include <glib.h>

/* Frequent first names of the three languages, and of Brittany, Portugal, the Maghreb and West Africa. */
/* clang-format off */
static const char *const FIRST_NAMES[] = {
    "adele", "adrien", "agathe", "agnes", "ahmed", "aicha", "aime", "alain", "alan", "albert", "alejandro", "alex",
    "alexandra", "alexandre", "alexis", "alfonso", "alfred", "ali", "alice", "aline", "alix", "alphonse", "alvaro",
    "amadou", "amandine", "amelia", "amelie", "amina", "aminata", "ana", "anais", "andre", "andrea", "andree",
    "angela", "angelique", "anna", "anne", "annick", "annie", "antoine", "antonin", "antonio", "antony", "armand",
    "armel", "armelle", "arnaud", "arthur", "aude", "audrey", "aurelie", "aurelien", "aurore", "awa", "axel", "aziz",
    "baptiste", "barbara", "bastien", "beatrice", "beatriz", "benedicte", "benjamin", "benoit", "bernadette",
    "bernard", "bertrand", "bilal", "bintou", "blanche", "boris", "boubacar", "brahim", "brieuc", "brigitte", "bruno",
    "camille", "carine", "carlos", "carmen", "carole", "caroline", "catherine", "cecile", "cedric", "celeste",
    "celia", "celine", "chantal", "charlene", "charles", "charlie", "charlotte", "cheikh", "chloe", "christelle",
    "christian", "christiane", "christine", "christophe", "cindy", "claire", "clara", "clarisse", "claude",
    "claudine", "clemence", "clement", "clementine", "clotilde", "colette", "coline", "constance", "coralie",
    "corentin", "corinne", "coumba", "cyril", "cyrille", "damien", "daniel", "daniele", "danielle", "david",
    "deborah", "delphine", "denis", "denise", "desire", "diane", "didier", "diego", "djamila", "dominique", "driss",
    "duarte", "edith", "edouard", "eduardo", "edwige", "elena", "eleonore", "eliane", "elias", "elisa", "elisabeth",
    "elise", "elizabeth", "ella", "elodie", "eloise", "elouan", "elsa", "emile", "emilie", "emily", "emma",
    "emmanuel", "emmanuelle", "enora", "enrique", "enzo", "eric", "erica", "erwan", "erwann", "esteban", "estelle",
    "ethan", "etienne", "eugene", "eugenie", "eva", "eve", "evelyne", "fabien", "fabienne", "fabrice", "fanny",
    "farid", "fatiha", "fatima", "fatma", "fatou", "fatoumata", "felix", "fernand", "fernanda", "fernando", "filipe",
    "flavie", "florence", "florent", "florian", "francis", "francisco", "franck", "francois", "francoise", "frank",
    "fred", "frederic", "frederique", "gabriel", "gabrielle", "gael", "gaelle", "gaetan", "gaspard", "gaston",
    "genevieve", "george", "georges", "georgette", "gerald", "geraldine", "gerard", "germaine", "ghislaine",
    "gilbert", "gildas", "gilles", "gisele", "goncalo", "goulven", "gregory", "guenole", "guilhem", "guillaume",
    "gustave", "guy", "gwen", "gwenael", "gwenaelle", "gwendal", "gwendoline", "gwenn", "gwenola", "habib", "hakim",
    "hamid", "hamza", "hannah", "harry", "hassan", "hayat", "helena", "helene", "henri", "henriette", "henry",
    "herve", "hocine", "honore", "hugo", "hugues", "huguette", "ibrahim", "ibrahima", "idrissa", "ikram", "imane",
    "ines", "irene", "iris", "isaac", "isabel", "isabelle", "ismael", "ivan", "jacqueline", "jacques", "jade",
    "jamal", "james", "jane", "janine", "jason", "javier", "jean", "jeanne", "jeannine", "jennifer", "jeremie",
    "jeremy", "jerome", "jessica", "jimmy", "joachim", "joana", "joao", "joel", "joelle", "john", "jonathan",
    "jordan", "jorge", "jose", "joseph", "josephine", "josette", "josiane", "josselin", "juan", "juana", "judith",
    "jules", "julia", "julian", "julie", "julien", "juliette", "justin", "justine", "kader", "kamel", "karen",
    "karim", "karima", "karine", "kate", "katell", "katia", "kevin", "khadija", "khaled", "koffi", "laetitia",
    "lamia", "lamine", "laura", "laure", "laurence", "laurent", "lea", "leila", "lena", "leo", "leon", "leonie",
    "leopold", "leticia", "liam", "lidia", "liliane", "lina", "lionel", "lisa", "lise", "loic", "lola", "lou",
    "louis", "louisa", "louise", "loup", "lourdes", "luc", "luca", "lucas", "lucia", "lucie", "lucien", "lucienne",
    "lucile", "lucy", "luis", "luisa", "lydia", "lydie", "madeleine", "mael", "maelle", "maelys", "maeva", "magali",
    "mahmoud", "malika", "malo", "mamadou", "manon", "manuel", "manuela", "marc", "marceau", "marcel", "marcelle",
    "marcia", "marco", "margarita", "margaux", "margot", "marguerite", "maria", "mariam", "mariama", "marianne",
    "marie", "mariette", "marilyn", "marin", "marine", "mario", "marion", "marius", "marta", "martha", "martin",
    "martine", "mary", "maryam", "maryse", "maryvonne", "mateo", "mathieu", "mathilde", "mathis", "matthieu", "maud",
    "maurice", "maxime", "mehdi", "melanie", "melissa", "michael", "michel", "michele", "micheline", "michelle",
    "miguel", "mireille", "mohamed", "mohammed", "mokhtar", "monica", "monique", "mounir", "mourad", "moussa",
    "muriel", "mustapha", "myriam", "nabil", "nadege", "nadia", "nadine", "nael", "naima", "nancy", "natacha",
    "nathalie", "nathan", "nelly", "nicolas", "nicole", "nina", "noel", "noelle", "noemie", "nolan", "nolwenn",
    "nora", "norbert", "nour", "noura", "nuno", "odette", "odile", "olivia", "olivier", "omar", "oscar", "oumar",
    "ousmane", "pablo", "paola", "pascal", "pascale", "patrice", "patricia", "patrick", "paul", "paula", "paule",
    "paulette", "pauline", "paulo", "pedro", "peggy", "perrine", "peter", "philippe", "philomene", "pierre", "pilar",
    "quentin", "rachel", "rachid", "rachida", "rafael", "raissa", "ramon", "raoul", "raphael", "raul", "rayan",
    "raymond", "raymonde", "rebecca", "regine", "regis", "reine", "remi", "remy", "renaud", "rene", "renee",
    "ricardo", "richard", "riwan", "robert", "roberto", "robin", "rodolphe", "rodrigo", "roger", "roland", "romain",
    "roman", "romane", "ronan", "rosa", "rosalie", "rose", "roseline", "rosine", "rozenn", "rui", "ryan", "sabine",
    "sabrina", "sacha", "safia", "said", "salim", "salima", "salome", "samia", "samir", "samira", "samuel", "sandra",
    "sandrine", "santiago", "sara", "sarah", "sebastien", "sekou", "selma", "serge", "sergio", "severine", "seydou",
    "simon", "simone", "sofia", "sofiane", "soizic", "solange", "solene", "solenn", "sonia", "sophie", "souad",
    "souleymane", "stephane", "stephanie", "steven", "susan", "suzanne", "sylvain", "sylviane", "sylvie", "tanguy",
    "tariq", "teresa", "theo", "theodore", "theophile", "therese", "thibault", "thibaut", "thierry", "thomas",
    "tiago", "tifenn", "tiphaine", "tom", "tomas", "tony", "toufik", "ursula", "valentin", "valentine", "valerie",
    "vanessa", "veronique", "vicente", "victoire", "victor", "victoria", "vincent", "violette", "virginie", "viviane",
    "walid", "wassim", "wilfried", "william", "xavier", "yacine", "yael", "yamina", "yann", "yannick", "yao",
    "yasmina", "yasmine", "yoann", "yohann", "youcef", "youenn", "youssef", "yves", "yvette", "yvon", "yvonne",
    "zahra", "zineb", "zoe", "zohra", NULL};
/* clang-format on */

static const char *const COMMON_WORDS[] = {
    "aime",   "aurore", "blanche", "celeste", "claire", "clement",   "constance",  "desire", "honore",
    "iris",   "jade",   "jean",    "manuel",  "marc",   "margarita", "marguerite", "marin",  "marine",
    "maxime", "pierre", "reine",   "rose",    "said",   "victoire",  "violette",   NULL};

static const char *const NEVER_ALONE[] = {"eve", "lourdes", "nancy", "noel", "santiago", NULL};

static const char *const TITLES[] = {"M.",  "M",  "MM.", "MM",   "Mme.", "mme.", "Mlle.", "mlle.", "Dr.", "dr.", "Pr",
                                     "Pr.", "Me", "Mr.", "Mrs.", "Ms",   "Ms.",  "Sr.",   "Sra.",  "Don", NULL};

static const char *const FULL_TITLES[] = {
    "abbe",         "docteur", "docteure", "doctor",   "doctora",   "dona", "dr",         "frere",       "madame",
    "mademoiselle", "maitre",  "mamie",    "mesdames", "messieurs", "mlle", "mme",        "mmes",        "monsieur",
    "mr",           "mrs",     "oncle",    "papi",     "papy",      "pere", "professeur", "professeure", "senor",
    "senora",       "soeur",   "tante",    "tata",     "tonton",    NULL};

static const char *const PARTICLES[] = {"Le",  "La",  "Les", "de",  "De",  "du",    "Du",  "des", "Des", "Ar",
                                        "An",  "Van", "van", "Von", "von", "Den",   "den", "Der", "der", "El",
                                        "el",  "Al",  "al",  "Ben", "ben", "Da",    "da",  "Do",  "do",  "Dos",
                                        "dos", "Di",  "di",  "Del", "del", "Saint", NULL};

static const char *const ELISIONS[] = {"d", "l", "qu", "s", "j", "c", "m", "t", "jusqu", "lorsqu", "puisqu", NULL};
static const char *const ARTICLES[] = {"la", "le", "les", "une", "un", "l", "the", "el", NULL};
static const char *const GENITIVES[] = {"de", "du", "des", "d", "en", "of", NULL};

static const char *const PLACES[] = {
    "rue",          "place",   "avenue",    "boulevard", "allee",    "impasse", "chemin",    "quai",
    "pont",         "square",  "ecole",     "college",   "lycee",    "salle",   "stade",     "gymnase",
    "centre",       "espace",  "maison",    "hopital",   "clinique", "parc",    "jardin",    "mediatheque",
    "bibliotheque", "theatre", "residence", "port",      "gare",     "station", "fondation", "street",
    "road",         "school",  "hall",      "calle",     "plaza",    "colegio", "escuela",   "saint",
    "sainte",       "st",      "ste",       "san",       "santa",    NULL};

static const char *const STREETS[] = {"rue",     "place", "avenue", "boulevard", "allee",
                                      "impasse", "quai",  "square", NULL};

static const char *const OFFICES[] = {"accueil", "asso",        "association", "bonjour", "bureau",   "communication",
                                      "contact", "direction",   "ecole",       "equipe",  "hello",    "info",
                                      "infos",   "mairie",      "no",          "noreply", "office",   "presse",
                                      "radio",   "secretariat", "service",     "support", "tourisme", NULL};

static const char *const *const LISTS[LIST_COUNT] = {
    [LIST_FIRST_NAMES] = FIRST_NAMES, [LIST_COMMON_WORDS] = COMMON_WORDS, [LIST_NEVER_ALONE] = NEVER_ALONE,
    [LIST_TITLES] = TITLES,           [LIST_FULL_TITLES] = FULL_TITLES,   [LIST_PARTICLES] = PARTICLES,
    [LIST_ELISIONS] = ELISIONS,       [LIST_ARTICLES] = ARTICLES,         [LIST_GENITIVES] = GENITIVES,
    [LIST_PLACES] = PLACES,           [LIST_STREETS] = STREETS,           [LIST_OFFICES] = OFFICES,
};

bool name_listed(NameList list, const char *word) {
  return g_strv_contains(LISTS[list], word);
}

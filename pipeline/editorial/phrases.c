#include "editorial/phrases.h"

#include "base/language.h"
#include "base/text.h"
#include "editorial/names.h"

#include <string.h>

#define VARIANTS 3
/* Agreements are told from this many on, and not for entries that follow each other closely. */
#define AGREED_LEAST 3
#define AGREED_EVERY 3

/* In a template: {w} "à Brest", {W} "À Brest", {n} who. */
typedef struct {
  const char *with_place[VARIANTS], *without_place[VARIANTS], *named;
  const char *opening; /* folded words with which a text already says its kind */
  const char *agreed;  /* after a number; NULL: agreement means nothing here */
} KindPhrases;

typedef struct {
  const char *language;
  const char *again; /* the same place as just before */
  const char *reply, *reply_at, *reply_named;
  const char *more[VARIANTS], *more_at[VARIANTS]; /* further answers to the same */
  const char *urgent, *urgent_at;
  const char *named_at;                             /* "{n}, {w}": who, when the place is known */
  const char *noted[VARIANTS], *noted_at[VARIANTS]; /* a rough note: it tells no story */
  const char *somebody;                             /* before a verb without its subject; NULL: not in this language */
  const char *colon;
  const char *quiet;
  KindPhrases kinds[KIND_COUNT];
} Phrases;

/* clang-format off */
static const Phrases LANGUAGES[] = {
    {.language = "fr",
     .again = "Toujours {w} : ",
     .reply = "En réponse : ",
     .reply_at = "En réponse, {w} : ",
     .reply_named = "{n} répond : ",
     .more = {"Autre réponse : ", "On ajoute : ", "Une voix encore : "},
     .more_at = {"Autre réponse, {w} : ", "{W}, on ajoute : ", "Une voix encore, {w} : "},
     .urgent = "Important : ",
     .urgent_at = "Important, {w} : ",
     .named_at = "{n}, {w}",
     .noted = {"Noté au carnet : ", "On lit aussi : ", "Dans le carnet : "},
     .noted_at = {"{W}, on note : ", "Noté au carnet, {w} : ", "{W} : "},
     .somebody = "Quelqu'un",
     .colon = " : ",
     .quiet = "Le carnet est calme aujourd'hui : pas de nouvelle à vous lire. Une question, une idée, un coup de main "
              "à proposer ? Écrivez-nous, appelez-nous : le prochain carnet se fera avec vous.",
     .kinds = {[KIND_QUESTION] = {{"Une question, {w} : ", "{W}, on demande : ", "{W} : "},
                                  {"Une question : ", "On se demande : ", "On s'interroge : "},
                                  "{n} demande : ", "question", "personnes se posent la même question."},
               [KIND_PROBLEM] = {{"Un souci, {w} : ", "{W}, une difficulté : ", "{W} : "},
                                 {"Un souci : ", "Une difficulté : ", "Un signalement : "},
                                 "{n} signale : ", "probleme", "personnes le disent aussi."},
               [KIND_EXPERIENCE] = {{"Un retour d'expérience, {w} : ", "{W}, on raconte : ", "{W} : "},
                                    {"Un retour d'expérience : ", "On nous raconte : ", "On nous écrit : "},
                                    "{n} raconte : ", "retour", "personnes s'y retrouvent."},
               [KIND_RESOURCE] = {{"Une ressource, {w} : ", "À partager, {w} : ", "{W} : "},
                                  {"Une ressource : ", "À partager : ", "Bon à savoir : "},
                                  "{n} partage : ", "ressource", "personnes trouvent cela utile."},
               [KIND_IDEA] = {{"Une idée, {w} : ", "{W}, une proposition : ", "{W} : "},
                              {"Une idée : ", "Une piste : ", "Une proposition : "},
                              "{n} propose : ", "idee", "personnes sont d'accord."},
               [KIND_FEELING] = {{"{W} : ", "Un mot, {w} : ", "{W}, on nous confie : "},
                                 {"Une impression : ", "On nous confie : ", "Un mot encore : "},
                                 "{n} confie : ", "ressenti", "personnes le ressentent aussi."},
               [KIND_ANNOUNCEMENT] = {{"{W} : ", "À noter, {w} : ", "Une annonce, {w} : "},
                                      {"À noter : ", "Une annonce : ", "À savoir : "},
                                      "{n} annonce : ", "annonce", NULL},
               [KIND_ALERT] = {{"Attention, {w} : ", "Alerte, {w} : ", "{W}, attention : "},
                               {"Attention : ", "Alerte : ", "Prudence : "},
                               "{n} alerte : ", "alerte", NULL}}},
    {.language = "en",
     .again = "Also {w}: ",
     .reply = "In reply: ",
     .reply_at = "In reply, {w}: ",
     .reply_named = "{n} replies: ",
     .more = {"Another answer: ", "Someone adds: ", "One more voice: "},
     .more_at = {"Another answer, {w}: ", "{W}, someone adds: ", "One more voice, {w}: "},
     .urgent = "Important: ",
     .urgent_at = "Important, {w}: ",
     .named_at = "{n}, {w}",
     .noted = {"Noted in the logbook: ", "We also read: ", "In the logbook: "},
     .noted_at = {"{W}, someone notes: ", "Noted in the logbook, {w}: ", "{W}: "},
     .colon = ": ",
     .quiet = "The logbook is quiet today: nothing new to read to you. A question, an idea, a helping hand? "
              "Write to us or call us, and the next bulletin will be yours.",
     .kinds = {[KIND_QUESTION] = {{"A question, {w}: ", "{W}, someone asks: ", "{W}: "},
                                  {"A question: ", "Someone asks: ", "Another question: "},
                                  "{n} asks: ", "question", "people ask the same."},
               [KIND_PROBLEM] = {{"A problem, {w}: ", "{W}, a difficulty: ", "{W}: "},
                                 {"A problem: ", "A difficulty: ", "Trouble reported: "},
                                 "{n} reports: ", "problem", "people say the same."},
               [KIND_EXPERIENCE] = {{"A first-hand account, {w}: ", "{W}, we are told: ", "{W}: "},
                                    {"A first-hand account: ", "We are told: ", "From experience: "},
                                    "{n} tells us: ", "experience", "people say the same."},
               [KIND_RESOURCE] = {{"A resource, {w}: ", "To share, {w}: ", "{W}: "},
                                  {"A resource: ", "To share: ", "Good to know: "},
                                  "{n} shares: ", "resource", "people find it useful."},
               [KIND_IDEA] = {{"An idea, {w}: ", "{W}, a proposal: ", "{W}: "},
                              {"An idea: ", "A proposal: ", "A thought: "},
                              "{n} suggests: ", "idea", "people agree."},
               [KIND_FEELING] = {{"{W}: ", "How it feels, {w}: ", "{W}, in confidence: "},
                                 {"How it feels: ", "In confidence: ", "A few words: "},
                                 "{n} says: ", "feeling", "people feel the same."},
               [KIND_ANNOUNCEMENT] = {{"{W}: ", "For your diary, {w}: ", "A notice, {w}: "},
                                      {"For your diary: ", "A notice: ", "Please note: "},
                                      "{n} announces: ", "announcement", NULL},
               [KIND_ALERT] = {{"Warning, {w}: ", "Alert, {w}: ", "{W}, take care: "},
                               {"Warning: ", "Alert: ", "Take care: "},
                               "{n} warns: ", "alert", NULL}}},
    {.language = "es",
     .again = "También {w}: ",
     .reply = "En respuesta: ",
     .reply_at = "En respuesta, {w}: ",
     .reply_named = "{n} responde: ",
     .more = {"Otra respuesta: ", "Añaden: ", "Una voz más: "},
     .more_at = {"Otra respuesta, {w}: ", "{W}, añaden: ", "Una voz más, {w}: "},
     .urgent = "Importante: ",
     .urgent_at = "Importante, {w}: ",
     .named_at = "{n}, {w}",
     .noted = {"Anotado en el cuaderno: ", "También leemos: ", "En el cuaderno: "},
     .noted_at = {"{W}, anotan: ", "Anotado en el cuaderno, {w}: ", "{W}: "},
     .colon = ": ",
     .quiet = "El cuaderno está tranquilo hoy: ninguna noticia que leer. ¿Una pregunta, una idea, una ayuda? "
              "Escríbanos o llámenos: el próximo boletín se hará con usted.",
     .kinds = {[KIND_QUESTION] = {{"Una pregunta, {w}: ", "{W}, preguntan: ", "{W}: "},
                                  {"Una pregunta: ", "Preguntan: ", "Otra pregunta: "},
                                  "{n} pregunta: ", "pregunta", "personas se preguntan lo mismo."},
               [KIND_PROBLEM] = {{"Un problema, {w}: ", "{W}, una dificultad: ", "{W}: "},
                                 {"Un problema: ", "Una dificultad: ", "Nos avisan: "},
                                 "{n} avisa: ", "problema", "personas dicen lo mismo."},
               [KIND_EXPERIENCE] = {{"Una experiencia, {w}: ", "{W}, nos cuentan: ", "{W}: "},
                                    {"Una experiencia: ", "Nos cuentan: ", "De lo vivido: "},
                                    "{n} cuenta: ", "experiencia", "personas dicen lo mismo."},
               [KIND_RESOURCE] = {{"Un recurso, {w}: ", "Para compartir, {w}: ", "{W}: "},
                                  {"Un recurso: ", "Para compartir: ", "Conviene saber: "},
                                  "{n} comparte: ", "recurso", "personas lo encuentran útil."},
               [KIND_IDEA] = {{"Una idea, {w}: ", "{W}, una propuesta: ", "{W}: "},
                              {"Una idea: ", "Una propuesta: ", "Una pista: "},
                              "{n} propone: ", "idea", "personas están de acuerdo."},
               [KIND_FEELING] = {{"{W}: ", "Un sentir, {w}: ", "{W}, nos confían: "},
                                 {"Un sentir: ", "Nos confían: ", "Unas palabras: "},
                                 "{n} confía: ", "sentir", "personas sienten lo mismo."},
               [KIND_ANNOUNCEMENT] = {{"{W}: ", "Para su agenda, {w}: ", "Un anuncio, {w}: "},
                                      {"Para su agenda: ", "Un anuncio: ", "Tomen nota: "},
                                      "{n} anuncia: ", "anuncio", NULL},
               [KIND_ALERT] = {{"Atención, {w}: ", "Alerta, {w}: ", "{W}, cuidado: "},
                               {"Atención: ", "Alerta: ", "Cuidado: "},
                               "{n} alerta: ", "alerta", NULL}}},
};
/* clang-format on */

static bool is_language(const char *tag, const char *primary) {
  gsize n = strlen(primary);
  return tag != NULL && g_ascii_strncasecmp(tag, primary, n) == 0 && !g_ascii_isalnum(tag[n]);
}

/* NULL when there is no table for the language. */
static const Phrases *phrases_of(const char *language) {
  for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++)
    if (is_language(language, LANGUAGES[i].language))
      return &LANGUAGES[i];
  return NULL;
}

const char *phrase_quiet(const char *language) {
  const Phrases *phrases = phrases_of(language);
  return phrases == NULL ? LANGUAGES[1].quiet : phrases->quiet;
}

static char *capitalise(const char *text) {
  g_autofree char *first = g_utf8_substring(text, 0, 1);
  g_autofree char *upper = g_utf8_strup(first, -1);
  return g_strconcat(upper, g_utf8_next_char(text), NULL);
}

/* --- where -------------------------------------------------------------------- */

/* Folded first words that stand without "à": "quartier du Port : …". */
static const char *const STANDS_ALONE[] = {"quartier", "rue",    "place",  "mairie", "ecole",   "college",     "lycee",
                                           "salle",    "hameau", "avenue", "quai",   "gymnase", "mediatheque", "maison",
                                           "partout",  "ehpad",  "chez",   "en",     "dans",    NULL};
/* French names of countries and regions that take "en". */
static const char *const TAKES_EN[] = {"bretagne", "normandie", "occitanie", "corse",     "france",  "vendee",
                                       "mayenne",  "alsace",    "lorraine",  "provence",  "ardeche", "pays",
                                       "ile",      "nouvelle",  "auvergne",  "bourgogne", NULL};

static const char *const TAKES_DANS_LE[] = {"finistere", "morbihan", "jura",     "gers", "lot",  "cantal", "loiret",
                                            "calvados",  "var",      "vaucluse", "gard", "tarn", "doubs",  NULL};
/* A small letter at the beginning, and yet the name of a place: "le Havre". */
static bool opens_with_article(const char *place) {
  static const char *const ARTICLES[] = {"le ", "les ", "la ", "l'", "l\342\200\231"};
  for (gsize i = 0; i < G_N_ELEMENTS(ARTICLES); i++)
    if (g_str_has_prefix(place, ARTICLES[i]))
      return true;
  return false;
}

static char *where_fr(const char *place, const char *first_word) {
  static const struct {
    const char *article, *said;
  } contractions[] = {{"Le ", "au "}, {"Les ", "aux "}, {"le ", "au "}, {"les ", "aux "}};
  for (gsize i = 0; i < G_N_ELEMENTS(contractions); i++)
    if (g_str_has_prefix(place, contractions[i].article))
      return g_strconcat(contractions[i].said, place + strlen(contractions[i].article), NULL);
  if (g_strv_contains(TAKES_DANS_LE, first_word))
    return g_strconcat("dans le ", place, NULL);
  return g_strconcat(g_strv_contains(TAKES_EN, first_word) ? "en " : "à ", place, NULL);
}

char *phrase_where(const char *place, const char *language) {
  g_autofree char *squeezed = text_squeeze(place);
  g_autofree char *folded = text_fold(squeezed);
  char *space = strchr(folded, ' ');
  if (space != NULL)
    *space = '\0';
  bool alone = g_strv_contains(STANDS_ALONE, folded) || phrases_of(language) == NULL;
  bool french = is_language(language, "fr");
  bool is_name = !g_unichar_islower(g_utf8_get_char(squeezed)) || (french && opens_with_article(squeezed));
  if (alone || !is_name)
    return g_steal_pointer(&squeezed);
  if (french)
    return where_fr(squeezed, folded);
  return g_strconcat(is_language(language, "es") ? "en " : "in ", squeezed, NULL);
}

/* --- before the words ------------------------------------------------------------ */

/* The place that may be said, or NULL. */
static const char *said_place(const Entry *entry) {
  if (entry->attribution == ATTRIBUTION_NONE || entry->place == NULL || *entry->place == '\0')
    return NULL;
  return entry->place;
}

/* The name that may be said (g_free), or NULL. */
static char *said_name(const Entry *entry) {
  if (entry->author == NULL || *entry->author == '\0')
    return NULL;
  if (entry->attribution == ATTRIBUTION_FULL)
    return text_squeeze(entry->author);
  return entry->attribution == ATTRIBUTION_FIRST_NAME ? entry_first_name(entry) : NULL;
}

static char *fill_template(const char *template, const char *where, const char *name) {
  GString *out = g_string_new(NULL);
  g_autofree char *capital = where == NULL ? NULL : capitalise(where);
  for (const char *at = template; *at != '\0'; at++) {
    if (at[0] != '{') {
      g_string_append_c(out, *at);
      continue;
    }
    const char *value = at[1] == 'w' ? where : at[1] == 'W' ? capital : name;
    g_string_append(out, value == NULL ? "" : value);
    at += 2;
  }
  return g_string_free(out, FALSE);
}

/* A variant that differs from entry to entry, and from the one just used. */
static guint next_variant(const Entry *entry, const PhraseMemory *memory) {
  guint variant = (guint)(entry->id % VARIANTS);
  if (memory->any && memory->kind == entry->kind && memory->variant == variant)
    variant = (variant + 1) % VARIANTS;
  return variant;
}

/* Do the words say their own kind ("Question pour la mairie : …")? */
static bool says_kind(const char *words, const KindPhrases *kind) {
  g_autofree char *head = g_utf8_substring(words, 0, MIN(g_utf8_strlen(words, 64), 24));
  g_autofree char *folded = text_fold(head);
  return g_str_has_prefix(folded, kind->opening);
}

/* The first template from `variant` on whose words are not those of the entry. */
static const char *fresh_template(const char *const *templates, guint variant, const char *words) {
  for (guint i = 0; i < VARIANTS; i++)
    if (!phrase_repeats(templates[(variant + i) % VARIANTS], words))
      return templates[(variant + i) % VARIANTS];
  return templates[variant];
}

static bool is_rough(const Entry *entry) {
  return (entry->title == NULL || *entry->title == '\0') && entry->text != NULL &&
         g_unichar_islower(g_utf8_get_char(entry->text + strspn(entry->text, " ")));
}

/* Folded verbs of notes about somebody: "ne sait pas…", "cherche une salle". Not those that are nouns too. */
static const char *const VERBS[] = {"ne",        "n",       "travaille", "cherche",  "propose",  "souhaite", "pense",
                                    "constate",  "signale", "suggere",   "rappelle", "craint",   "aimerait", "voudrait",
                                    "participe", "prefere", "raconte",   "espere",   "apprecie", NULL};

/* "Quelqu'un, à Nantes, " before a verb that lacks its subject. Returns (g_free), or NULL. */
static char *intro_subject(const Phrases *phrases, const Entry *entry, const char *name, const char *where) {
  if (phrases->somebody == NULL || !is_rough(entry))
    return NULL;
  g_autofree char *folded = text_fold(entry->text);
  g_strchug(folded);
  folded[strcspn(folded, " '")] = '\0';
  if (!g_strv_contains(VERBS, folded))
    return NULL;
  const char *who = name == NULL ? phrases->somebody : name;
  return where == NULL ? g_strconcat(who, " ", NULL) : g_strconcat(who, ", ", where, ", ", NULL);
}

static char *intro_named(const Phrases *phrases, const char *name, const char *where, const char *template) {
  g_autofree char *who = where == NULL ? g_strdup(name) : fill_template(phrases->named_at, where, name);
  if (template == NULL)
    return g_strconcat(who, phrases->colon, NULL);
  /* "Maryvonne, à Port-Aurelle, demande : " */
  g_autofree char *subject = where == NULL ? g_strdup(who) : g_strconcat(who, ",", NULL);
  return fill_template(template, where, subject);
}

static char *intro_anonymous(const Phrases *phrases, const Entry *entry, const char *words, const char *where,
                             bool is_again, guint variant) {
  const KindPhrases *kind = &phrases->kinds[entry->kind];
  if (where != NULL && is_again)
    return fill_template(phrases->again, where, NULL);
  if (says_kind(words, kind))
    return where == NULL ? g_strdup("")
                         : fill_template(g_str_equal(phrases->colon, " : ") ? "{W} : " : "{W}: ", where, NULL);
  bool is_note = entry->kind == KIND_EXPERIENCE && is_rough(entry);
  const char *const *templates = is_note ? (where != NULL ? phrases->noted_at : phrases->noted)
                                         : (where != NULL ? kind->with_place : kind->without_place);
  return fill_template(fresh_template(templates, variant, words), where, NULL);
}

/* The first answer is called one; further ones are now and then, else by their kind. */
static char *intro_reply(const Phrases *phrases, const Entry *entry, const char *words, const char *where,
                         bool is_again, guint variant, guint answers) {
  bool at = where != NULL && !is_again;
  if (answers == 0)
    return fill_template(at ? phrases->reply_at : phrases->reply, where, NULL);
  if (answers % 2 == 1)
    return intro_anonymous(phrases, entry, words, where, is_again, variant);
  guint turn = answers / 2 % VARIANTS;
  return fill_template(at ? phrases->more_at[turn] : phrases->more[turn], where, NULL);
}

/* A language without a table: the place or the name alone. */
static char *intro_plain(const char *name, const char *place) {
  const char *who = name != NULL ? name : place;
  return who == NULL ? g_strdup("") : g_strconcat(who, ": ", NULL);
}

/* "Un souci, à Kervalan : " → "Un souci, à Kervalan. ", where the words have a colon of their own. Takes `intro`. */
static char *end_intro(char *intro, const char *colon, const char *words) {
  if (!g_str_has_suffix(intro, colon) || !phrase_opens_with_colon(words))
    return intro;
  char *stopped = g_strdup_printf("%.*s. ", (int)(strlen(intro) - strlen(colon)), intro);
  g_free(intro);
  return stopped;
}

static char *intro_of(const Entry *entry, const char *words, bool is_urgent, bool is_reply, PhraseMemory *memory) {
  const Phrases *phrases = phrases_of(entry->language);
  const char *place = said_place(entry);
  g_autofree char *name = said_name(entry);
  g_autofree char *where = place == NULL ? NULL : phrase_where(place, entry->language);
  bool is_again = memory->any && place != NULL && g_strcmp0(memory->place, place) == 0;
  guint variant = next_variant(entry, memory);
  guint answers = memory->answers;
  memory->answers = is_reply ? answers + 1 : 0;
  memory->place = place;
  memory->variant = variant;
  memory->kind = entry->kind;
  memory->any = true;
  if (phrases == NULL)
    return intro_plain(name, place);
  char *subject = is_urgent || is_reply ? NULL : intro_subject(phrases, entry, name, is_again ? NULL : where);
  if (subject != NULL)
    return subject;
  if (is_urgent && name == NULL)
    return fill_template(where == NULL ? phrases->urgent : phrases->urgent_at, where, NULL);
  if (name != NULL)
    return intro_named(phrases, name, is_again ? NULL : where,
                       is_reply       ? phrases->reply_named
                       : variant == 0 ? NULL
                                      : phrases->kinds[entry->kind].named);
  if (is_reply)
    return intro_reply(phrases, entry, words, where, is_again, variant, answers);
  return intro_anonymous(phrases, entry, words, where, is_again, variant);
}

char *phrase_intro(const Entry *entry, bool is_urgent, bool is_reply, PhraseMemory *memory) {
  g_autofree char *words = phrase_words(entry);
  const Phrases *phrases = phrases_of(entry->language);
  return end_intro(intro_of(entry, words, is_urgent, is_reply, memory), phrases == NULL ? ": " : phrases->colon, words);
}

/* --- the words -------------------------------------------------------------------- */

char *phrase_entry(const Entry *entry, bool is_urgent, bool is_reply, PhraseMemory *memory) {
  const Phrases *phrases = phrases_of(entry->language);
  const char *agreed = phrases == NULL ? NULL : phrases->kinds[entry->kind].agreed;
  bool may_tell = !memory->any || memory->since_agreed >= AGREED_EVERY - 1;
  g_autofree char *intro = phrase_intro(entry, is_urgent, is_reply, memory);
  g_autofree char *words = phrase_words(entry);
  memory->since_agreed++;
  if (agreed == NULL || entry->endorsements < AGREED_LEAST || !may_tell)
    return g_strconcat(intro, words, NULL);
  memory->since_agreed = 0;
  return g_strdup_printf("%s%s %" G_GINT64_FORMAT " %s", intro, words, entry->endorsements, agreed);
}

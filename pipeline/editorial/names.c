#include "editorial/names.h"

#include "base/text.h"

#include <string.h>

/* Folded. Frequent first names of the three languages; only together with a
 * capital and something that follows are they taken for a person. */
static const char *const FIRST_NAMES[] = {
    "adele", "adrien", "agathe", "agnes", "alain", "albert", "alejandro", "alexandre", "alice", "aline", "ana",
    "andre", "andrea", "angela", "anna", "anne", "annick", "antoine", "antonio", "arthur", "audrey", "aurelie",
    "beatrice", "benoit", "bernadette", "bernard", "brigitte", "bruno", "camille", "carlos", "carmen", "carole",
    "caroline", "catherine", "cecile", "celine", "chantal", "charles", "charlotte", "christelle", "christian",
    "christine", "christophe", "claire", "claude", "colette", "corinne", "cyril", "damien", "daniel", "david",
    "delphine", "denis", "denise", "diego", "dominique", "edouard", "elena", "elise", "elizabeth", "emilie", "emma",
    "emmanuel", "eric", "erwan", "etienne", "eugenie", "fabien", "fabrice", "fatima", "fernand", "florence",
    "francis", "franck", "francois", "francoise", "frederic", "gabriel", "gael", "gaelle", "genevieve", "georges",
    "gerard", "gilles", "goulven", "guillaume", "guy", "gwenael", "helene", "henri", "herve", "hugo", "ines",
    "isabel", "isabelle", "jacqueline", "jacques", "james", "javier", "jean", "jeanne", "jerome", "joel", "john",
    "jorge", "jose", "joseph", "juan", "julie", "julien", "juliette", "karim", "laura", "laure", "laurence", "laurent",
    "lea", "leila", "leo", "louis", "louise", "luc", "lucas", "lucia", "lucie", "lucien", "luis", "madeleine", "manon",
    "manuel", "marc", "marcel", "maria", "marie", "marion", "martin", "martine", "mary", "maryvonne", "mathilde",
    "mathieu", "maurice", "michel", "michele", "miguel", "mohamed", "monique", "nadia", "nathalie", "nicolas",
    "nicole", "noel", "noemie", "odile", "olivier", "pablo", "pascal", "patrice", "patrick", "paul", "paule", "pedro",
    "peter", "philippe", "pierre", "rachid", "raymond", "rene", "renee", "richard", "robert", "roger", "ronan",
    "rosa", "sabine", "sandrine", "sara", "sarah", "sebastien", "serge", "severine", "simon", "simone", "solenn",
    "sophie", "stephane", "stephanie", "susan", "suzanne", "sylvain", "sylvie", "tanguy", "teresa", "therese",
    "thierry", "thomas", "tom", "valerie", "vincent", "virginie", "william", "xavier", "yann", "yannick", "yves",
    "yvette", "yvonne", "zoe", NULL};

/* As written, before a name. */
static const char *const TITLES[] = {"M.",   "M",    "MM.",      "Mme",       "Mme.", "Mlle", "Monsieur", "Madame",
                                     "Dr",   "Dr.",  "Docteur",  "Professeur", "Pr",  "Me",   "Maître",   "Mr",
                                     "Mr.",  "Mrs",  "Mrs.",     "Ms",        "Ms.",  "Sr.",  "Sra.",     "Don",
                                     "Doña", "Señor", "Señora", NULL};

/* Folded. "rue Jean Moreau", "l'école Marie Lannec" name a place, not somebody heard. */
static const char *const PLACES[] = {
    "rue", "place", "avenue", "boulevard", "allee", "impasse", "chemin", "quai", "pont", "square", "ecole", "college",
    "lycee", "salle", "stade", "gymnase", "centre", "espace", "maison", "hopital", "clinique", "parc", "jardin",
    "mediatheque", "bibliotheque", "theatre", "residence", "port", "gare", "station", "fondation", "street", "road",
    "school", "hall", "calle", "plaza", "colegio", "escuela", "saint", "sainte", "st", "ste", "san", "santa", NULL};

static bool in(const char *const *table, const char *word) {
  return g_strv_contains(table, word);
}

static bool is_capitalised(const char *word) {
  gunichar first = g_utf8_get_char(word);
  const char *next = g_utf8_next_char(word);
  return g_unichar_isupper(first) && *next != '\0' && g_unichar_islower(g_utf8_get_char(next));
}

/* Without the punctuation around it. Returns (g_free). */
static char *bare(const char *word) {
  const char *from = word, *until = word + strlen(word);
  while (from < until && !g_unichar_isalnum(g_utf8_get_char(from)))
    from = g_utf8_next_char(from);
  while (until > from) {
    const char *last = g_utf8_prev_char(until);
    if (g_unichar_isalnum(g_utf8_get_char(last)))
      break;
    until = last;
  }
  return g_strndup(from, (gsize)(until - from));
}

/* Does a sentence or a list end at `word`? Then the next one is no surname. */
static bool ends_phrase(const char *word) {
  return word[0] == '\0' || strchr(".,;:!?)", word[strlen(word) - 1]) != NULL;
}

/* "Jean-Yves" is known by "Jean". */
static bool is_first_name(const char *word) {
  if (!is_capitalised(word))
    return false;
  g_autofree char *folded = text_fold(word);
  char *cut = strchr(folded, ' ');
  if (cut != NULL)
    *cut = '\0';
  return in(FIRST_NAMES, folded);
}

static bool is_in_place(const char *word, const char *place) {
  if (place == NULL)
    return false;
  g_autofree char *w = text_fold(word), *p = text_fold(place);
  return *w != '\0' && strstr(p, w) != NULL;
}

static bool before_place(char **words, guint i) {
  if (i == 0)
    return false;
  g_autofree char *folded = text_fold(words[i - 1]);
  char *last = strrchr(folded, ' ');
  return in(PLACES, last == NULL ? folded : last + 1);
}

/* "M." and a capital, or a first name and a capital. */
static char *name_at(char **words, guint i, const char *place) {
  g_autofree char *word = bare(words[i]);
  if (words[i][0] == '(' && strchr(words[i], ')') != NULL && is_first_name(word))
    return g_strdup(word);
  if (words[i + 1] == NULL)
    return NULL;
  g_autofree char *next = bare(words[i + 1]);
  if (in(TITLES, words[i]) && is_capitalised(next) && !is_in_place(next, place))
    return g_strdup_printf("%s %s", words[i], next);
  if (ends_phrase(words[i]) || !is_first_name(word) || before_place(words, i))
    return NULL;
  bool has_particle = g_str_equal(next, "Le") || g_str_equal(next, "La") || g_str_equal(next, "de");
  if (has_particle && words[i + 2] != NULL) {
    g_autofree char *after = bare(words[i + 2]);
    if (is_capitalised(after) && !is_in_place(after, place))
      return g_strdup_printf("%s %s %s", word, next, after);
  }
  gunichar initial = g_utf8_get_char(next);
  if (!g_unichar_isupper(initial) || is_in_place(next, place))
    return NULL;
  return g_strdup_printf("%s %s", word, next);
}

/* Parts of a name that are worth looking for: three letters or more, no role in brackets. */
static GPtrArray *author_parts(const char *author) {
  GPtrArray *parts = g_ptr_array_new_with_free_func(g_free);
  if (author == NULL)
    return parts;
  g_autofree char *folded = text_fold(author);
  g_auto(GStrv) words = g_strsplit(folded, " ", 8);
  for (guint i = 0; words[i] != NULL; i++)
    if (g_utf8_strlen(words[i], -1) >= 3)
      g_ptr_array_add(parts, g_strdup(words[i]));
  return parts;
}

static char *author_at(const char *word, GPtrArray *parts, bool any_case) {
  g_autofree char *plain = bare(word);
  if (*plain == '\0' || (!any_case && !g_unichar_isupper(g_utf8_get_char(plain))))
    return NULL;
  g_autofree char *folded = text_fold(plain);
  g_auto(GStrv) pieces = g_strsplit(folded, " ", 6);
  for (guint i = 0; pieces[i] != NULL; i++)
    for (guint j = 0; j < parts->len; j++)
      if (g_str_equal(pieces[i], g_ptr_array_index(parts, j)))
        return g_strdup(plain);
  return NULL;
}

char *names_find(const char *text, const char *author, const char *place) {
  g_autofree char *squeezed = text_squeeze(text);
  g_auto(GStrv) words = g_strsplit(squeezed, " ", -1);
  g_autoptr(GPtrArray) parts = author_parts(author);
  for (guint i = 0; words[i] != NULL; i++) {
    char *found = is_in_place(words[i], place) ? NULL : author_at(words[i], parts, false);
    if (found == NULL)
      found = name_at(words, i, place);
    if (found != NULL)
      return found;
  }
  return NULL;
}

bool names_hold_author(const char *text, const char *author) {
  g_autofree char *squeezed = text_squeeze(text);
  g_auto(GStrv) words = g_strsplit(squeezed, " ", -1);
  g_autoptr(GPtrArray) parts = author_parts(author);
  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *found = author_at(words[i], parts, true);
    if (found != NULL)
      return true;
  }
  return false;
}

char *names_in_anonymous(const Entry *entry) {
  if (entry->attribution != ATTRIBUTION_NONE && entry->attribution != ATTRIBUTION_PLACE)
    return NULL;
  char *found = entry->title == NULL ? NULL : names_find(entry->title, entry->author, entry->place);
  if (found == NULL && entry->text != NULL)
    found = names_find(entry->text, entry->author, entry->place);
  return found;
}

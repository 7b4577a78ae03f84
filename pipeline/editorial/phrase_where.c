/* Where: the preposition that a place's name takes. */
#include "editorial/phrase_tables.h"

#include "base/language.h"
#include "base/text.h"

#include <string.h>

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
  bool alone = g_strv_contains(STANDS_ALONE, folded) || phrase_table(language) == NULL;
  bool french = language_same(language, "fr");
  bool is_name = !g_unichar_islower(g_utf8_get_char(squeezed)) || (french && opens_with_article(squeezed));
  if (alone || !is_name)
    return g_steal_pointer(&squeezed);
  if (french)
    return where_fr(squeezed, folded);
  return g_strconcat(language_same(language, "es") ? "en " : "in ", squeezed, NULL);
}

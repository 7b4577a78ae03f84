/* What looks like a date, an hour, a unit or a word in two genders, and is none: it is read all the same, by the words
 * it is made of, and never as what it is not. */
#include "speech/normalise.h"

#include "speech/phrases.h"

#include <string.h>

/* `says` and `never` may be NULL. */
typedef struct {
  const char *text, *says, *never;
} Row;

static const Row french[] = {
    {"le 32/03/2020", "trente-deux", "mars"},
    {"le 3-40/03", "quarante", " mars"},
    {"du 3/13 au 5/03", "treize", "janvier"},
    {"3/13-5/03", "treize", "janvier"},
    {"du 31/12-2/01", "du trente-et-un décembre au deux janvier", NULL},
    {"du 3-4/03", "du trois au quatre mars", NULL},
    {"les 3-4/03", "les trois et quatre mars", NULL},
    {"3-5/03", "du trois au cinq mars", NULL},
    {"du 30-32 mars", "trente-deux mars", NULL},
    {"du 5-3 mars", "trois mars", NULL},
    {"3/4 mars", "quatre mars", NULL},
    {"13/2020", "treize", NULL},
    {"00/2020", NULL, "janvier"},
    {"lun+mar", NULL, NULL},
    {"lun/mar/xyz", NULL, NULL},
    {"la 0e fois", "zéro", NULL},
    {"le IIIIe", NULL, NULL},
    {"le XVe", "quinzième", NULL},
    {"50/50", "cinquante cinquante", NULL},
    {"50/49", "cinquante sur quarante-neuf", NULL},
    {"0/3, 3/0", "zéro", "tiers"},
    {"2019-1461", "tiret", NULL},
    {"2019-900", "tiret", NULL},
    {"2019-90", NULL, "tiret"},
    {"10 €/h", "dix euros", "slash"},
    {"10 €/q", "dix euros", NULL},
    {"3 €/1 kg", "trois euros", NULL},
    {"3 €/21 h", "vingt-et-une heures", NULL},
    {"-3 m, +3 m", "moins trois mètres", NULL},
    {"11 personnes, 21 personnes", "onze personnes", "onzes"},
    {"01 personne", NULL, NULL},
    {"1 os, 1 voix", "une voix", "une os"},
    {"3 M€, 2 Md€, 1 M€", "deux milliards d'euros", NULL},
    {"5 milliards €", "cinq milliards d'euros", NULL},
    {"2 millions d'œuvres, 2 M d'évènements", "d'œuvres", NULL},
    {"ACTEUR·RICES", "actrices et acteurs", NULL},
    {"un·e xyz·q", NULL, "·"},
    {"le·la", "le ou la", NULL},
    {"le·la maire", "maire", NULL},
    {"la·xyz", NULL, "·"},
    {"seul·le, consul·le, tel·le", "tel", NULL},
    {"chat/chien, les/lez, ts/te", "chat", "chat ou chien"},
    {"prêts/prête, élu/élues, amis/amies", "amis", NULL},
    {"cités/cité, os/ose", NULL, NULL},
    {"0,50 €, 0,01 €, 0 €, 0,00 €", "un centime", "zéro euro cinquante"},
    {"0,5 h, 1,5 h, 00,5 h, 12345,5 h", "une heure et demie", NULL},
    {"1/4 h, 3/4 h, 1/2 h, 5/7 h", "trois quarts d'heure", NULL},
    {"20'', 3'20'', 5', 3'5''", "vingt secondes", NULL},
    {"3h61, 25h, 24h, 0h", "soixante-et-un", NULL},
    {"+1 555 123 4567, +7 495 123 45 67, +590 590 12 34 56, +44 20", "plusse un", NULL},
    {"+12345", "plus", NULL},
    {"02 00 00 00 00, 02 98 0000 12", "zéro", NULL},
    {"RN12b, 5k, 12b, 4G+, A12B34C56, B2b", "erre enne", NULL},
    {"ABCDEFGH1, É1, ÉTÉ", NULL, NULL},
    {"PMEs, DSDENs, HABITANTS, HLMISTES", "habitants", NULL},
    {"l' ' 'a, b' c'' d'", NULL, NULL},
    {"max-imum, av.-poste, apt'x, M._X", NULL, NULL},
    {"12\302\240av. J.-C., n°\302\2405, 5\302\240av", NULL, NULL},
    {"cf. Paul, p. 5, p 5, art. L2212, etc. Et puis. etc.", NULL, NULL},
    {"h\303\251l@s.fr #Tag2020Ville#_x_", NULL, NULL},
    {"&#0; &#1114112; &#55296; &#x41; &#65; &#; &eacute; &nosuch;", "é", NULL},
    {"a <b>gras</b> < c <br> d <<e> <blockquote>f</blockquoted>", "gras", "blockquote"},
    {"\033[31mrouge\033[0m \033]0;t\007 \033[ \033[3", "rouge", "31"},
    {"+ de places\n+ d'aide\n+ bien", "plus", NULL},
    {"un mot\nqui suit.\nEt un autre\n- encore", "un mot", NULL},
    {"\303\241\314\201\314\202\314\203\314\204\314\205\314\206 Z\314\247", NULL, NULL},
};

static const Row english[] = {
    {"32/03/2020", NULL, "March"},
    {"17/13/2020", NULL, "January"},
    {"2020-13-01", NULL, "January"},
    {"March 40", "March forty", "fortieth"},
    {"40 March", NULL, "fortieth"},
    {"March 3-40, March 40-3", NULL, "fortieth"},
    {"3-40 March, 40-3 March", NULL, "fortieth"},
    {"March 3-5, 2020", "March third to fifth", NULL},
    {"2000-05", "two thousand", NULL},
    {"2019-2021", "twenty nineteen to twenty twenty-one", NULL},
    {"the 2000s, the 2010s, the 90s", "the two thousands", NULL},
    {"in 1009, in 1010, in 3000", "ten ten", NULL},
    {"25:00, 12:60", NULL, "o'clock"},
    {"12 am, 0:00 am, 0:00, 3:05 pm", "midnight", NULL},
    {"5/3, 0/3, 1/1, 3/0", NULL, "thirds"},
    {"3/4, 1/8, 1/101, 3/80, 7/8", "an eighth", NULL},
    {"$0.01, $0.50, $1.01, \302\2433.50", "one cent", NULL},
    {"the 112th, 100th, 1200th, 1000th", "one hundred and twelfth", NULL},
    {"101, 1100, 1000000, 1101", "one hundred and one", NULL},
    {"5 zz, a 10-zz bag, 5 kg", "five kilograms", NULL},
    {"+44 20 7946 0958, +(0)", "plus", NULL},
    {"123456789012345678901234567890123456789012345", "one two three", NULL},
    {"AB\303\211CDEFGHIJKLMNOP", NULL, NULL},
};

static const Row spanish[] = {
    {"el 32/03/2020", NULL, "marzo"},
    {"el 17/13/2020", NULL, "enero"},
    {"2020-13-01", NULL, "enero"},
    {"0/5/2020, 5/0/2020", NULL, "mayo"},
    {"el 32 de marzo, 40 marzo, 1/11/2020", "treinta y dos", NULL},
    {"del 3 al 5/03, 3-5/03, 5-3/03, 3-40/03, 3-5/13, 0-5/03", NULL, NULL},
    {"del 3-5 de marzo, del 5-3 de marzo, del 3-32 de marzo, del 0-5 de marzo", NULL, NULL},
    {"mar.-jul., ene/feb, 13/2020, 00/2020, 03/2020, 12/2020", NULL, NULL},
    {"25:00, 12:60, 24:00, 0:00, 12:00, 13:05, 1:00, 00:05 h, 7 h", NULL, NULL},
    {"13 pm, 0 am, 12 am, 12 pm, 8:61 pm, 4 am, 9 am", NULL, NULL},
    {"5/3, 0/3, 1/11, 1/100, 9/10, 2 1/2, 3 1/4, 2 5/3, 2 0/3, 2 3/11", NULL, NULL},
    {"1001º, 0º, 1000º, 11er, 13er, 3as, 1os", NULL, NULL},
    {"siglo IIIIX, siglo XX, Felipe VI, Alfonso XIII, Isabel II, I centenario, II jornadas", "veinte", NULL},
    {"21 casas, 1 vez, 21 veces, 1 mapa, 21 clases, 1 agua, 2 000 000 casas, 200 casas", "casas", NULL},
    {"100 %, 100,5 %, -100 %, 1 %", "ciento", NULL},
    {"$0.50, 3 £, 5 M€, 1 M€, 2 k€, 3 millones €, 1 millón $", "millones de euros", NULL},
    {"5-3, 3-5, 1990-91, 1990-95, 1995-1990", NULL, NULL},
    {"091, 010, 005, 112, 900 100 200", NULL, NULL},
    {"el/la, un/a, l@s, un@s, del/de la, al/a la, los/las", NULL, "/"},
    {"niños/as, profesor/a, profesores/as, IRENE/A, Hijos/as, hielos/as, íntimos/as, otros/as, oyente/a",
     "niños y niñas", NULL},
    {"director/-a, español/a, españoles/as, capitán/a, inglés/esa, juez/a, xyz/q", NULL, NULL},
};

/* A language that only has the plain rules. */
static const Row other[] = {
    {"a 3,5 b 3.5", NULL, NULL},
    {"+33 2 98 00 12 34, 5 kg, -5, +5", NULL, NULL},
    {"https://exemple.fr/a-b?c=d et x.y@exemple.fr oui", "oui", "https"},
    {"12/03/2020 14:30 1/2 50 %", NULL, NULL},
    {"0,5 0.50 .5 5.", NULL, NULL},
};

static void assert_rows(const char *language, const Row *rows, guint n) {
  for (guint i = 0; i < n; i++) {
    g_autofree char *said = normalise_text(rows[i].text, language, NULL);
    g_test_message("%s: %s → %s", language, rows[i].text, said);
    g_assert_true(g_utf8_validate(said, -1, NULL));
    g_assert_cmpuint(strlen(said), <=, 20 * strlen(rows[i].text));
    g_assert_true(*said != '\0');
    g_assert_null(strpbrk(said, "{|}<>\\\033\n"));
    if (rows[i].says && !strstr(said, rows[i].says)) {
      g_error("%s → %s, not %s", rows[i].text, said, rows[i].says);
    }
    if (rows[i].never && strstr(said, rows[i].never)) {
      g_error("%s → %s, but no %s", rows[i].text, said, rows[i].never);
    }
  }
}

static void test_french(void) {
  assert_rows("fr", french, G_N_ELEMENTS(french));
  assert_rows("fr-CA", french, G_N_ELEMENTS(french));
}

static void test_english(void) {
  assert_rows("en", english, G_N_ELEMENTS(english));
}

static void test_spanish(void) {
  assert_rows("es", spanish, G_N_ELEMENTS(spanish));
}

static void test_other(void) {
  static const char *const languages[] = {"br", "de", "oc", "zz", "f", "frx", "", NULL};
  for (guint i = 0; i < G_N_ELEMENTS(languages); i++) {
    assert_rows(languages[i], other, G_N_ELEMENTS(other));
  }
}

/* --- phrases ----------------------------------------------------------------------------- */

/* Every byte of the text but the spaces between is in one phrase, in order. */
static GArray *whole(const char *text, const char *language) {
  GArray *phrases = phrases_of(text, language, 400, 150);
  gsize end = 0;
  for (guint i = 0; i < phrases->len; i++) {
    const Phrase *phrase = &g_array_index(phrases, Phrase, i);
    g_assert_cmpuint(phrase->length, >, 0);
    for (; end < phrase->offset; end++) {
      g_assert_cmpint(text[end], ==, ' ');
    }
    g_autofree char *words = g_strndup(text + phrase->offset, phrase->length);
    g_assert_true(g_utf8_validate(words, -1, NULL)); /* not in the middle of a character */
    end += phrase->length;
  }
  g_assert_cmpuint(end, ==, strlen(text));
  return phrases;
}

static char *repeated(const char *what, guint times) {
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < times; i++) {
    g_string_append(text, what);
  }
  return g_string_free(text, FALSE);
}

/* Nothing to breathe at: no space, no word but names, but numbers. */
static void test_no_place_to_breathe(void) {
  static const char *const pieces[] = {"a",   "é",      "ab€",      "Alban ",       "douze ",
                                       "12 ", "( . ) ", "mot  et ", "zéro, douze, "};
  static const char *const languages[] = {"fr", "en", "es", "br", "", NULL};
  for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
    g_autofree char *text = repeated(pieces[i], 900);
    g_autofree char *trimmed = g_strdup(g_strchomp(text));
    for (guint k = 0; k < G_N_ELEMENTS(languages); k++) {
      g_autoptr(GArray) phrases = whole(trimmed, languages[k]);
      g_assert_cmpuint(phrases->len, >, 1);
    }
  }
  g_autoptr(GArray) nothing = whole("", "fr");
  g_assert_cmpuint(nothing->len, ==, 0);
}

/* Shorter, whole sentences first, else whole phrases. */
static void test_cut(void) {
  g_autofree char *sentences = repeated("La halle est ouverte. ", 20);
  g_autofree char *long_one = repeated("et puis la halle du bourg, ", 60);
  const char *texts[] = {sentences, long_one};
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    for (gsize most = 1; most < strlen(texts[i]) + 2; most += 7) {
      g_autofree char *cut = phrases_cut(texts[i], "fr", most);
      g_assert_cmpuint(strlen(cut), <=, most);
      g_assert_true(g_str_has_prefix(texts[i], cut));
      g_assert_true(i == 1 || *cut == '\0' || strlen(cut) == strlen(texts[i]) || g_str_has_suffix(cut, "."));
    }
  }
}

/* What stopped the synthesizer is left out: signs, endless words, a word again and again. */
static void test_simplified(void) {
  static const struct {
    const char *text, *simple;
  } rows[] = {
      {"s's's's's's", "s s s"},
      {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b", "aaaaaaaaaaaaaaaaaaaa b"},
      {"(a) — [b], «c»!", "a b c"},
      {"", ""},
      {"...", ""},
      {"fin", "fin"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *simple = phrase_simplified(rows[i].text, strlen(rows[i].text));
    g_assert_cmpstr(simple, ==, rows[i].simple);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/speech/edges/french", test_french);
  g_test_add_func("/speech/edges/english", test_english);
  g_test_add_func("/speech/edges/spanish", test_spanish);
  g_test_add_func("/speech/edges/other", test_other);
  g_test_add_func("/speech/edges/no-place-to-breathe", test_no_place_to_breathe);
  g_test_add_func("/speech/edges/cut", test_cut);
  g_test_add_func("/speech/edges/simplified", test_simplified);
  return g_test_run();
}

/* Where a reader breathes, what is read slower, and the silence at the ends of raw speech. */
#include "speech/phrases.h"
#include "speech/trim.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The phrases of a text, a "/" between two and a "|" at a sentence's end. Returns (g_free). */
static char *cut(const char *text, const char *language) {
  g_autoptr(GArray) phrases = phrases_of(text, language, 400, 150);
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < phrases->len; i++) {
    const Phrase *phrase = &g_array_index(phrases, Phrase, i);
    g_assert_cmpuint(phrase->length, >, 0);
    g_assert_cmpuint(phrase->length, <=, 400);
    g_assert_cmpuint(phrase->rate_percent, ==, 100);
    bool is_comma = strchr(",;:", text[phrase->offset + phrase->length - 1]) != NULL;
    g_assert_cmpuint(phrase->pause_ms, ==, !phrase->continues ? 400 : is_comma ? 150 : 100);
    g_string_append_printf(out, "%.*s%s", (int)phrase->length, text + phrase->offset,
                           phrase->continues ? " / " : " | ");
  }
  return g_string_free(out, FALSE);
}

static void test_breaths(void) {
  static const struct {
    const char *language, *text, *cut;
  } rows[] = {
      {"fr", "Le marché rouvre. Venez.", "Le marché rouvre. | Venez. | "},
      {"fr", "Le marché, la mairie et le port rouvrent.", "Le marché, la mairie et le port rouvrent. | "},
      /* a long sentence: at its commas */
      {"fr", "La bibliothèque de Kervalan rouvre samedi, après trois mois de travaux menés par la commune.",
       "La bibliothèque de Kervalan rouvre samedi, / après trois mois de travaux menés par la commune. | "},
      /* too long for one breath, without a comma: where a clause opens */
      {"fr",
       "Une habitante du quartier du port demande comment faire réparer la passerelle du canal qui est fermée depuis "
       "les grandes pluies de l'automne dernier",
       "Une habitante du quartier du port demande comment faire réparer la passerelle du canal / qui est fermée depuis "
       "les grandes pluies de l'automne dernier | "},
      {"en",
       "The people who look after the old footbridge by the mill have asked the council for help because the "
       "handrail came down in the storm of last week",
       "The people who look after the old footbridge by the mill have asked the council for help / because the "
       "handrail came down in the storm of last week | "},
      {"es",
       "Los vecinos que cuidan del viejo puente del molino han pedido ayuda al ayuntamiento porque la barandilla se "
       "cayó con la tormenta de la semana pasada",
       "Los vecinos que cuidan del viejo puente del molino han pedido ayuda al ayuntamiento / porque la barandilla se "
       "cayó con la tormenta de la semana pasada | "},
      /* a phone number by pairs keeps its own short pauses; a comma after it is one of ours */
      {"fr",
       "Pour tout renseignement appelez le zéro deux, quatre-vingt-dix-huit, zéro zéro, douze, trente-quatre, tous les "
       "matins de la semaine.",
       "Pour tout renseignement appelez le zéro deux, quatre-vingt-dix-huit, zéro zéro, douze, trente-quatre, / tous "
       "les "
       "matins de la semaine. | "},
      /* a language without words here: at commas alone */
      {"br", "Ur frazenn hir a-walc'h eo houmañ, met n'eus ger ebet en daolenn evit he lenn gwelloc'h eget se.",
       "Ur frazenn hir a-walc'h eo houmañ, / met n'eus ger ebet en daolenn evit he lenn gwelloc'h eget se. | "},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *got = cut(rows[i].text, rows[i].language);
    g_assert_cmpstr(got, ==, rows[i].cut);
  }
}

/* Wherever these stand in a long sentence, no cut falls inside. */
static void test_never_inside(void) {
  static const char *const whole[] = {
      "vingt-trois mille quatre cents",
      "vingt et un",
      "quatorze heures et demie",
      "trois virgule quatorze",
      "deux cents et quelques",
      "Marie Dupont",
      "Jean de La Tour",
      "Le Goff et Fils",
      "La Roche-Morin",
      "mille neuf cent quatre-vingt-dix-neuf",
      "sept jours sur sept",
      "vingt-trois pour cent",
      "madame Le Gall",
      "douze mille trois cent quarante-cinq euros cinquante",
      "zéro deux, quatre-vingt-dix-huit, zéro zéro, zéro zéro, zéro zéro",
  };
  static const char filler[] = "les personnes présentes ont demandé que la place du marché soit nettoyée et que le "
                               "bourg soit éclairé pour que chacun puisse rentrer avec ses voisins après la veillée";
  for (gsize i = 0; i < G_N_ELEMENTS(whole); i++) {
    for (gsize from = 0; from < 100; from++) {
      if (from > 0 && filler[from - 1] != ' ')
        continue;
      g_autofree char *text = g_strdup_printf("%.*s%s %s %s", (int)from, filler, whole[i], filler + from, filler);
      g_autofree char *got = cut(text, "fr");
      if (strstr(got, whole[i]) == NULL)
        g_error("cut: %s", got);
    }
  }
}

/* Whole news, as they are said: tests/spoken/breaths.fr.txt. */
static void test_breaths_of_news(void) {
  g_autofree char *file = NULL;
  g_assert_true(g_file_get_contents("tests/spoken/breaths.fr.txt", &file, NULL, NULL));
  g_auto(GStrv) lines = g_strsplit(file, "\n", -1);
  guint n = 0;
  for (guint i = 0; lines[i]; i++) {
    if (lines[i][0] == '#' || lines[i][0] == '\0')
      continue;
    g_autoptr(GString) text = g_string_new(lines[i]);
    g_string_replace(text, " / ", " ", 0);
    g_autofree char *got = cut(text->str, "fr");
    g_autofree char *wanted = g_strconcat(lines[i], " | ", NULL);
    g_assert_cmpstr(got, ==, wanted);
    n++;
  }
  g_assert_cmpuint(n, >=, 30);
}

/* "and" that joins two words is no place for a breath; what leans on the next word neither. */
static void test_joins(void) {
  static const struct {
    const char *language, *text, *at;
  } rows[] = {
      {"en",
       "The members of the committee for the harbour and of the rowing club have written a long letter to the mayor "
       "because the slipway has been closed for the whole of the winter",
       "mayor / because"},
      {"en",
       "You can call the number seventeen twenty nine thirty five forty eight fifty two sixty three seventy one eighty "
       "two ninety nine zero four during the day and a neighbour will bring whatever you are short of",
       "day / and a"},
      {"es",
       "Las personas que atienden el puerto y del club de remo han escrito una larga carta al alcalde porque la rampa "
       "sigue cerrada desde el otoño",
       "alcalde / porque"},
      {"fr",
       "Les bénévoles ont rempli toutes les attestations et formulaires des familles du bourg et les distribueront de "
       "porte en porte à chacune des maisons",
       "bourg / et les"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *got = cut(rows[i].text, rows[i].language);
    if (strstr(got, rows[i].at) == NULL)
      g_error("%s", got);
  }
}

/* Nothing but numbers, names or letters: it is cut all the same, at a space where there is one. */
static void test_nowhere_to_breathe(void) {
  static const char *const words[] = {"mille ", "Aurelle ", "é"};
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    g_autoptr(GString) text = g_string_new(NULL);
    while (text->len < 5000)
      g_string_append(text, words[i]);
    g_autoptr(GArray) phrases = phrases_of(text->str, "fr", 400, 150);
    guint32 end = 0;
    for (guint k = 0; k < phrases->len; k++) {
      const Phrase *phrase = &g_array_index(phrases, Phrase, k);
      g_assert_cmpuint(phrase->offset - end, <=, 1);
      end = phrase->offset + phrase->length;
      g_assert_true(g_utf8_validate(text->str + phrase->offset, phrase->length, NULL));
      g_assert_true(i == 2 || text->str[end] == ' ' || text->str[end] == '\0');
    }
    g_assert_cmpuint(phrases->len, <, 30);
  }
}

static void test_headline(void) {
  g_autoptr(GArray) phrases =
      phrases_of("Un souci de passerelle à Kervalan, là où le chemin longe la rivière et le vieux moulin. "
                 "Le pont est fermé. Prenez la route.",
                 "fr", 400, 150);
  g_assert_cmpuint(phrases->len, >=, 4);
  phrases_slow(phrases, 2, 94);
  for (guint i = 0; i < phrases->len; i++)
    g_assert_cmpuint(g_array_index(phrases, Phrase, i).rate_percent, ==, i + 1 < phrases->len ? 94 : 100);
  phrases_slow(phrases, 9, 80); /* more than there are */
  g_assert_cmpuint(g_array_index(phrases, Phrase, phrases->len - 1).rate_percent, ==, 80);
}

/* --- silence at the ends --- */

static GArray *speech_of(guint before, guint heard, guint after, gint16 noise) {
  GArray *speech = g_array_new(FALSE, TRUE, sizeof(gint16));
  g_array_set_size(speech, before + heard + after);
  for (guint i = 0; i < speech->len; i++)
    g_array_index(speech, gint16, i) = i >= before && i < before + heard ? 9000 : i % 2 ? noise : (gint16)-noise;
  return speech;
}

static void test_trim(void) {
  static const guint rates[] = {8000, 22050, 48000}, silences[] = {0, 1, 100, 5000};
  for (gsize r = 0; r < G_N_ELEMENTS(rates); r++) {
    guint lead = trim_lead(rates[r]), tail = trim_tail(rates[r]);
    for (gsize b = 0; b < G_N_ELEMENTS(silences); b++) {
      for (gsize a = 0; a < G_N_ELEMENTS(silences); a++) {
        g_autoptr(GArray) speech = speech_of(silences[b], 1000, silences[a], TRIM_SILENCE - 1);
        trim_speech(speech, rates[r]);
        const gint16 *samples = (const gint16 *)(void *)speech->data;
        g_assert_cmpuint(speech->len, ==, lead + 1000 + tail);
        g_assert_cmpint(samples[lead], ==, 9000);
        g_assert_cmpint(samples[lead + 999], ==, 9000);
        g_assert_cmpint(abs(samples[lead - 1]), <, TRIM_SILENCE);
        g_assert_cmpint(abs(samples[lead + 1000]), <, TRIM_SILENCE);
        g_assert_cmpint(samples[0], ==, 0);
        g_assert_cmpint(samples[speech->len - 1], ==, 0);
      }
    }
  }
  g_autoptr(GArray) silence = speech_of(500, 0, 500, TRIM_SILENCE - 1);
  trim_speech(silence, 22050);
  g_assert_cmpuint(silence->len, ==, 0);
  trim_speech(silence, 22050);
  g_assert_cmpuint(silence->len, ==, 0);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/speech/phrases/breaths", test_breaths);
  g_test_add_func("/speech/phrases/breaths-of-news", test_breaths_of_news);
  g_test_add_func("/speech/phrases/joins", test_joins);
  g_test_add_func("/speech/phrases/never-inside", test_never_inside);
  g_test_add_func("/speech/phrases/nowhere-to-breathe", test_nowhere_to_breathe);
  g_test_add_func("/speech/phrases/headline", test_headline);
  g_test_add_func("/speech/trim/ends", test_trim);
  return g_test_run();
}

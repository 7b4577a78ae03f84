/* Kind and language from the wording. */
#include "logbook/entry.h"
#include "sources/guess.h"

static void test_kind(void) {
  static const struct {
    const char *text, *language;
    EntryKind kind;
  } rows[] = {
      {"qui a les clés ?", "fr", KIND_QUESTION},
      {"comment déployer le télétravail", "fr", KIND_QUESTION},
      {"d'où vient cette consigne", "fr", KIND_QUESTION},
      {"les livreurs n'ont plus de gel", "fr", KIND_PROBLEM},
      {"danger, la route est coupée", "fr", KIND_ALERT},
      {"recenser les couturières", "fr", KIND_RESOURCE},
      {"il faudrait un standard", "fr", KIND_IDEA},
      {"appeler la préfecture", "fr", KIND_IDEA},
      {"nous avons ouvert une ligne", "fr", KIND_EXPERIENCE},
      {"je suis seule depuis dix jours et j'ai peur", "fr", KIND_FEELING},
      {"la mairie est ouverte de 9 h à midi", "fr", KIND_ANNOUNCEMENT},
      {"nobody could reach the hotline", "en", KIND_PROBLEM},
      {"we tried phoning every family", "en", KIND_EXPERIENCE},
      {"no hay gasolina", "es", KIND_PROBLEM},
      {"hier la mer était belle", "fr", KIND_EXPERIENCE},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    const char *why = NULL;
    EntryKind kind = guess_kind(rows[i].text, rows[i].language, false, -1, &why);
    g_test_message("%s: %s", rows[i].text, why);
    g_assert_cmpstr(entry_kind_name(kind), ==, entry_kind_name(rows[i].kind));
    g_assert_nonnull(why);
  }
  const char *why = NULL;
  g_assert_cmpint(guess_kind("la carte", "fr", true, -1, &why), ==, KIND_RESOURCE);
  g_assert_cmpint(guess_kind("la cantine", "fr", false, KIND_PROBLEM, &why), ==, KIND_PROBLEM);
}

static void test_wording_and_heading(void) {
  static const struct {
    const char *text, *language;
    bool link;
    EntryKind heading, kind;
  } rows[] = {
      {"Recenser les producteurs locaux", "fr", true, KIND_QUESTION, KIND_RESOURCE},
      {"Le pain manque au bourg.", "fr", false, KIND_QUESTION, KIND_PROBLEM},
      {"On a lancé une garde d'enfants, ça marche bien", "fr", false, KIND_QUESTION, KIND_EXPERIENCE},
      {"Le standard ne fonctionne pas", "fr", false, KIND_EXPERIENCE, KIND_PROBLEM},
      {"Le portail, ça marche pas", "fr", false, KIND_IDEA, KIND_PROBLEM},
      {"Qui garde les enfants ?", "fr", false, KIND_PROBLEM, KIND_QUESTION},
      {"Danger, la digue cède", "fr", false, KIND_QUESTION, KIND_ALERT},
      {"On ne manque pas de farine", "fr", false, KIND_EXPERIENCE, KIND_EXPERIENCE},
      {"La liste des commerces ouverts", "fr", true, KIND_ANNOUNCEMENT, KIND_RESOURCE},
      {"La liste des commerces ouverts", "fr", false, KIND_ANNOUNCEMENT, KIND_ANNOUNCEMENT},
      {"Il faut des gants", "fr", false, KIND_PROBLEM, KIND_PROBLEM},
      {"L'outil de réservation", "fr", false, KIND_QUESTION, KIND_QUESTION},
      {"The printer is broken", "en", false, KIND_QUESTION, KIND_PROBLEM},
      {"We set up a phone line", "en", false, KIND_QUESTION, KIND_EXPERIENCE},
      {"El horno no funciona", "es", false, KIND_QUESTION, KIND_PROBLEM},
  };
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    const char *why = NULL;
    EntryKind kind = guess_kind(rows[i].text, rows[i].language, rows[i].link, (int)rows[i].heading, &why);
    g_test_message("%s: %s", rows[i].text, why);
    g_assert_cmpstr(entry_kind_name(kind), ==, entry_kind_name(rows[i].kind));
  }
}

static void test_heading_and_sign(void) {
  g_assert_cmpint(guess_heading("Ce qui coince"), ==, KIND_PROBLEM);
  g_assert_cmpint(guess_heading("Went well"), ==, KIND_EXPERIENCE);
  g_assert_cmpint(guess_heading("Preguntas"), ==, KIND_QUESTION);
  g_assert_cmpint(guess_heading("Voirie"), ==, -1);
  g_assert_cmpint(guess_sign(0x1F4A1), ==, KIND_IDEA);
  g_assert_cmpint(guess_sign(0x1F622), ==, KIND_FEELING);
  g_assert_cmpint(guess_sign(0x1F5D3), ==, -1);
}

static void test_language(void) {
  g_assert_cmpstr(guess_language("the church hall has no heating and the doors are open", "fr"), ==, "en");
  g_assert_cmpstr(guess_language("los voluntarios no tienen mascarillas para el barrio", "fr"), ==, "es");
  g_assert_cmpstr(guess_language("on manque de gants", "fr"), ==, "fr");
  g_assert_cmpstr(guess_language("ok", "en"), ==, "en");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sources/guess/kind", test_kind);
  g_test_add_func("/sources/guess/wording-and-heading", test_wording_and_heading);
  g_test_add_func("/sources/guess/heading-and-sign", test_heading_and_sign);
  g_test_add_func("/sources/guess/language", test_language);
  return g_test_run();
}

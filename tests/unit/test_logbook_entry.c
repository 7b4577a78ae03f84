/* The plain type: copies, differences, names, checks, and who may be named. */
#include "base/error.h"
#include "logbook/entry.h"

#include <string.h>

static Entry *full_entry(void) {
  static char *links[] = {"https://aurelle.example/bac", "https://aurelle.example/marche", NULL};
  Entry *entry = entry_new();
  entry->date = g_strdup("2026-11-23");
  entry->title = g_strdup("Le bac");
  entry->text = g_strdup("Le bac de 14h30 est supprimé.\nLe suivant part à 16h.");
  entry->language = g_strdup("fr");
  entry->place = g_strdup("Port-Aurelle");
  entry->place_id = g_strdup("insee:2A004");
  entry->author = g_strdup("Anne-Lise KERVADEC");
  entry->source_name = g_strdup("pad quai");
  entry->source_url = g_strdup("https://aurelle.example/pad");
  entry->source_key = g_strdup("k1");
  entry->sound = g_strdup("bac.wav");
  entry->links = g_strdupv(links);
  entry->priority = PRIORITY_HIGH;
  entry->expires_us = 1;
  entry->endorsements = 3;
  return entry;
}

static void test_copy_is_equal_and_apart(void) {
  g_autoptr(Entry) entry = full_entry();
  g_autoptr(Entry) copy = entry_copy(entry);
  g_assert_true(entry_equal(entry, copy));
  g_assert_true(copy->text != entry->text && copy->links != entry->links);
  copy->id = 7;
  copy->created_us = copy->changed_us = 9;
  g_assert_true(entry_equal(entry, copy)); /* these three do not count */
}

static void test_each_field_makes_a_difference(void) {
  g_autoptr(Entry) entry = full_entry();
  g_autoptr(Entry) other = entry_copy(entry);
  other->kind = KIND_ALERT;
  g_free(other->text);
  other->text = g_strdup("autre");
  g_clear_pointer(&other->links, g_strfreev);
  g_autofree char *differences = entry_differences(entry, other);
  g_assert_cmpstr(differences, ==, "text kind links");
}

static void test_empty_links_are_no_links(void) {
  g_autoptr(Entry) entry = full_entry();
  g_clear_pointer(&entry->links, g_strfreev);
  g_autoptr(Entry) other = entry_copy(entry);
  other->links = g_new0(char *, 1);
  g_assert_true(entry_equal(entry, other));
}

static void test_names_round_trip(void) {
  for (int i = 0; i < KIND_COUNT; i++)
    g_assert_cmpint(entry_kind_parse(entry_kind_name((EntryKind)i)), ==, i);
  for (int i = 0; i < ATTRIBUTION_COUNT; i++)
    g_assert_cmpint(attribution_parse(attribution_name((Attribution)i)), ==, i);
  for (int i = 0; i < STATUS_COUNT; i++)
    g_assert_cmpint(entry_status_parse(entry_status_name((EntryStatus)i)), ==, i);
  for (int i = 0; i < PRIORITY_COUNT; i++)
    g_assert_cmpint(entry_priority_parse(entry_priority_name((EntryPriority)i)), ==, i);
}

static void test_kinds_in_french(void) {
  static const struct {
    const char *name;
    int kind;
  } cases[] = {{"Problème", KIND_PROBLEM},
               {"EXPÉRIENCE", KIND_EXPERIENCE},
               {"ressource", KIND_RESOURCE},
               {"idée", KIND_IDEA},
               {"ressenti", KIND_FEELING},
               {"Humeur", KIND_FEELING},
               {"annonce", KIND_ANNOUNCEMENT},
               {"ALERTE", KIND_ALERT},
               {"Question", KIND_QUESTION},
               {"ide\xcc\x81"
                "e",
                KIND_IDEA /* decomposed */},
               {"", -1},
               {"questionnaire", -1},
               {"\xff", -1}};
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_assert_cmpint(entry_kind_parse(cases[i].name), ==, cases[i].kind);
  }
}

/* What the French catalogue shows can be typed, whatever the locale. */
static void test_states_in_french(void) {
  static const struct {
    const char *name;
    int status;
  } states[] = {{"brouillon", STATUS_DRAFT},
                {"En attente", STATUS_PENDING},
                {"validée", STATUS_APPROVED},
                {"écartée", STATUS_REJECTED},
                {"Retirée", STATUS_WITHDRAWN},
                {"APPROVED", STATUS_APPROVED},
                {"attente", -1},
                {"", -1},
                {"\xff", -1}};
  for (gsize i = 0; i < G_N_ELEMENTS(states); i++)
    g_assert_cmpint(entry_status_parse(states[i].name), ==, states[i].status);
  g_assert_cmpint(attribution_parse("nom complet"), ==, ATTRIBUTION_FULL);
  g_assert_cmpint(attribution_parse("prénom"), ==, ATTRIBUTION_FIRST_NAME);
  g_assert_cmpint(attribution_parse("first-name"), ==, ATTRIBUTION_FIRST_NAME);
  g_assert_cmpint(entry_priority_parse("Haute"), ==, PRIORITY_HIGH);
}

/* Each row breaks one field of a good entry; the message must begin with the field's name. */
typedef struct {
  const char *field;
  gsize offset;
  const char *value;
} BadString;

static void test_check_refuses_bad_strings(void) {
  static const BadString rows[] = {
      {"date", offsetof(Entry, date), NULL},
      {"date", offsetof(Entry, date), "2020-02-30"},
      {"date", offsetof(Entry, date), "17 mars"},
      {"text", offsetof(Entry, text), NULL},
      {"text", offsetof(Entry, text), ""},
      {"text", offsetof(Entry, text), " \n\t\xc2\xa0"},
      {"text", offsetof(Entry, text), "caf\xe9"},
      {"title", offsetof(Entry, title), "deux\nlignes"},
      {"place", offsetof(Entry, place), "Ker\x1b[31mvalan"},
      {"language", offsetof(Entry, language), NULL},
      {"language", offsetof(Entry, language), "f"},
      {"language", offsetof(Entry, language), "fr_FR"},
      {"place_id", offsetof(Entry, place_id), "34057"},
      {"source_key", offsetof(Entry, source_name), NULL},
      {"sound", offsetof(Entry, sound), "../secret.wav"},
      {"sound", offsetof(Entry, sound), ".hidden"},
      {"sound", offsetof(Entry, sound), ""},
      {"sound", offsetof(Entry, sound), "a/b.wav"},
      {"title", offsetof(Entry, title), "caf\xe9"},
      {"language", offsetof(Entry, language), ""},
      {"language", offsetof(Entry, language), "f1"},
      {"language", offsetof(Entry, language), "fr-"},
      {"language", offsetof(Entry, language), "fr-a_b"},
      {"language", offsetof(Entry, language), "francais1"},
      {"language", offsetof(Entry, language), "fr-variante9"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(Entry) entry = full_entry();
    g_autoptr(GError) error = NULL;
    char **field = G_STRUCT_MEMBER_P(entry, rows[i].offset);
    g_free(*field);
    *field = g_strdup(rows[i].value);
    g_assert_false(entry_check(entry, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    g_assert_true(g_str_has_prefix(error->message, rows[i].field));
  }
}

static void test_check_refuses_bad_numbers_and_links(void) {
  static char *bad_links[] = {"https://aurelle.example/a b", NULL};
  g_autoptr(Entry) good = full_entry();
  g_assert_true(entry_check(good, NULL));
  static char *cut_link[] = {"https://aurelle.example/\n", NULL}, *no_link[] = {"", NULL};
  g_autofree char *endless = g_strnfill(5000, 'a');
  Entry bad[] = {*good, *good, *good, *good, *good, *good, *good, *good, *good};
  bad[0].endorsements = -1;
  bad[1].expires_us = -1;
  bad[2].parent = -4;
  bad[3].id = bad[3].parent = 12;
  bad[4].links = bad_links;
  bad[5].links = cut_link;
  bad[6].links = no_link;
  bad[7].title = endless;
  bad[8].endorsements = G_MAXINT64;
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(entry_check(&bad[i], &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  }
}

static void test_text_length_limit(void) {
  g_autoptr(Entry) entry = full_entry();
  g_free(entry->text);
  entry->text = g_strnfill(ENTRY_MAX_TEXT, 'a');
  g_assert_true(entry_check(entry, NULL));
  g_free(entry->text);
  entry->text = g_strnfill(ENTRY_MAX_TEXT + 1, 'a');
  g_assert_false(entry_check(entry, NULL));
}

static void test_first_name_never_the_family_name(void) {
  /* clang-format off */
  static const char *const rows[][2] = {
      {"Anne-Lise Kervadec", "Anne-Lise"}, {"LE GOFF Yannig", "Yannig"}, {"  Maëlle  ", "Maëlle"},
      {"Mme Le Goff", NULL},               {"M. Kervadec", NULL},        {"YANNIG", "YANNIG"},
      {"Tiphaine, du port", "Tiphaine"},   {"", NULL},
      {"KERVADEC, Yannig", "Yannig"},      {"LE-GOFF Yannig", "Yannig"},
  };
  /* clang-format on */
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(Entry) entry = entry_new();
    entry->author = g_strdup(rows[i][0]);
    entry->attribution = ATTRIBUTION_FIRST_NAME;
    g_autofree char *name = entry_said_name(entry);
    g_assert_cmpstr(name, ==, rows[i][1]);
  }
}

/* What may be said of who wrote it and where, for each attribution. */
static void test_attribution(void) {
  static const struct {
    Attribution attribution;
    const char *name, *place;
    bool is_anonymous;
  } rows[] = {{ATTRIBUTION_NONE, NULL, NULL, true},
              {ATTRIBUTION_PLACE, NULL, "Kervalan", true},
              {ATTRIBUTION_FIRST_NAME, "Anne-Lise", "Kervalan", false},
              {ATTRIBUTION_FULL, "Anne-Lise Kervadec", "Kervalan", false}};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(Entry) entry = entry_new();
    entry->attribution = rows[i].attribution;
    g_assert_null(entry_said_name(entry)); /* nobody, nowhere */
    g_assert_null(entry_said_place(entry));
    entry->author = g_strdup(" Anne-Lise  Kervadec ");
    entry->place = g_strdup("Kervalan");
    g_autofree char *name = entry_said_name(entry);
    g_assert_cmpstr(name, ==, rows[i].name);
    g_assert_cmpstr(entry_said_place(entry), ==, rows[i].place);
    g_assert_cmpint(entry_is_anonymous(entry), ==, rows[i].is_anonymous);
    memset(entry->author, ' ', strlen(entry->author));
    memset(entry->place, ' ', strlen(entry->place));
    g_assert_null(entry_said_name(entry)); /* only spaces are nobody */
    g_assert_null(entry_said_place(entry));
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/logbook/entry/copy", test_copy_is_equal_and_apart);
  g_test_add_func("/logbook/entry/differences", test_each_field_makes_a_difference);
  g_test_add_func("/logbook/entry/empty-links", test_empty_links_are_no_links);
  g_test_add_func("/logbook/entry/names", test_names_round_trip);
  g_test_add_func("/logbook/entry/kinds-in-french", test_kinds_in_french);
  g_test_add_func("/logbook/entry/states-in-french", test_states_in_french);
  g_test_add_func("/logbook/entry/check-strings", test_check_refuses_bad_strings);
  g_test_add_func("/logbook/entry/check-numbers", test_check_refuses_bad_numbers_and_links);
  g_test_add_func("/logbook/entry/text-limit", test_text_length_limit);
  g_test_add_func("/logbook/entry/first-name", test_first_name_never_the_family_name);
  g_test_add_func("/logbook/entry/attribution", test_attribution);
  return g_test_run();
}

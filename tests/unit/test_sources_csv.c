/* CSV: the column map, dates, delimiters, refusals; and which draft is which entry at a second import. */
#include "sources/csv.h"
#include "sources/match.h"

#include <string.h>

static GPtrArray *read_csv(const char *text, GError **error) {
  const SourceOptions options = {.source_name = "csv", .today = "2020-03-20", .language = "fr"};
  return csv_read("x.csv", text, &options, NULL, error);
}

static void test_columns(void) {
  GError *error = NULL;
  g_autoptr(GPtrArray) drafts = read_csv("\"Clé\";Date;Texte;Accords;Réponse à;Statut;Expire\n"
                                         "a;-3;\"Le \"\"pain\"\"\nest là\";2;;approved;+1\nb;17/03/2020;Où ?;;a;;\n",
                                         &error);
  g_assert_no_error(error);
  g_assert_cmpuint(drafts->len, ==, 2);
  const Draft *one = drafts->pdata[0], *two = drafts->pdata[1];
  g_assert_cmpstr(one->entry->text, ==, "Le \"pain\" est là");
  g_assert_cmpstr(one->entry->date, ==, "2020-03-17");
  g_assert_cmpint(one->entry->status, ==, STATUS_PENDING);
  g_assert_cmpint((int)one->entry->endorsements, ==, 2);
  g_assert_true(one->entry->expires_us == G_GINT64_CONSTANT(1584576000000000)); /* 2020-03-19T00:00:00Z */
  g_assert_cmpstr(two->entry->date, ==, "2020-03-17");
  g_assert_cmpstr(two->parent_key, ==, "a");
  g_assert_cmpint(two->entry->kind, ==, KIND_QUESTION);
}

static void test_refusals(void) {
  /* clang-format off */
  static const struct { const char *text, *says; } cases[] = {
    {"date,place\n,\n", "text"}, {"text,text\na,b\n", "twice"}, {"text,date\na,2020-02-30\n", "x.csv:2: date"},
    {"text,kind\na,poem\n", "x.csv:2: kind"}, {"text,endorsements\na,-1\n", "x.csv:2: endorsements"},
    {"text,parent\na,zz\n", "x.csv:2: parent"}, {"key,text\nk,a\nk,b\n", "x.csv:3: key"}, {"text\n\"open\n", "x.csv:2"},
  };
  /* clang-format on */
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    GError *error = NULL;
    g_assert_null(read_csv(cases[i].text, &error));
    g_assert_nonnull(error);
    g_test_message("%s", error->message);
    g_assert_nonnull(strstr(error->message, cases[i].says));
    g_error_free(error);
  }
}

static void test_match(void) {
  GError *error = NULL;
  g_autoptr(GPtrArray) before =
      read_csv("text\nle marché est sur le quai samedi\nla radio lit les leçons du collège\n", &error);
  g_autoptr(GPtrArray) after =
      read_csv("text\nune ligne neuve pour voir venir\nla radio lit toutes les leçons du collège\n"
               "le marché est sur le quai samedi\n",
               &error);
  g_assert_no_error(error);
  g_autoptr(GPtrArray) stored = g_ptr_array_new();
  for (guint i = 0; i < before->len; i++) {
    g_ptr_array_add(stored, ((Draft *)before->pdata[i])->entry);
  }
  g_autoptr(GPtrArray) found = match_drafts(after, stored);
  g_assert_null(found->pdata[0]);
  g_assert_true(found->pdata[1] == stored->pdata[1]);
  g_assert_true(found->pdata[2] == stored->pdata[0]);
}

static void test_merge(void) {
  g_autoptr(Entry) base = entry_new();
  base->text = g_strdup("le pain");
  base->place = g_strdup("Kervalan");
  g_autoptr(Entry) entry = entry_copy(base), now = entry_copy(base);
  entry->status = STATUS_APPROVED;
  g_free(entry->text);
  entry->text = g_strdup("le bon pain"); /* an editor's */
  bool reopened = true;
  g_assert_false(match_merge(entry, base, now, &reopened));
  g_assert_cmpstr(entry->text, ==, "le bon pain");
  now->endorsements = 3;
  g_assert_true(match_merge(entry, base, now, &reopened));
  g_assert_false(reopened);
  g_assert_cmpint(entry->status, ==, STATUS_APPROVED);
  g_free(now->text);
  now->text = g_strdup("le pain du jour");
  g_assert_true(match_merge(entry, base, now, &reopened));
  g_assert_true(reopened);
  g_assert_cmpint(entry->status, ==, STATUS_PENDING);
  g_assert_cmpstr(entry->text, ==, "le pain du jour");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sources/csv/columns", test_columns);
  g_test_add_func("/sources/csv/refusals", test_refusals);
  g_test_add_func("/sources/match/edited-and-moved", test_match);
  g_test_add_func("/sources/match/merge", test_merge);
  return g_test_run();
}

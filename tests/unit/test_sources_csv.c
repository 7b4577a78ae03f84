/* CSV: the column map, dates, delimiters, refusals; and which draft is which entry at a second import. */
#include "base/clock.h"
#include "base/error.h"
#include "sources/csv.h"
#include "sources/match.h"
#include "sources/table.h"

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

/* The day and the end of one row, by its date and its expiry. */
static void test_dates(void) {
  static const struct {
    const char *date, *expires, *day, *end; /* end: the instant at which it is over, "" never, NULL refused */
  } rows[] = {
      {"today", "", "2020-03-20", ""},
      {"Aujourd'hui", "", "2020-03-20", ""},
      {"hoy", "", "2020-03-20", ""},
      {"yesterday", "", "2020-03-19", ""},
      {"hier", "", "2020-03-19", ""},
      {"ayer", "", "2020-03-19", ""},
      {"-1", "", "2020-03-19", ""},
      {"+2", "", "2020-03-22", ""},
      {"0", "", "2020-03-20", ""},
      {"17 mars", "", "2020-03-17", ""},
      {"", "", "2020-03-20", ""},
      {"", "+0", "2020-03-20", "2020-03-21T00:00:00Z"},
      {"", "22/03/2020", "2020-03-20", "2020-03-23T00:00:00Z"},
      {"", "2020-03-22 12:00", "2020-03-20", "2020-03-22T12:00:00Z"},
      {"le 17 mars ou après", "", NULL, NULL},
      {"12345", "", NULL, NULL},
      {"3", "", NULL, NULL},
      {"-99999", "", NULL, NULL},
      {"", "+99999", "2020-03-20", NULL},
      {"", "+2j", "2020-03-20", NULL},
      {"", "avant le 22 mars", "2020-03-20", NULL},
      {"", "25:00", "2020-03-20", NULL},
  };
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *csv = g_strdup_printf("text,date,expires\nle bac,%s,%s\n", rows[i].date, rows[i].expires);
    g_test_message("%s | %s", rows[i].date, rows[i].expires);
    g_autoptr(GPtrArray) drafts = read_csv(csv, &error);
    if (rows[i].end == NULL) {
      g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
      g_assert_nonnull(strstr(error->message, rows[i].day == NULL ? "x.csv:2: date" : "x.csv:2: expires"));
      continue;
    }
    g_assert_no_error(error);
    const Entry *entry = ((Draft *)drafts->pdata[0])->entry;
    g_assert_cmpstr(entry->date, ==, rows[i].day);
    g_assert_true(entry->expires_us == (*rows[i].end ? instant_parse(rows[i].end, utc, NULL) : 0));
  }
}

/* What the options say of a whole file: its day, its address, its delimiter, whose status counts. */
static void test_options(void) {
  GError *error = NULL;
  SourceReport report = {0};
  const SourceOptions options = {.source_name = "csv",
                                 .source_url = "https://aurelle.example",
                                 .date = "2020-03-01",
                                 .today = "2020-03-20",
                                 .language = "fr",
                                 .delimiter = ';',
                                 .trust_status = true};
  g_autoptr(GPtrArray) drafts = csv_read("x.csv",
                                         "text;date;status;links;url;humeur\nle bac, ce soir;hier;approved;"
                                         "https://a.example  https://b.example|;https://c.example;gaie\nle quai\n",
                                         &options, &report, &error);
  g_assert_no_error(error);
  const Entry *one = ((Draft *)drafts->pdata[0])->entry, *two = ((Draft *)drafts->pdata[1])->entry;
  g_assert_cmpstr(one->text, ==, "le bac, ce soir");
  g_assert_cmpstr(one->date, ==, "2020-03-01");
  g_assert_cmpint(one->status, ==, STATUS_APPROVED);
  g_assert_cmpuint(g_strv_length(one->links), ==, 2);
  g_assert_cmpstr(one->source_url, ==, "https://c.example");
  g_assert_cmpstr(two->source_url, ==, "https://aurelle.example"); /* a short row: its cells are empty */
  g_assert_null(two->links);
  g_assert_cmpuint(report.notes->len, ==, 1);
  g_assert_nonnull(strstr(report.notes->pdata[0], "humeur"));
  g_assert_cmpstr(report.date, ==, "2020-03-01");
  source_report_clear(&report);
}

static void test_delimiters(void) {
  static const char *const files[] = {"text,place\nle bac,Kervalan\n",
                                      "text;place\nle bac;Kervalan\n",
                                      "text\tplace\nle bac\tKervalan\n",
                                      "text|place\nle bac|Kervalan\n",
                                      "\"text\";\"place\"\r\nle bac;Kervalan\r\n\r\n",
                                      "text;place\n\"le bac\";\"Kervalan\""};
  for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
    GError *error = NULL;
    g_autoptr(GPtrArray) drafts = read_csv(files[i], &error);
    g_assert_no_error(error);
    g_assert_cmpuint(drafts->len, ==, 1);
    g_assert_cmpstr(((Draft *)drafts->pdata[0])->entry->place, ==, "Kervalan");
  }
}

/* Rows that say the same each have a key, also beside one that was given by hand. */
static void test_keys(void) {
  GError *error = NULL;
  g_autoptr(GPtrArray) once = read_csv("text\nle bac\n", &error);
  g_autofree char *csv = g_strdup_printf("key,text\n%s-2,le quai\n,le bac\n,le bac\n,le bac\n",
                                         ((Draft *)once->pdata[0])->entry->source_key);
  g_autoptr(GPtrArray) drafts = read_csv(csv, &error);
  g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
  g_assert_no_error(error);
  for (guint i = 0; i < drafts->len; i++)
    g_assert_true(g_hash_table_add(keys, ((Draft *)drafts->pdata[i])->entry->source_key));
}

static void test_refusals(void) {
  /* clang-format off */
  static const struct { const char *text, *says; } cases[] = {
    {"date,place\n,\n", "text"}, {"text,text\na,b\n", "twice"}, {"text,date\na,2020-02-30\n", "x.csv:2: date"},
    {"text,kind\na,poem\n", "x.csv:2: kind"}, {"text,endorsements\na,-1\n", "x.csv:2: endorsements"},
    {"text,parent\na,zz\n", "x.csv:2: parent"}, {"key,text\nk,a\nk,b\n", "x.csv:3: key"}, {"text\n\"open\n", "x.csv:2"},
    {"text,endorsements\na,2x\n", "x.csv:2: endorsements"}, {"text,status\na,done\n", "x.csv:2: status"},
    {"text,priority\na,top\n", "x.csv:2: priority"}, {"text,attribution\na,all\n", "x.csv:2: attribution"},
    {"key,text,parent\nk,a,k\n", "x.csv:2: parent"}, {"", "no row"},
    {"text,language\na,!!\n", "x.csv:2: language"},
  };
  /* clang-format on */
  g_autofree char *tabs = g_strnfill(TABLE_COLUMNS_MOST, '\t');
  GError *many = NULL;
  g_assert_null(read_csv(tabs, &many));
  g_assert_nonnull(strstr(many->message, "x.csv:1: more than 1000 columns"));
  g_error_free(many);
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    GError *error = NULL;
    g_test_message("%s", cases[i].text);
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
  g_test_add_func("/sources/csv/dates", test_dates);
  g_test_add_func("/sources/csv/options", test_options);
  g_test_add_func("/sources/csv/delimiters", test_delimiters);
  g_test_add_func("/sources/csv/keys", test_keys);
  g_test_add_func("/sources/csv/refusals", test_refusals);
  g_test_add_func("/sources/match/edited-and-moved", test_match);
  g_test_add_func("/sources/match/merge", test_merge);
  return g_test_run();
}

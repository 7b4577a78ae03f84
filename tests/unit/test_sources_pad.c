/* Every pad of tests/data/sources becomes the entries that stand in its .expected file:
 * LINE|DATE|KIND|LANGUAGE|AUTHOR|PLACE|+AGREED|^PARENT LINE|TEXT, then its links, then what was left out.
 * CARNET_UPDATE_EXPECTED=1 writes them again, to be read and judged before they are committed. */
#include "base/files.h"
#include "base/text.h"
#include "sources/pad.h"

#include <string.h>

#define FOLDER "tests/data/sources"

static guint parent_line(const GPtrArray *drafts, const char *key) {
  for (guint i = 0; key != NULL && i < drafts->len; i++) {
    const Draft *draft = drafts->pdata[i];
    if (strcmp(draft->entry->source_key, key) == 0) {
      return draft->line;
    }
  }
  return 0;
}

static char *dump(const char *text) {
  const SourceOptions options = {.source_name = "pad test", .today = "2020-04-20", .language = "fr"};
  SourceReport report = {0};
  GError *error = NULL;
  g_autoptr(GPtrArray) drafts = pad_read(text, &options, &report, &error);
  g_assert_no_error(error);
  GString *out = g_string_new(NULL);
  for (guint i = 0; i < drafts->len; i++) {
    const Draft *draft = drafts->pdata[i];
    const Entry *e = draft->entry;
    g_assert_true(entry_check(e, &error));
    g_assert_cmpint(e->status, ==, STATUS_PENDING);
    g_assert_cmpint(e->attribution, ==, ATTRIBUTION_PLACE);
    g_string_append_printf(out, "%u|%s|%s|%s|%s|%s|+%d|^%u|%s\n", draft->line, e->date, entry_kind_name(e->kind),
                           e->language, e->author != NULL ? e->author : "-", e->place != NULL ? e->place : "-",
                           (int)e->endorsements, parent_line(drafts, draft->parent_key), e->text);
    for (char **link = e->links; link != NULL && *link != NULL; link++) {
      g_string_append_printf(out, "  %s\n", *link);
    }
  }
  g_string_append_printf(out, "participants %u, headings %u, agreements %u, notes %u\n", report.participants,
                         report.headings, report.endorsements, report.notes != NULL ? report.notes->len : 0);
  source_report_clear(&report);
  return g_string_free(out, FALSE);
}

static void test_fixture(gconstpointer data) {
  const char *name = data;
  g_autofree char *path = g_build_filename(FOLDER, name, NULL);
  g_autofree char *expected_path = g_strdup_printf("%.*s.expected", (int)strlen(path) - 4, path);
  GError *error = NULL;
  g_autoptr(GBytes) bytes = file_read(path, PAD_MAX_BYTES, &error);
  g_assert_no_error(error);
  g_autofree char *text = text_from_outside(name, bytes, NULL, &error);
  g_assert_no_error(error);
  g_autofree char *found = dump(text);
  if (g_getenv("CARNET_UPDATE_EXPECTED") != NULL) {
    g_assert_true(g_file_set_contents(expected_path, found, -1, NULL));
  }
  g_autofree char *expected = NULL;
  g_assert_true(g_file_get_contents(expected_path, &expected, NULL, NULL));
  g_assert_cmpstr(found, ==, expected);
}

static void test_date_option_wins(void) {
  const SourceOptions options = {.source_name = "pad", .date = "2021-05-05", .today = "2020-04-20", .language = "fr"};
  GError *error = NULL;
  g_autoptr(GPtrArray) drafts =
      pad_read("17 mars\n- le pain est là\n18/03/2020\n- le lait aussi\n", &options, NULL, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(drafts->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpstr(((Draft *)drafts->pdata[i])->entry->date, ==, "2021-05-05");
  }
}

/* Shapes that make a careless reader slow: each stays far under a second a megabyte. */
static void test_linear(void) {
  const SourceOptions options = {.source_name = "pad", .today = "2020-04-20", .language = "fr"};
  static const char *const units[] = {"- ",   "* ", "+1 ", "(",  "a : ", "http://a.b ", "- a\n",
                                      "  \n", "> ", "1. ", "\t", "[",    ":+1:",        "**"};
  for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
    g_autoptr(GString) text = g_string_new(NULL);
    while (text->len < 150000) {
      g_string_append(text, units[i]);
    }
    GError *error = NULL;
    gint64 before = g_get_monotonic_time();
    g_autoptr(GPtrArray) drafts = pad_read(text->str, &options, NULL, &error);
    double seconds = (double)(g_get_monotonic_time() - before) / 1e6;
    g_test_message("%s: %.2f s", units[i], seconds);
    g_assert_nonnull(drafts);
  }
}

static void test_too_long_thought(void) {
  const SourceOptions options = {.source_name = "pad", .today = "2020-04-20", .language = "fr"};
  g_autofree char *text = g_strnfill((3u << 20), 'a');
  GError *error = NULL;
  g_assert_null(pad_read(text, &options, NULL, &error));
  g_assert_nonnull(error);
  g_assert_nonnull(strstr(error->message, "line 1"));
  g_error_free(error);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  GError *error = NULL;
  g_autoptr(GDir) folder = g_dir_open(FOLDER, 0, &error);
  g_assert_no_error(error);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  for (const char *name; (name = g_dir_read_name(folder)) != NULL;) {
    if (g_str_has_suffix(name, ".txt")) {
      g_ptr_array_add(names, g_strdup(name));
      g_autofree char *path = g_strdup_printf("/sources/pad/%s", name);
      g_test_add_data_func(path, names->pdata[names->len - 1], test_fixture);
    }
  }
  g_assert_cmpuint(names->len, >=, 12);
  g_test_add_func("/sources/pad/date-option-wins", test_date_option_wins);
  g_test_add_func("/sources/pad/linear", test_linear);
  g_test_add_func("/sources/pad/too-long-thought", test_too_long_thought);
  return g_test_run();
}

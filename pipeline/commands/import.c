#include "commands/import.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/json.h"
#include "base/profile.h"
#include "base/text.h"
#include "commands/entry_print.h"
#include "commands/import_store.h"
#include "commands/output.h"
#include "sources/csv.h"
#include "sources/pad.h"

#include <string.h>

static bool run_import(Session *session, int argc, char **argv, GError **error);

const Command command_import = {
    .name = "import",
    .group = N_("The logbook"),
    .summary = N_("Make entries out of a pad or a CSV file"),
    .usage = N_("pad|csv FILE|-"),
    .help = N_("Reads a meeting pad as people write it, or a CSV file with a header row, and makes\n"
               "pending entries of it. Importing the same source again (the same --name) updates\n"
               "what changed in it and leaves alone what editors changed; an approved entry whose\n"
               "words changed is pending again. All is done, or nothing.\n\n"
               "Examples:\n"
               "  carnet import pad notes.txt --dry-run\n"
               "  carnet import pad notes.txt --date 2020-03-17\n"
               "  carnet import csv carnet.csv --trust-status"),
    .run = run_import,
};

typedef struct {
  char *date, *name, *url, *language, *place, *delimiter;
  gboolean dry_run, as_json, trust_status;
} Options;

static void options_clear(Options *options) {
  g_free(options->date);
  g_free(options->name);
  g_free(options->url);
  g_free(options->language);
  g_free(options->place);
  g_free(options->delimiter);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Options, options_clear)

static bool parse(int argc, char **argv, Options *options, char ***arguments, GError **error) {
  const GOptionEntry rows[] = {
      {"date", 0, 0, G_OPTION_ARG_STRING, &options->date, N_("Day of every entry (else the headings', else today)"),
       N_("DAY")},
      {"name", 0, 0, G_OPTION_ARG_STRING, &options->name, N_("Name of the source, by which a second import knows it"),
       N_("NAME")},
      {"url", 0, 0, G_OPTION_ARG_STRING, &options->url, N_("Where the source is read"), N_("URL")},
      {"language", 0, 0, G_OPTION_ARG_STRING, &options->language, N_("Language of every entry (else guessed)"),
       N_("LANG")},
      {"place", 0, 0, G_OPTION_ARG_STRING, &options->place, N_("Place of the entries that tell none"), N_("PLACE")},
      {"delimiter", 0, 0, G_OPTION_ARG_STRING, &options->delimiter,
       N_("Delimiter of a CSV file: auto, \",\", \";\", tab"), N_("SIGN")},
      {"trust-status", 0, 0, G_OPTION_ARG_NONE, &options->trust_status, N_("Keep the status of a CSV file's rows"),
       NULL},
      {"dry-run", 'n', 0, G_OPTION_ARG_NONE, &options->dry_run, N_("Show what would be made, change nothing"), NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &options->as_json, N_("Print JSON"), NULL},
      {NULL, 0, 0, 0, NULL, NULL, NULL},
  };
  return command_parse(&command_import, rows, argc, argv, 2, 2, arguments, error);
}

/* "pad reunion-17-mars" for ".../reunion-17-mars.txt", "pad" for standard input. */
static char *source_name(const char *format, const char *path, const char *given) {
  if (given != NULL) {
    return text_squeeze(given);
  }
  if (strcmp(path, "-") == 0) {
    return g_strdup(format);
  }
  g_autofree char *base = g_path_get_basename(path);
  g_autofree char *valid = g_utf8_make_valid(base, -1);
  char *dot = strrchr(valid, '.');
  if (dot != NULL && dot != valid) {
    *dot = '\0';
  }
  g_autofree char *shown = text_printable(valid);
  g_autofree char *whole = g_strdup_printf("%s %s", format, shown);
  return text_squeeze(whole);
}

static bool read_delimiter(const char *text, char *delimiter, GError **error) {
  *delimiter = text == NULL || strcmp(text, "auto") == 0 ? '\0' : strcmp(text, "tab") == 0 ? '\t' : text[0];
  if (text != NULL && *delimiter != '\0' && *delimiter != '\t' &&
      (strlen(text) != 1 || strchr("\"\n\r", text[0]) != NULL)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("--delimiter: \"%s\" is not one sign, \"tab\" or \"auto\""),
                text);
    return false;
  }
  return true;
}

/* What the options say of every draft. */
static void apply(const Options *options, GPtrArray *drafts) {
  for (guint i = 0; i < drafts->len; i++) {
    Entry *entry = ((Draft *)drafts->pdata[i])->entry;
    if (options->language != NULL) {
      g_free(entry->language);
      entry->language = g_strdup(options->language);
    }
    if (options->place != NULL && entry->place == NULL) {
      entry->place = g_strdup(options->place);
    }
  }
}

/* What was not UTF-8 was guessed: whoever imports looks at the accents. */
static void tell_encoding(bool quiet, const char *path, TextEncoding encoding) {
  if (encoding == TEXT_LATIN1 || encoding == TEXT_UTF16) {
    g_autofree char *shown = text_printable(path);
    print_note(quiet, _("%s: not UTF-8, read as %s"), shown, encoding == TEXT_UTF16 ? "UTF-16" : "Latin-1");
  }
}

static GPtrArray *read_source(Session *session, const char *format, const char *path, const char *name,
                              const Options *options, SourceReport *report, GError **error) {
  PROFILE_HERE(PROFILE_READ);
  bool is_csv = strcmp(format, "csv") == 0;
  const Station *station = session_station(session, error);
  g_autofree char *today = station != NULL ? zone_day(station->zone, clock_now_us()) : NULL;
  g_autofree char *date = today != NULL && options->date != NULL ? session_day(session, options->date, error) : NULL;
  if (today == NULL || (options->date != NULL && date == NULL)) {
    return NULL;
  }
  SourceOptions source = {.source_name = name,
                          .source_url = options->url,
                          .date = date,
                          .today = today,
                          .zone = station->zone,
                          .language = options->language != NULL ? options->language : station->language,
                          .trust_status = options->trust_status};
  g_autoptr(GBytes) bytes = read_delimiter(options->delimiter, &source.delimiter, error)
                                ? file_read(path, is_csv ? CSV_MAX_BYTES : PAD_MAX_BYTES, error)
                                : NULL;
  TextEncoding encoding = TEXT_UTF8;
  g_autofree char *text = bytes != NULL ? text_from_outside(path, bytes, &encoding, error) : NULL;
  if (text == NULL) {
    return NULL;
  }
  tell_encoding(session->quiet, path, encoding);
  GPtrArray *drafts = is_csv ? csv_read(path, text, &source, report, error) : pad_read(text, &source, report, error);
  if (drafts == NULL && !is_csv) {
    g_prefix_error(error, "%s: ", path);
  } else if (drafts != NULL) {
    apply(options, drafts);
  }
  return drafts;
}

static void print_table(const GPtrArray *drafts) {
  const char *const headings[] = {_("line"), _("date"), _("kind"), _("place"), _("author"),
                                  "+",       _("why"),  _("text"), NULL};
  g_autoptr(Table) table = table_new(headings);
  for (guint i = 0; i < drafts->len; i++) {
    const Draft *draft = drafts->pdata[i];
    const Entry *entry = draft->entry;
    g_autofree char *line = g_strdup_printf("%u", draft->line);
    g_autofree char *agreed = g_strdup_printf("%" G_GINT64_FORMAT, entry->endorsements);
    g_autofree char *why = text_ellipsize(*draft->why != '\0' ? _(draft->why) : "", 24);
    g_autofree char *summary = entry_summary(entry);
    g_autofree char *text = g_strconcat(draft->parent_key != NULL ? "↳ " : "", summary, NULL);
    const char *place = entry->place != NULL ? entry->place : "", *author = entry->author != NULL ? entry->author : "";
    const char *const cells[] = {line,  entry->date, _(entry_kind_name(entry->kind)),
                                 place, author,      entry->endorsements > 0 ? agreed : "",
                                 why,   text,        NULL};
    table_add(table, cells);
  }
  table_print(table, stdout);
}

static void print_drafts_json(const GPtrArray *drafts) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_array(builder);
  for (guint i = 0; i < drafts->len; i++) {
    const Draft *draft = drafts->pdata[i];
    json_builder_begin_object(builder);
    entry_json_members(builder, draft->entry);
    json_add_int(builder, "line", draft->line);
    json_add_string(builder, "why", draft->why);
    json_add_string(builder, "key", draft->entry->source_key);
    json_add_string(builder, "parent_key", draft->parent_key);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
  g_autofree char *text = json_text(builder, true);
  puts(text);
}

static void print_notes(bool quiet, const SourceReport *report, const ImportResult *result) {
  for (guint i = 0; report->notes != NULL && i < report->notes->len; i++) {
    print_note(quiet, "%s", (const char *)report->notes->pdata[i]);
  }
  if (result->gone > 0) {
    print_note(quiet,
               ngettext("%u entry is no longer in the source; left as it is: %s",
                        "%u entries are no longer in the source; left as they are: %s", result->gone),
               result->gone, result->gone_ids);
  }
  if (result->reopened > 0) {
    print_note(quiet,
               ngettext("%u approved entry changed its words and is pending again",
                        "%u approved entries changed their words and are pending again", result->reopened),
               result->reopened);
  }
}

/* The first and the last day of the entries (borrowed); the report's when there is none. */
static void find_days(const GPtrArray *drafts, const SourceReport *report, const char **first, const char **last) {
  *first = *last = drafts->len == 0 ? report->date : NULL;
  for (guint i = 0; i < drafts->len; i++) {
    const char *date = ((const Draft *)drafts->pdata[i])->entry->date;
    *first = *first == NULL || strcmp(date, *first) < 0 ? date : *first;
    *last = *last == NULL || strcmp(date, *last) > 0 ? date : *last;
  }
}

static void print_summary(const char *name, const GPtrArray *drafts, const SourceReport *report,
                          const ImportResult *result) {
  const char *first = NULL, *last = NULL;
  find_days(drafts, report, &first, &last);
  if (strcmp(first, last) != 0) {
    /* TRANSLATORS: name of the source, first and last day, then numbers of entries */
    printf(_("%s, %s to %s: %u added, %u updated, %u unchanged\n"), name, first, last, result->added, result->updated,
           result->unchanged);
  } else {
    printf(_("%s, %s: %u added, %u updated, %u unchanged\n"), name, first, result->added, result->updated,
           result->unchanged);
  }
}

static void print_summary_json(const char *name, const GPtrArray *drafts, const SourceReport *report,
                               const ImportResult *result) {
  const char *first = NULL, *last = NULL;
  find_days(drafts, report, &first, &last);
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "source", name);
  json_add_string(builder, "date", first);
  json_add_string(builder, "last_date", last);
  json_add_int(builder, "added", result->added);
  json_add_int(builder, "updated", result->updated);
  json_add_int(builder, "unchanged", result->unchanged);
  json_add_int(builder, "reopened", result->reopened);
  json_add_int(builder, "gone", result->gone);
  json_add_int(builder, "endorsements", report->endorsements);
  json_add_int(builder, "participants", report->participants);
  json_add_int(builder, "headings", report->headings);
  json_builder_end_object(builder);
  g_autofree char *text = json_text(builder, true);
  puts(text);
}

static void print_left_out(FILE *stream, const SourceReport *report) {
  fprintf(stream, ngettext("%u agreement counted; ", "%u agreements counted; ", report->endorsements),
          report->endorsements);
  fprintf(stream, ngettext("%u participant left out, ", "%u participants left out, ", report->participants),
          report->participants);
  fprintf(stream, ngettext("%u heading\n", "%u headings\n", report->headings), report->headings);
}

static bool run_import(Session *session, int argc, char **argv, GError **error) {
  g_auto(Options) options = {0};
  g_auto(GStrv) arguments = NULL;
  if (!parse(argc, argv, &options, &arguments, error)) {
    return false;
  }
  if (strcmp(arguments[0], "pad") != 0 && strcmp(arguments[0], "csv") != 0) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("\"%s\" is not \"pad\" or \"csv\""), arguments[0]);
    return false;
  }
  SourceReport report = {0};
  ImportResult result = {0};
  g_autofree char *name = source_name(arguments[0], arguments[1], options.name);
  g_autoptr(GPtrArray) drafts = read_source(session, arguments[0], arguments[1], name, &options, &report, error);
  bool done = drafts != NULL;
  if (done && !options.dry_run) {
    Store *store = session_store(session, error);
    done = store != NULL && import_store(store, drafts, name, session_who(), &result, error);
  }
  if (done && options.dry_run && options.as_json) {
    print_drafts_json(drafts);
  } else if (done && options.dry_run) {
    print_table(drafts);
    print_left_out(stdout, &report);
  } else if (done && options.as_json) {
    print_summary_json(name, drafts, &report, &result);
  } else if (done) {
    print_summary(name, drafts, &report, &result);
    print_left_out(stdout, &report);
  }
  if (done) {
    print_notes(session->quiet, &report, &result);
  }
  source_report_clear(&report);
  import_result_clear(&result);
  return done;
}

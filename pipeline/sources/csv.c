#include "sources/csv.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "sources/days.h"
#include "sources/guess.h"
#include "sources/table.h"

#include <stdlib.h>
#include <string.h>

typedef enum {
  COLUMN_KEY,
  COLUMN_DATE,
  COLUMN_KIND,
  COLUMN_TITLE,
  COLUMN_TEXT,
  COLUMN_LANGUAGE,
  COLUMN_PLACE,
  COLUMN_PLACE_ID,
  COLUMN_AUTHOR,
  COLUMN_ATTRIBUTION,
  COLUMN_STATUS,
  COLUMN_PRIORITY,
  COLUMN_EXPIRES,
  COLUMN_ENDORSEMENTS,
  COLUMN_URL,
  COLUMN_LINKS,
  COLUMN_PARENT,
  COLUMN_SOUND,
  COLUMN_COUNT
} Column;

/* The column map: names as people write them, folded. */
/* clang-format off */
static const struct { const char *name; Column column; } names[] = {
  {"key", COLUMN_KEY}, {"cle", COLUMN_KEY}, {"clef", COLUMN_KEY}, {"id", COLUMN_KEY}, {"source key", COLUMN_KEY},
  {"clave", COLUMN_KEY},
  {"date", COLUMN_DATE}, {"day", COLUMN_DATE}, {"jour", COLUMN_DATE}, {"fecha", COLUMN_DATE},
  {"kind", COLUMN_KIND}, {"type", COLUMN_KIND}, {"genre", COLUMN_KIND}, {"nature", COLUMN_KIND},
  {"categorie", COLUMN_KIND}, {"tipo", COLUMN_KIND},
  {"title", COLUMN_TITLE}, {"titre", COLUMN_TITLE}, {"titulo", COLUMN_TITLE},
  {"text", COLUMN_TEXT}, {"texte", COLUMN_TEXT}, {"texto", COLUMN_TEXT}, {"message", COLUMN_TEXT},
  {"contenu", COLUMN_TEXT},
  {"language", COLUMN_LANGUAGE}, {"langue", COLUMN_LANGUAGE}, {"lang", COLUMN_LANGUAGE}, {"idioma", COLUMN_LANGUAGE},
  {"place", COLUMN_PLACE}, {"lieu", COLUMN_PLACE}, {"commune", COLUMN_PLACE}, {"lugar", COLUMN_PLACE},
  {"place id", COLUMN_PLACE_ID}, {"code lieu", COLUMN_PLACE_ID}, {"insee", COLUMN_PLACE_ID},
  {"author", COLUMN_AUTHOR}, {"auteur", COLUMN_AUTHOR}, {"autrice", COLUMN_AUTHOR}, {"auteur e", COLUMN_AUTHOR},
  {"nom", COLUMN_AUTHOR}, {"autor", COLUMN_AUTHOR},
  {"attribution", COLUMN_ATTRIBUTION}, {"mention", COLUMN_ATTRIBUTION},
  {"status", COLUMN_STATUS}, {"statut", COLUMN_STATUS}, {"etat", COLUMN_STATUS}, {"estado", COLUMN_STATUS},
  {"priority", COLUMN_PRIORITY}, {"priorite", COLUMN_PRIORITY}, {"prioridad", COLUMN_PRIORITY},
  {"expires", COLUMN_EXPIRES}, {"expiry", COLUMN_EXPIRES}, {"expire", COLUMN_EXPIRES}, {"expiration", COLUMN_EXPIRES},
  {"fin", COLUMN_EXPIRES},
  {"endorsements", COLUMN_ENDORSEMENTS}, {"accords", COLUMN_ENDORSEMENTS}, {"soutiens", COLUMN_ENDORSEMENTS},
  {"1", COLUMN_ENDORSEMENTS}, {"plus", COLUMN_ENDORSEMENTS},
  {"url", COLUMN_URL}, {"source url", COLUMN_URL}, {"adresse", COLUMN_URL},
  {"links", COLUMN_LINKS}, {"link", COLUMN_LINKS}, {"liens", COLUMN_LINKS}, {"lien", COLUMN_LINKS},
  {"enlaces", COLUMN_LINKS},
  {"parent", COLUMN_PARENT}, {"reponse a", COLUMN_PARENT}, {"answers", COLUMN_PARENT},
  {"sound", COLUMN_SOUND}, {"son", COLUMN_SOUND}, {"sonido", COLUMN_SOUND},
};
/* clang-format on */

typedef struct {
  const char *name;
  const SourceOptions *options;
  SourceReport *report;
  int column_of[COLUMN_COUNT]; /* index in a row, -1: not there */
  const TableRow *row;
  GHashTable *keys;  /* of the rows so far */
  GHashTable *alike; /* digest → the last number given to a row without a key of its own that says just that */
} Reader;

static const char *const headings[COLUMN_COUNT] = {
    "key",         "date",   "kind",     "title",   "text",         "language", "place", "place_id", "author",
    "attribution", "status", "priority", "expires", "endorsements", "url",      "links", "parent",   "sound"};

static bool read_header(Reader *r, const TableRow *header, GError **error) {
  for (guint c = 0; c < COLUMN_COUNT; c++) {
    r->column_of[c] = -1;
  }
  for (guint i = 0; i < header->n; i++) {
    g_autofree char *folded = text_fold(header->cells[i]);
    guint found = 0;
    while (found < G_N_ELEMENTS(names) && strcmp(names[found].name, folded) != 0) {
      found++;
    }
    if (found == G_N_ELEMENTS(names)) {
      g_autofree char *shown = text_printable(header->cells[i]);
      source_report_note(r->report, header->line, _("column \"%s\" is not known and was left out"), shown);
    } else if (r->column_of[names[found].column] >= 0) {
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s:%u: column \"%s\" is there twice"), r->name,
                  header->line, headings[names[found].column]);
      return false;
    } else {
      r->column_of[names[found].column] = (int)i;
    }
  }
  if (r->column_of[COLUMN_TEXT] < 0) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                _("%s:%u: the first row must name the columns, and \"text\" is not among them"), r->name, header->line);
  }
  return r->column_of[COLUMN_TEXT] >= 0;
}

/* The cell, or NULL when it is empty or there is no such column. */
static const char *cell(const Reader *r, Column column) {
  int at = r->column_of[column];
  const char *value = at >= 0 && (guint)at < r->row->n ? r->row->cells[at] : NULL;
  return value != NULL && *value != '\0' ? value : NULL;
}

static bool bad(const Reader *r, Column column, const char *what, GError **error) {
  g_autofree char *shown = text_printable(cell(r, column));
  g_autofree char *short_value = text_ellipsize(shown, 40);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s:%u: %s: \"%s\" is not %s"), r->name, r->row->line,
              headings[column], short_value, what);
  return false;
}

static bool read_name(const Reader *r, Column column, int (*parse)(const char *), const char *what, int fallback,
                      int *value, GError **error) {
  const char *text = cell(r, column);
  *value = text != NULL ? parse(text) : fallback;
  return *value >= 0 || bad(r, column, what, error);
}

/* "today", "-3", "2020-03-17", "17/03/2020"… */
static bool read_date(const Reader *r, char **day, GError **error) {
  const char *text = cell(r, COLUMN_DATE);
  if (text == NULL || r->options->date != NULL) {
    *day = g_strdup(r->options->date != NULL ? r->options->date : r->options->today);
    return true;
  }
  g_autofree char *folded = text_fold(text);
  char *end = NULL;
  long offset = strtol(text, &end, 10);
  if (strcmp(folded, "today") == 0 || strcmp(folded, "aujourd hui") == 0 || strcmp(folded, "hoy") == 0) {
    *day = g_strdup(r->options->today);
  } else if (strcmp(folded, "yesterday") == 0 || strcmp(folded, "hier") == 0 || strcmp(folded, "ayer") == 0) {
    *day = day_add(r->options->today, -1);
  } else if (*end == '\0' && labs(offset) < 10000 && (strchr("+-", *text) != NULL || offset == 0)) {
    *day = day_add(r->options->today, (int)offset);
  } else {
    bool alone = false;
    *day = days_find(text, r->options->today, &alone);
    if (*day != NULL && !alone) {
      g_clear_pointer(day, g_free);
    }
  }
  return *day != NULL || bad(r, COLUMN_DATE, _("a date (2020-03-17, 17/03/2020, today, -3)"), error);
}

/* An instant, a day (its end), or "+2": the end of the second day after the entry's. */
static bool read_expiry(const Reader *r, const char *date, gint64 *expires_us, GError **error) {
  const char *text = cell(r, COLUMN_EXPIRES);
  if (text == NULL) {
    return true;
  }
  g_autoptr(GTimeZone) zone = r->options->zone != NULL ? g_time_zone_ref(r->options->zone) : g_time_zone_new_utc();
  char *end = NULL;
  long offset = strtol(text, &end, 10);
  bool alone = false;
  gint64 from = 0;
  g_autofree char *day = *text == '+' && *end == '\0' && offset < 10000 ? day_add(date, (int)offset) : NULL;
  if (day == NULL && strchr(text, ':') == NULL) {
    day = days_find(text, r->options->today, &alone);
    if (!alone) {
      g_clear_pointer(&day, g_free);
    }
  }
  if (day != NULL ? zone_day_bounds(zone, day, &from, expires_us, NULL)
                  : (*expires_us = instant_parse(text, zone, NULL)) != 0) {
    return true;
  }
  return bad(r, COLUMN_EXPIRES, _("a day or an instant (2020-03-17, 2020-03-17 12:00, +2)"), error);
}

static char **read_links(const char *text) {
  g_auto(GStrv) parts = text != NULL ? g_strsplit_set(text, " \n\t|", -1) : NULL;
  g_autoptr(GPtrArray) links = g_ptr_array_new();
  for (char **part = parts; part != NULL && *part != NULL; part++) {
    if (**part != '\0') {
      g_ptr_array_add(links, *part);
    }
  }
  g_ptr_array_add(links, NULL);
  return links->len > 1 ? g_strdupv((char **)links->pdata) : NULL;
}

static bool read_numbers(const Reader *r, Entry *entry, GError **error) {
  const char *count = cell(r, COLUMN_ENDORSEMENTS);
  int kind = 0, attribution = 0, status = 0, priority = 0;
  char *end = NULL;
  entry->endorsements = count != NULL ? g_ascii_strtoll(count, &end, 10) : 0;
  if (count != NULL && (*end != '\0' || entry->endorsements < 0)) {
    return bad(r, COLUMN_ENDORSEMENTS, _("a number from 0"), error);
  }
  if (!read_name(r, COLUMN_KIND, entry_kind_parse,
                 _("a kind (question, problem, experience, resource, idea, feeling, announcement, alert)"), KIND_COUNT,
                 &kind, error) ||
      !read_name(r, COLUMN_ATTRIBUTION, attribution_parse, _("an attribution (none, place, first-name, full)"),
                 ATTRIBUTION_PLACE, &attribution, error) ||
      !read_name(r, COLUMN_STATUS, entry_status_parse, _("a status (draft, pending, approved, rejected, withdrawn)"),
                 STATUS_PENDING, &status, error) ||
      !read_name(r, COLUMN_PRIORITY, entry_priority_parse, _("a priority (normal, high, urgent)"), PRIORITY_NORMAL,
                 &priority, error)) {
    return false;
  }
  entry->kind = (EntryKind)kind;
  entry->attribution = (Attribution)attribution;
  entry->status = r->options->trust_status ? (EntryStatus)status : STATUS_PENDING;
  entry->priority = (EntryPriority)priority;
  return true;
}

static void propose_kind(Draft *draft) {
  Entry *entry = draft->entry;
  const char *why = N_("given");
  if (entry->kind == KIND_COUNT) {
    entry->kind = guess_kind(entry->text, entry->language, entry->links != NULL, -1, &why);
  }
  draft->why = g_strdup(why);
}

/* A key for a row that brings none: what it says, and its number among those that say the same. */
static char *make_key(const Reader *r, const Entry *entry) {
  g_autofree char *digest = text_digest(entry->author != NULL ? entry->author : "", entry->text, NULL);
  guint number = GPOINTER_TO_UINT(g_hash_table_lookup(r->alike, digest)) + 1;
  char *key = number == 1 ? g_strndup(digest, 20) : g_strdup_printf("%.20s-%u", digest, number);
  while (g_hash_table_contains(r->keys, key)) { /* given to another row by its writer */
    g_free(key);
    key = g_strdup_printf("%.20s-%u", digest, ++number);
  }
  g_hash_table_insert(r->alike, g_strdup(digest), GUINT_TO_POINTER(number));
  return key;
}

/* What the store would refuse is told here, where the row is known. */
static bool check_row(const Reader *r, const Entry *entry, GError **error) {
  GError *failure = NULL;
  if (entry_check(entry, &failure)) {
    return true;
  }
  g_propagate_prefixed_error(error, failure, "%s:%u: ", r->name, r->row->line);
  return false;
}

static Draft *read_row(Reader *r, GError **error) {
  Draft *draft = g_new0(Draft, 1);
  Entry *entry = draft->entry = entry_new();
  const char *text = cell(r, COLUMN_TEXT), *key = cell(r, COLUMN_KEY);
  draft->line = r->row->line;
  entry->text = text_squeeze(text != NULL ? text : "");
  entry->title = g_strdup(cell(r, COLUMN_TITLE));
  entry->place = g_strdup(cell(r, COLUMN_PLACE));
  entry->place_id = g_strdup(cell(r, COLUMN_PLACE_ID));
  entry->author = g_strdup(cell(r, COLUMN_AUTHOR));
  entry->sound = g_strdup(cell(r, COLUMN_SOUND));
  entry->links = read_links(cell(r, COLUMN_LINKS));
  const char *language = cell(r, COLUMN_LANGUAGE);
  entry->language = g_strdup(language != NULL ? language : guess_language(entry->text, r->options->language));
  entry->source_name = g_strdup(r->options->source_name);
  entry->source_url = g_strdup(cell(r, COLUMN_URL) != NULL ? cell(r, COLUMN_URL) : r->options->source_url);
  draft->parent_key = g_strdup(cell(r, COLUMN_PARENT));
  entry->source_key = key != NULL ? g_strdup(key) : make_key(r, entry);
  bool fine = read_date(r, &entry->date, error) && read_expiry(r, entry->date, &entry->expires_us, error) &&
              read_numbers(r, entry, error);
  if (fine && g_hash_table_contains(r->keys, entry->source_key)) {
    fine = bad(r, COLUMN_KEY, _("a key of its own: another row has it"), error);
  }
  if (fine) {
    propose_kind(draft);
    fine = check_row(r, entry, error);
  }
  if (!fine) {
    draft_free(draft);
    return NULL;
  }
  g_hash_table_add(r->keys, g_strdup(entry->source_key));
  return draft;
}

static void draft_destroy(gpointer draft) {
  draft_free(draft);
}

/* Every parent is a key of the file. */
static bool check_parents(const Reader *r, const GPtrArray *drafts, GError **error) {
  for (guint i = 0; i < drafts->len; i++) {
    const Draft *draft = drafts->pdata[i];
    if (draft->parent_key != NULL && (!g_hash_table_contains(r->keys, draft->parent_key) ||
                                      strcmp(draft->parent_key, draft->entry->source_key) == 0)) {
      g_autofree char *shown = text_printable(draft->parent_key);
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s:%u: parent: \"%s\" is not the key of another row"),
                  r->name, draft->line, shown);
      return false;
    }
  }
  return true;
}

GPtrArray *csv_read(const char *name, const char *text, const SourceOptions *options, SourceReport *report,
                    GError **error) {
  char delimiter = options->delimiter != '\0' ? options->delimiter : table_delimiter(text);
  g_autoptr(GPtrArray) rows = table_read(name, text, delimiter, error);
  Reader r = {.name = name, .options = options, .report = report};
  if (rows == NULL) {
    return NULL;
  }
  if (rows->len == 0) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: there is no row"), name);
    return NULL;
  }
  if (!read_header(&r, rows->pdata[0], error)) {
    return NULL;
  }
  g_autoptr(GPtrArray) drafts = g_ptr_array_new_with_free_func(draft_destroy);
  g_autoptr(GHashTable) keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) alike = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  r.keys = keys;
  r.alike = alike;
  for (guint i = 1; i < rows->len; i++) {
    r.row = rows->pdata[i];
    if (cell(&r, COLUMN_TEXT) == NULL) {
      source_report_note(report, r.row->line, _("a row without text was left out"));
      continue;
    }
    Draft *draft = read_row(&r, error);
    if (draft == NULL) {
      return NULL;
    }
    g_ptr_array_add(drafts, draft);
  }
  if (!check_parents(&r, drafts, error)) {
    return NULL;
  }
  if (report != NULL) {
    g_free(report->date);
    report->date = g_strdup(drafts->len > 0 ? ((Draft *)drafts->pdata[0])->entry->date : options->today);
  }
  return g_steal_pointer(&drafts);
}

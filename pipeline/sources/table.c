#include "sources/table.h"

#include "base/error.h"
#include "base/i18n.h"

#include <stdbool.h>
#include <string.h>

static void row_free(gpointer data) {
  TableRow *row = data;
  g_strfreev(row->cells);
  g_free(row);
}

char table_delimiter(const char *text) {
  static const char candidates[] = ",;\t|";
  guint counts[sizeof candidates - 1] = {0};
  bool quoted = false;
  for (const char *p = text; *p != '\0' && (quoted || *p != '\n'); p++) {
    const char *hit = quoted ? NULL : strchr(candidates, *p);
    quoted = *p == '"' ? !quoted : quoted;
    if (hit != NULL) {
      counts[hit - candidates]++;
    }
  }
  guint best = 0;
  for (guint i = 1; i < G_N_ELEMENTS(counts); i++) {
    best = counts[i] > counts[best] ? i : best;
  }
  return candidates[best];
}

/* A quoted cell: `*p` stands after its opening quote, and is left after its closing one. */
static bool read_quoted(const char **p, guint *line, GString *cell) {
  for (; **p != '\0'; (*p)++) {
    if (**p == '"' && (*p)[1] == '"') {
      (*p)++;
    } else if (**p == '"') {
      (*p)++;
      return true;
    }
    *line += **p == '\n' ? 1 : 0;
    g_string_append_c(cell, **p);
  }
  return false;
}

/* Where the text is being read. */
typedef struct {
  const char *name, *p;
  char delimiter;
  guint line;
  GString *cell; /* a buffer */
} Reading;

/* The cell at `p`, which is left behind it. Returns (g_free), or NULL. */
static char *read_cell(Reading *reading, GError **error) {
  g_string_truncate(reading->cell, 0);
  if (*reading->p == '"') {
    guint opened = reading->line;
    reading->p++;
    if (!read_quoted(&reading->p, &reading->line, reading->cell)) {
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s:%u: a quotation mark is opened and never closed"),
                  reading->name, opened);
      return NULL;
    }
  }
  const char stops[] = {'\n', reading->delimiter, '\0'};
  gsize n = strcspn(reading->p, stops);
  g_string_append_len(reading->cell, reading->p, (gssize)n);
  reading->p += n;
  return g_strstrip(g_strdup(reading->cell->str));
}

/* The row at `p`, which is left behind its line's end; one without cells when it is empty. Returns (row_free), or NULL. */
static TableRow *read_row(Reading *reading, GError **error) {
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
  guint first = reading->line;
  bool has_words = false;
  for (bool more = true; more; reading->p += more) {
    char *cell = read_cell(reading, error);
    if (cell == NULL) {
      return NULL;
    }
    has_words = has_words || reading->cell->len > 0;
    g_ptr_array_add(cells, cell);
    more = *reading->p == reading->delimiter;
    if (more && cells->len == TABLE_COLUMNS_MOST) {
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s:%u: more than %d columns"), reading->name, first,
                  TABLE_COLUMNS_MOST);
      return NULL;
    }
  }
  bool has_end = *reading->p == '\n';
  reading->line += has_end;
  reading->p += has_end;
  TableRow *row = g_new0(TableRow, 1);
  row->line = first;
  if (has_words) {
    row->n = cells->len;
    g_ptr_array_add(cells, NULL);
    row->cells = (char **)g_ptr_array_steal(cells, NULL);
  }
  return row;
}

GPtrArray *table_read(const char *name, const char *text, char delimiter, GError **error) {
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(row_free);
  g_autoptr(GString) buffer = g_string_new(NULL);
  Reading reading = {.name = name, .p = text, .delimiter = delimiter, .line = 1, .cell = buffer};
  while (*reading.p != '\0') {
    TableRow *row = read_row(&reading, error);
    if (row == NULL) {
      return NULL;
    }
    if (row->cells != NULL) {
      g_ptr_array_add(rows, row);
    } else {
      row_free(row);
    }
  }
  return g_steal_pointer(&rows);
}

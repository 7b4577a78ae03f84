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

GPtrArray *table_read(const char *name, const char *text, char delimiter, GError **error) {
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(row_free);
  g_autoptr(GString) cell = g_string_new(NULL);
  guint line = 1;
  for (const char *p = text; *p != '\0';) {
    g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func(g_free);
    guint first = line;
    bool words = false;
    for (bool more = true; more;) {
      g_string_truncate(cell, 0);
      if (*p == '"') {
        guint opened = line;
        p++;
        if (!read_quoted(&p, &line, cell)) {
          g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s:%u: a quotation mark is opened and never closed"),
                      name, opened);
          return NULL;
        }
      }
      gsize n = 0;
      while (p[n] != '\0' && p[n] != '\n' && p[n] != delimiter) {
        n++;
      }
      g_string_append_len(cell, p, (gssize)n);
      p += n;
      words = words || cell->len > 0;
      g_ptr_array_add(cells, g_strstrip(g_strdup(cell->str)));
      more = *p == delimiter;
      p += more ? 1 : 0;
    }
    line += *p == '\n' ? 1 : 0;
    p += *p == '\n' ? 1 : 0;
    if (words) {
      TableRow *row = g_new0(TableRow, 1);
      row->line = first;
      row->n = cells->len;
      g_ptr_array_add(cells, NULL);
      row->cells = g_strdupv((char **)cells->pdata);
      g_ptr_array_add(rows, row);
    }
  }
  return g_steal_pointer(&rows);
}

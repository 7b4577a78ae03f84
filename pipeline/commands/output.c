#include "commands/output.h"

#include "base/i18n.h"
#include "base/text.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define GAP 2             /* columns between cells */
#define NARROWEST_LAST 20 /* the last column is never cut below this */

static const char *const codes[] = {
    [STYLE_PLAIN] = "",  [STYLE_BOLD] = "1",  [STYLE_DIM] = "2",
    [STYLE_GOOD] = "32", [STYLE_WARN] = "33", [STYLE_BAD] = "31",
};

static bool takes_colour(FILE *stream) {
  const char *none = g_getenv("NO_COLOR"), *term = g_getenv("TERM");
  return isatty(fileno(stream)) && !(none && *none) && term && strcmp(term, "dumb") != 0;
}

char *style_text(FILE *stream, Style style, const char *text) {
  if (style == STYLE_PLAIN || !takes_colour(stream))
    return g_strdup(text);
  return g_strdup_printf("\033[%sm%s\033[0m", codes[style], text);
}

/* 0 when the stream is not a terminal: nothing is cut then. */
static guint terminal_columns(FILE *stream) {
  struct winsize size = {0};
  if (!isatty(fileno(stream)))
    return 0;
  (void)ioctl(fileno(stream), TIOCGWINSZ, &size);
  return size.ws_col > 0 ? size.ws_col : 80; /* not every terminal knows */
}

/* --- tables ------------------------------------------------------------------ */

struct Table {
  char **headings;
  guint n_columns;
  GPtrArray *rows; /* char** */
};

Table *table_new(const char *const *headings) {
  Table *table = g_new0(Table, 1);
  table->headings = g_strdupv((char **)headings);
  table->n_columns = g_strv_length(table->headings);
  table->rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
  return table;
}

void table_add(Table *table, const char *const *cells) {
  char **row = g_new0(char *, table->n_columns + 1);
  for (guint i = 0; i < table->n_columns; i++)
    row[i] = text_printable(cells[i] ? cells[i] : "");
  g_ptr_array_add(table->rows, row);
}

static guint *column_widths(const Table *table) {
  guint *widths = g_new0(guint, table->n_columns);
  for (guint i = 0; i < table->n_columns; i++) {
    widths[i] = text_columns(table->headings[i]);
    for (guint r = 0; r < table->rows->len; r++) {
      char **row = g_ptr_array_index(table->rows, r);
      widths[i] = MAX(widths[i], text_columns(row[i]));
    }
  }
  return widths;
}

static guint last_column_width(const Table *table, const guint *widths, FILE *stream) {
  guint columns = terminal_columns(stream), before = 0;
  for (guint i = 0; i + 1 < table->n_columns; i++)
    before += widths[i] + GAP;
  guint last = widths[table->n_columns - 1];
  if (columns == 0 || before + last <= columns)
    return last;
  return columns > before + NARROWEST_LAST ? columns - before : NARROWEST_LAST;
}

static void print_row(char *const *row, guint n_columns, const guint *widths, guint last_width, FILE *stream,
                      Style style) {
  g_autoptr(GString) line = g_string_new(NULL);
  for (guint i = 0; i + 1 < n_columns; i++)
    g_string_append_printf(line, "%s%*s", row[i], (int)(widths[i] - text_columns(row[i]) + GAP), "");
  g_autofree char *last = text_ellipsize(row[n_columns - 1], last_width);
  g_string_append(line, last);
  g_strchomp(line->str);
  g_autofree char *styled = style_text(stream, style, line->str);
  fprintf(stream, "%s\n", styled);
}

void table_print(Table *table, FILE *stream) {
  g_autofree guint *widths = column_widths(table);
  guint last = last_column_width(table, widths, stream);
  print_row(table->headings, table->n_columns, widths, last, stream, STYLE_BOLD);
  for (guint r = 0; r < table->rows->len; r++)
    print_row(g_ptr_array_index(table->rows, r), table->n_columns, widths, last, stream, STYLE_PLAIN);
}

void table_free(Table *table) {
  g_strfreev(table->headings);
  g_ptr_array_unref(table->rows);
  g_free(table);
}

/* --- the line that is rewritten ------------------------------------------------ */

static bool line_is_there;

void progress_line(bool quiet, const char *format, ...) {
  guint columns = terminal_columns(stderr);
  if (quiet || columns == 0)
    return;
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *line = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_autofree char *cut = text_ellipsize(line, columns - 1);
  fprintf(stderr, "\r\033[K%s", cut);
  fflush(stderr);
  line_is_there = true;
}

void progress_clear(void) {
  if (line_is_there)
    fputs("\r\033[K", stderr);
  line_is_there = false;
}

static void print_marked(Style style, const char *mark, const char *text) {
  progress_clear();
  g_autofree char *styled = style_text(stderr, style, mark);
  fprintf(stderr, "%s %s\n", styled, text);
}

void print_note(bool quiet, const char *format, ...) {
  if (quiet)
    return;
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *text = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  print_marked(STYLE_DIM, _("note:"), text);
}

void print_warning(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *text = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  print_marked(STYLE_WARN, _("warning:"), text);
}

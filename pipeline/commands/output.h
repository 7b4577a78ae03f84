/* What commands print: tables, colours only on a terminal, a progress line. */
#ifndef CARNET_COMMANDS_OUTPUT_H
#define CARNET_COMMANDS_OUTPUT_H

#include <glib.h>
#include <stdbool.h>
#include <stdio.h>

typedef enum { STYLE_PLAIN, STYLE_BOLD, STYLE_DIM, STYLE_GOOD, STYLE_WARN, STYLE_BAD } Style;

/* `text` with the style's escape codes when `stream` is a terminal that takes
 * colours (and NO_COLOR is unset), else as it is. Outside text must have gone
 * through text_printable first. Returns (g_free). */
char *style_text(FILE *stream, Style style, const char *text);

/* A table: columns are as wide as their widest cell, the last one is cut to the
 * terminal's width. Cells are made printable. */
typedef struct Table Table;
Table *table_new(const char *const *headings); /* NULL ended, already translated */
void table_add(Table *table, const char *const *cells);
void table_print(Table *table, FILE *stream);
void table_free(Table *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Table, table_free)

/* One line on standard error that is rewritten; nothing when it is not a
 * terminal or `quiet`. */
void progress_line(bool quiet, const char *format, ...) G_GNUC_PRINTF(2, 3);
void progress_clear(void);
/* "note: …" and "warning: …" on standard error. */
void print_note(bool quiet, const char *format, ...) G_GNUC_PRINTF(2, 3);
void print_warning(const char *format, ...) G_GNUC_PRINTF(1, 2);

#endif

#include "sources/draft.h"

#include "base/i18n.h"

void draft_free(Draft *draft) {
  if (draft == NULL) {
    return;
  }
  entry_free(draft->entry);
  g_free(draft->parent_key);
  g_free(draft->why);
  g_free(draft);
}

void source_report_note(SourceReport *report, guint line, const char *format, ...) {
  if (report == NULL) {
    return;
  }
  if (report->notes == NULL) {
    report->notes = g_ptr_array_new_with_free_func(g_free);
  }
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *what = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_ptr_array_add(report->notes, g_strdup_printf(_("line %u: %s"), line, what));
}

void source_report_clear(SourceReport *report) {
  g_clear_pointer(&report->date, g_free);
  g_clear_pointer(&report->notes, g_ptr_array_unref);
  *report = (SourceReport){0};
}

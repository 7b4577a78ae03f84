#include "daemon/report.h"

#include "base/clock.h"
#include "base/text.h"
#include "commands/output.h"

#include <stdarg.h>
#include <stdio.h>

#define ALARMS_MOST 20

static struct {
  GTimeZone *zone;
  bool quiet, has_journal;
  GPtrArray *alarms;   /* ReportLine */
  GHashTable *lasting; /* key → text */
} report;

static void line_free(gpointer data) {
  ReportLine *line = data;
  g_free(line->text);
  g_free(line);
}

void report_start(GTimeZone *zone, bool quiet) {
  report.zone = zone;
  report.quiet = quiet;
  report.has_journal = g_getenv("JOURNAL_STREAM") != NULL;
  if (report.alarms)
    return;
  report.alarms = g_ptr_array_new_with_free_func(line_free);
  report.lasting = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

void report_end(void) {
  g_clear_pointer(&report.alarms, g_ptr_array_unref);
  g_clear_pointer(&report.lasting, g_hash_table_unref);
}

static void print(gint64 now_us, bool trouble, const char *text) {
  g_autofree char *styled = style_text(stderr, trouble ? STYLE_WARN : STYLE_PLAIN, text);
  if (report.has_journal) { /* sd-daemon(3): <4> warning, <6> information */
    fprintf(stderr, "<%d>%s\n", trouble ? 4 : 6, styled);
    return;
  }
  g_autoptr(GDateTime) local = zone_time(report.zone, now_us);
  g_autofree char *time = g_date_time_format(local, "%H:%M:%S");
  fprintf(stderr, "%s %s\n", time, styled);
}

static void keep(gint64 now_us, const char *text) {
  ReportLine *line = g_new(ReportLine, 1);
  *line = (ReportLine){now_us, true, g_strdup(text)};
  g_ptr_array_add(report.alarms, line);
  if (report.alarms->len > ALARMS_MOST)
    g_ptr_array_remove_index(report.alarms, 0);
}

void report_say(bool trouble, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  g_autofree char *raw = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_autofree char *text = text_printable(raw);
  gint64 now_us = clock_now_us();
  if (trouble || !report.quiet)
    print(now_us, trouble, text);
  if (trouble)
    keep(now_us, text);
}

void report_once(const char *key, const char *text) {
  if (!text) {
    g_hash_table_remove(report.lasting, key);
    return;
  }
  if (g_strcmp0(g_hash_table_lookup(report.lasting, key), text) == 0)
    return;
  g_hash_table_replace(report.lasting, g_strdup(key), g_strdup(text));
  report_say(true, "%s", text);
}

const GPtrArray *report_alarms(void) {
  return report.alarms;
}

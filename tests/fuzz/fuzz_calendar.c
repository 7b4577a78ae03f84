/* A calendar, and its slots of a week: the one in which the clock changes. */
#include "fuzz.h"

#include "schedule/week.h"
#include "schedule/write.h"

static char *fuzz_find_script(const char *name, gpointer user) {
  (void)user;
  return g_str_has_prefix(name, "no") ? NULL : g_strdup("flash");
}

static gint64 fuzz_length(const char *script, gpointer user) {
  (void)script;
  (void)user;
  return 60000000;
}

static void fuzz_free_slot(gpointer slot) {
  planned_slot_free(slot);
}

static void fuzz_free_note(gpointer note) {
  calendar_note_free(note);
}

#define FUZZ_FROM_US G_GINT64_CONSTANT(1772323200000000)  /* 2026-03-01 */
#define FUZZ_UNTIL_US G_GINT64_CONSTANT(1775001600000000) /* 2026-04-01 */

static void fuzz_calendar(const guint8 *data, gsize nbytes) {
  g_autoptr(GBytes) bytes = g_bytes_new_static(data, nbytes);
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Paris");
  Week week = {g_ptr_array_new_with_free_func(fuzz_free_slot), g_ptr_array_new_with_free_func(fuzz_free_note)};
  GError *error = NULL;
  g_autoptr(Calendar) calendar = calendar_parse("essai.ics", bytes, zone, week.notes, &error);
  if (calendar == NULL)
    fuzz_refused(error);
  else
    calendar_slots(calendar, FUZZ_FROM_US, FUZZ_UNTIL_US, fuzz_find_script, NULL, week.slots, week.notes);
  for (guint i = 0; i < week.slots->len; i++) {
    const PlannedSlot *slot = week.slots->pdata[i];
    promise(slot->start_us >= FUZZ_FROM_US && slot->start_us < FUZZ_UNTIL_US);
    promise(slot->priority >= 1 && slot->priority <= SLOT_PRIORITY_LEAST && slot->line >= 1);
  }
  for (guint i = 0; i < week.notes->len; i++) {
    const CalendarNote *note = week.notes->pdata[i];
    g_autofree char *printable = text_printable(note->text);
    promise(strcmp(printable, note->text) == 0);
  }
  if (week.slots->len < 100) { /* what is written reads back: the same instants */
    g_autofree char *text = week_text(&week, fuzz_length, NULL, FUZZ_FROM_US);
    g_autoptr(GBytes) written = g_bytes_new(text, strlen(text));
    g_autoptr(Calendar) again = calendar_parse("essai.ics", written, zone, week.notes, NULL);
    guint before = week.slots->len;
    promise(again != NULL);
    calendar_slots(again, FUZZ_FROM_US, FUZZ_UNTIL_US, fuzz_find_script, NULL, week.slots, week.notes);
    promise(week.slots->len == 2 * before);
  }
  g_ptr_array_unref(week.slots);
  g_ptr_array_unref(week.notes);
}

FUZZ_TARGET(fuzz_calendar)

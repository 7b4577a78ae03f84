/* A slot said in words. */
#ifndef CARNET_SCHEDULE_WORDS_H
#define CARNET_SCHEDULE_WORDS_H

#include <glib.h>
#include <stdbool.h>

/* What "every weekday 12:00" means. */
typedef struct {
  char *rule;  /* "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"; NULL: once */
  char *start; /* "20261130T120000": the first time from now on, in the station's zone */
} SlotWords;

void slot_words_clear(SlotWords *words);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SlotWords, slot_words_clear)

/* "every day 12:00", "weekdays at 18:30", "Mondays and Thursdays 9:00", "first Sunday of the month 10:00", "every hour",
 * "every 2 minutes", "2026-12-24 18:00", "tomorrow noon", "every weekday 12:00 until 2026-12-31"; the same in French
 * ("du lundi au vendredi 12h", "tous les mardis à 9h30") and Spanish. Seen from `now_us` in `zone`. A word that is not
 * understood is INPUT, and named; so is a rule that ends before its first time. */
bool slot_words_read(const char *text, GTimeZone *zone, gint64 now_us, SlotWords *words, GError **error);

#endif

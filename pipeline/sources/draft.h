/* What a source read: entries that are proposals, not in the store yet. */
#ifndef CARNET_SOURCES_DRAFT_H
#define CARNET_SOURCES_DRAFT_H

#include "logbook/entry.h"

typedef struct {
  Entry *entry;     /* status PENDING; source_name and source_key set; parent 0 */
  char *parent_key; /* source_key of the draft this one answers, or NULL */
  guint line;       /* where it begins in the file, from 1 */
  char *why;        /* why this kind was proposed ("question mark"), in English; translated where shown */
} Draft;

void draft_free(Draft *draft);

/* What the reader is told, besides the bytes. */
typedef struct {
  const char *source_name; /* "pad reunion-17-mars" */
  const char *source_url;  /* or NULL */
  const char *date;        /* from --date, or NULL: the heading's, else today */
  const char *today;       /* station's local day; a date without a year is the nearest past one */
  const char *language;    /* the station's: what the guess falls back to */
  GTimeZone *zone;         /* the station's, for an expiry in local time; NULL: UTC (CSV only) */
  char delimiter;          /* 0: found in the header row (CSV only) */
  bool trust_status;       /* keep a row's own status; else every entry is pending (CSV only) */
} SourceOptions;

/* What was left out, so that nothing disappears unseen. */
typedef struct {
  char *date;         /* day of the entries (of the first, when there are several) */
  guint participants; /* people (lines, or names of one line) of a list of participants */
  guint headings;
  guint endorsements; /* agreements counted on what they follow */
  GPtrArray *notes;   /* char*: "line 12: …" */
} SourceReport;

/* Adds "line N: …" to the notes (nothing when `report` is NULL). */
void source_report_note(SourceReport *report, guint line, const char *format, ...) G_GNUC_PRINTF(3, 4);
/* Frees what it holds; zeroed before first use by its owner. */
void source_report_clear(SourceReport *report);

#endif

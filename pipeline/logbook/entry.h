/* An entry: one line of the logbook. Plain data that every room may hold.
 * (Type header: no database here.) */
#ifndef CARNET_LOGBOOK_ENTRY_H
#define CARNET_LOGBOOK_ENTRY_H

#include <glib.h>
#include <stdbool.h>

typedef enum {
  KIND_QUESTION,
  KIND_PROBLEM,
  KIND_EXPERIENCE,
  KIND_RESOURCE,
  KIND_IDEA,
  KIND_FEELING,
  KIND_ANNOUNCEMENT,
  KIND_ALERT,
  KIND_COUNT
} EntryKind;

/* What may be said on air of who wrote it. */
typedef enum {
  ATTRIBUTION_NONE,
  ATTRIBUTION_PLACE,
  ATTRIBUTION_FIRST_NAME,
  ATTRIBUTION_FULL,
  ATTRIBUTION_COUNT
} Attribution;
typedef enum {
  STATUS_DRAFT,
  STATUS_PENDING,
  STATUS_APPROVED,
  STATUS_REJECTED,
  STATUS_WITHDRAWN,
  STATUS_COUNT
} EntryStatus;
typedef enum { PRIORITY_NORMAL, PRIORITY_HIGH, PRIORITY_URGENT, PRIORITY_COUNT } EntryPriority;

/* Strings are UTF-8 and owned by the entry; NULL means "not said". */
typedef struct {
  gint64 id;  /* 0: not in the store yet */
  char *date; /* local day it belongs to, "YYYY-MM-DD" */
  EntryKind kind;
  char *title;             /* optional, a few words */
  char *text;              /* as written; at most ENTRY_MAX_TEXT bytes */
  char *language;          /* BCP 47: "fr" */
  char *place;             /* name */
  char *place_id;          /* "insee:34057" or "osm:node/123" */
  char *author;            /* full name as written; said only as attribution allows */
  Attribution attribution; /* ATTRIBUTION_PLACE unless chosen otherwise */
  EntryStatus status;
  EntryPriority priority;
  gint64 expires_us;   /* instant, 0: never */
  gint64 endorsements; /* how many agreed, >= 0 */
  char *source_name;   /* "pad reunion-17-mars" */
  char *source_url;
  char *source_key; /* unique within source_name; how a second import recognises it */
  char **links;     /* addresses, never read aloud; NULL: none */
  gint64 parent;    /* id of the entry this one answers, 0: none */
  char *sound;      /* recorded sound, a file below the station's sounds/ */
  gint64 created_us, changed_us;
} Entry;

#define ENTRY_MAX_TEXT (2u << 20) /* bytes */

Entry *entry_new(void); /* all zero but attribution PLACE, status DRAFT; free with entry_free */
Entry *entry_copy(const Entry *entry);
void entry_free(Entry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Entry, entry_free)

/* True when every field but id, created_us and changed_us is the same. */
bool entry_equal(const Entry *a, const Entry *b);
/* The names of those fields that differ, with a space between: "text kind"
 * (for a revision). Returns (g_free), or NULL when entry_equal. */
char *entry_differences(const Entry *a, const Entry *b);
/* Checks what a person or an importer gave: a real day, text of a sane length
 * and valid UTF-8, a language tag, endorsements >= 0… INPUT names the field. */
bool entry_check(const Entry *entry, GError **error);

/* Names as in files, JSON and the store: "question", "first-name", "approved"…
 * They are marked: show them to people as _(entry_kind_name(kind)). */
const char *entry_kind_name(EntryKind kind);
const char *attribution_name(Attribution attribution);
const char *entry_status_name(EntryStatus status);
const char *entry_priority_name(EntryPriority priority);
/* -1 when unknown. French names ("alerte", "en attente") are understood too. */
int entry_kind_parse(const char *name);
int attribution_parse(const char *name);
int entry_status_parse(const char *name);
int entry_priority_parse(const char *name);

/* --- who is heard: decided here and nowhere else --- */

/* The name that may be said of the author, by the entry's own attribution: the
 * full name, the first name alone, or none. Never a family name that can be
 * told apart from a first name that was asked for: "LE GOFF Michel" is Michel,
 * "Mme Le Goff" is NULL. Returns (g_free), or NULL. */
char *entry_said_name(const Entry *entry);
/* The place that may be said, or NULL. Borrowed. */
const char *entry_said_place(const Entry *entry);
/* Approved, and not expired at `now_us`: may it be heard at all? */
bool entry_may_be_heard(const Entry *entry, gint64 now_us);
/* True when nobody's name may be told of it: neither by us nor, without an
 * editor's eye, by its own text. */
bool entry_is_anonymous(const Entry *entry);

#endif

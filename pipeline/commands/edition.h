/* An edition: editions/DATE-SCRIPT/, from the store's entries to its rundown. */
#ifndef CARNET_COMMANDS_EDITION_H
#define CARNET_COMMANDS_EDITION_H

#include "base/files.h"
#include "commands/studio.h"
#include "editorial/compose.h"

typedef struct {
  Session *session;
  Studio *studio;
  const Station *station;
  Script *script;
  char *date, *id, *folder; /* id: "2020-03-17-midi" */
  int hour, minute;         /* what {time} says: now when it is today's, else noon; the same all along */
  gint64 only_entry;        /* 0: all that the script takes */
  FileLock *lock;           /* one process at a time in this folder */
  GPtrArray *entries;       /* Entry*, from edition_gather */
  GHashTable *heard;        /* entry id → edition in which it was heard */
  GPtrArray *kept;          /* RundownItem*, what a person asked to keep when it is chosen anew; or NULL */
  Rundown *edited;          /* the rundown that a person edited or locked, or NULL; edition_rundown takes it */
} Edition;

/* What is asked of an edition besides its script and day; all zero: nothing. */
typedef struct {
  const char *id;   /* its name, NULL: DATE-SCRIPT */
  const char *time; /* "18:00": what {time} says, NULL: now */
  gint64 frames;    /* its length, whatever the script says; 0: the script's */
  gint64 entry;     /* no other entry is in it; 0: chosen as the script says */
} EditionWish;

/* Reads the script, makes the folder, takes its lock (AGAIN when another
 * process holds it for over 30 s), sweeps what a killed run left.
 * Returns (free with edition_free), or NULL. */
Edition *edition_open(Session *session, Studio *studio, const char *script_name, const char *date,
                      const EditionWish *wish, GError **error);
void edition_free(Edition *edition);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Edition, edition_free)
/* A file of the edition. Returns (g_free). */
char *edition_path(const Edition *edition, const char *file);
bool edition_has(const Edition *edition, const char *file);

/* Reads from the store what composing needs (call from the thread that owns
 * the store). `with_others`: also what cannot be chosen, to explain why. A rundown
 * that a person edited or locked is heard as written: it gets a warning for each of
 * its entries that may not be heard any more. */
bool edition_gather(Edition *edition, bool with_others, GError **error);

typedef enum {
  RUNDOWN_KEEP_EDITED, /* one that a person edited or locked is taken as it is */
  RUNDOWN_SETTLE,      /* the same, and what was measured of it is written into its file */
  RUNDOWN_MAKE_AGAIN,  /* it is put aside (rundown.yaml.edited) and made anew */
  RUNDOWN_LOOK,        /* what would be made anew: nothing is written */
} RundownChoice;

/* The edition's rundown, measured and fitted, and written to rundown.yaml: an
 * edited one as written, else composed from the entries gathered. From any
 * thread. `explanations` may be NULL; stays NULL for one that was kept.
 * Returns (rundown_free), or NULL. */
Rundown *edition_rundown(Edition *edition, RundownChoice choice, GPtrArray **explanations, GError **error);
/* What opens the bulletin whatever is chosen, to be heard while the rest is composed (compose_opening).
 * Returns RundownItem* (g_ptr_array_unref). */
GPtrArray *edition_opening(const Edition *edition);
/* The first entry among a rundown's that was taken back or has expired since, 0: none, -1 with an error: the store
 * cannot tell. The store must be open (edition_gather). */
gint64 edition_taken_back(const Edition *edition, const Rundown *rundown, GError **error);
/* What the bulletin is called, before its rundown is known. Returns (g_free). */
char *edition_title(const Edition *edition);
/* Prints a rundown's warnings on standard error. */
void edition_warn(const Rundown *rundown);

#endif

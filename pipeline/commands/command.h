/* The shape of `carnet VERB`: a const record a verb, one file each, collected
 * in main.c's table. A command parses its arguments, calls rooms, prints. */
#ifndef CARNET_COMMANDS_COMMAND_H
#define CARNET_COMMANDS_COMMAND_H

#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "base/station.h"
#include "logbook/store.h"

#include <stdbool.h>

/* One run of the program. */
typedef struct {
  char *folder;     /* the station's: -C, else CARNET_STATION, else "." */
  Station *station; /* loaded by session_station */
  Store *store;     /* opened by session_store */
  bool quiet;       /* -q: no progress, no notes */
} Session;

typedef struct {
  const char *name;
  const char *group;   /* N_() heading under which `carnet help` lists it */
  const char *summary; /* N_() one line */
  const char *usage;   /* N_() arguments: "FILE|-" */
  const char *help;    /* N_() paragraphs and examples shown by --help */
  bool (*run)(Session *session, int argc, char **argv, GError **error); /* argv[0] is the verb */
} Command;

extern const Command *const commands[]; /* NULL ended; main.c */

/* Parses `entries` (GOption; NULL ended) out of argv, with --help. What remains
 * is in `arguments` (g_strfreev; may be NULL when `most` is 0); fewer than
 * `least` or more than `most` (-1: any) is USAGE and shows the usage line.
 * Returns false with no error set when --help was printed. */
bool command_parse(const Command *command, const GOptionEntry *entries, int argc, char **argv, int least, int most,
                   char ***arguments, GError **error);

/* Loaded and opened once, then borrowed. NULL with an error that tells of `carnet init`. */
const Station *session_station(Session *session, GError **error);
/* The station's logbook.sqlite, made on first use. Never before a nursery is forked. */
Store *session_store(Session *session, GError **error);
/* Its path, once there is a station. Returns (g_free). */
char *session_logbook(const Session *session);
/* Holds the station's mounts: who is on the air holds all of them. Returns (file_lock_free), or NULL (AGAIN). */
FileLock *session_take_air(Session *session, GError **error);
/* Who changes the logbook: CARNET_USER, else the login name. Borrowed. */
const char *session_who(void);
/* --date's value (NULL: today) as a local day. Returns (g_free), or NULL. */
char *session_day(Session *session, const char *text, GError **error);

/* From here on Ctrl-C, SIGTERM and SIGHUP only set a flag, which long work looks
 * at to end cleanly; a second one ends the program at once. */
void session_catch_signals(void);
bool session_interrupted(void);

#endif

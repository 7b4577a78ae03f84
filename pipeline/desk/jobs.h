/* What takes long (choosing, making, publishing a bulletin) is a verb of the program in the background; and what is quick,
 * and prints what we want to know, the same while one waits. Inside desk/ only. Any thread. */
#ifndef CARNET_DESK_JOBS_H
#define CARNET_DESK_JOBS_H

#include "desk/desk_private.h"

Jobs *jobs_new(const char *folder);
void jobs_close(Jobs *jobs); /* nobody waits any longer */
void jobs_free(Jobs *jobs);  /* ends what runs */
/* "carnet -C FOLDER ARGUMENTS…" (NULL ended) in the name of `who`, its messages in `language` (the station's: a rundown keeps them), as soon as what was asked before about the same thing
 * ("2020-03-17-midi") has ended. Returns its number; that of the same which waits already; 0 with AGAIN when too many wait. Two
 * run at once, an hour at most: the air may share the machine. */
guint jobs_start(Jobs *jobs, const char *about, const char *language, const char *who, const char *const *arguments,
                 GError **error);
typedef enum { JOB_UNKNOWN, JOB_RUNNING, JOB_DONE, JOB_FAILED } JobState;
/* What became of it; `why` (may be NULL, g_free): what it said at its end when it failed, its output when it was done. */
JobState jobs_state(Jobs *jobs, guint job, char **why);
/* The one that is under way about something, else the last one about it (0: none) of this day. */
guint jobs_about(Jobs *jobs, const char *about);
/* By the desk's own thread, often: starts what waits, and tells ("job") what has ended. */
void jobs_step(Jobs *jobs, WebEvents *events);

/* A verb that is waited for, a minute at most; its messages in `language`. What it printed (g_free), or NULL with what it
 * said, INPUT. */
char *jobs_ask(Jobs *jobs, const char *language, const char *who, const char *const *arguments, GError **error);
/* The same of a verb whose status is a finding (`carnet doctor`): what it printed counts, however it ended. */
char *jobs_ask_anyway(Jobs *jobs, const char *language, const char *who, const char *const *arguments, GError **error);

#endif

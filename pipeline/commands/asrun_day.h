/* The slots of a day and what became of them on each mount: `carnet asrun --date`. */
#ifndef CARNET_COMMANDS_ASRUN_DAY_H
#define CARNET_COMMANDS_ASRUN_DAY_H

#include "commands/command.h"

typedef enum { ASRUN_TABLE, ASRUN_CSV, ASRUN_JSON } AsRunForm;

/* `date` as people write it (session_day). Prints on standard output. */
bool asrun_day(Session *session, const char *date, AsRunForm form, GError **error);

#endif

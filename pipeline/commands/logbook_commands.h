/* The verbs about the logbook's entries, and what they share. */
#ifndef CARNET_COMMANDS_LOGBOOK_COMMANDS_H
#define CARNET_COMMANDS_LOGBOOK_COMMANDS_H

#include "commands/command.h"

extern const Command command_add, command_entries, command_show, command_edit, command_approve, command_reject,
    command_withdraw, command_undo, command_backup, command_restore, command_asrun;

#endif

/* The verbs from the logbook to the air. */
#ifndef CARNET_COMMANDS_BULLETIN_COMMANDS_H
#define CARNET_COMMANDS_BULLETIN_COMMANDS_H

#include "commands/command.h"

extern const Command command_rundown, command_produce, command_air, command_publish, command_export, command_downloads;

#endif

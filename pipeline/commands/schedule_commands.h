/* The verbs of the calendars. */
#ifndef CARNET_COMMANDS_SCHEDULE_COMMANDS_H
#define CARNET_COMMANDS_SCHEDULE_COMMANDS_H

#include "commands/command.h"

extern const Command command_schedule;

#endif

/* The verbs about the station itself. */
#ifndef CARNET_COMMANDS_STATION_COMMANDS_H
#define CARNET_COMMANDS_STATION_COMMANDS_H

#include "commands/command.h"

extern const Command command_init, command_doctor, command_run, command_status, command_desk, command_user,
    command_order, command_settings;

typedef struct Desk Desk;
/* Prints where the desk is, and of a first visit the code. */
void desk_tell(const Desk *desk);

#endif

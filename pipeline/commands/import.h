/* `carnet import`: outside files become entries. */
#ifndef CARNET_COMMANDS_IMPORT_H
#define CARNET_COMMANDS_IMPORT_H

#include "commands/command.h"

extern const Command command_import;

#endif

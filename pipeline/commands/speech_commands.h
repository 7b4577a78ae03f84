/* The verbs of the voice. */
#ifndef CARNET_COMMANDS_SPEECH_COMMANDS_H
#define CARNET_COMMANDS_SPEECH_COMMANDS_H

#include "commands/command.h"

extern const Command command_say, command_voices, command_cache, command_lexicon, command_jingles;

#endif

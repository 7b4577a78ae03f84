/* A voice that is another program: UTF-8 text on its standard input, a WAV file
 * on its standard output or in the file that "{out}" names. */
#ifndef CARNET_SPEECH_ENGINE_COMMAND_H
#define CARNET_SPEECH_ENGINE_COMMAND_H

#include "speech/speaker.h"

/* Runs the voice's command in a limited child and reads what it made, strictly.
 * It is given the plain words (spoken.h); the whole text is one mark. Returns (speech_free), or NULL. */
Speech *engine_command_speak(const Voice *voice, const char *spoken, GError **error);
/* What the cache must know of the program and of the files among its arguments:
 * a new model is another voice. Returns (g_free). */
char *engine_command_identity(const Voice *voice);
/* A RIFF/WAVE file: PCM, 16 bits, 8 to 96 kHz, one or two channels (mixed to
 * one), at most an hour; lengths that lie are INPUT. A data length of 0 or
 * 0xffffffff (a program that writes to a pipe cannot know it) means all that
 * follows. `name` opens the message. Returns (speech_free), or NULL. */
Speech *wav_parse(const char *name, GBytes *bytes, GError **error);

#endif

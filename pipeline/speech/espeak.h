/* eSpeak NG, opened by the first who speaks: what it needs itself, the libraries of a sound server, would be a quarter of
 * what starting the program costs, and most verbs never speak. Inside speech/ only: `espeak.espeak_Info(NULL)`. */
#ifndef CARNET_SPEECH_ESPEAK_H
#define CARNET_SPEECH_ESPEAK_H

#include <glib.h>
#include <espeak-ng/speak_lib.h>
#include <stdbool.h>

typedef struct {
  __typeof__(espeak_GetCurrentVoice) *espeak_GetCurrentVoice;
  __typeof__(espeak_Info) *espeak_Info;
  __typeof__(espeak_Initialize) *espeak_Initialize;
  __typeof__(espeak_ListVoices) *espeak_ListVoices;
  __typeof__(espeak_SetParameter) *espeak_SetParameter;
  __typeof__(espeak_SetSynthCallback) *espeak_SetSynthCallback;
  __typeof__(espeak_SetVoiceByName) *espeak_SetVoiceByName;
  __typeof__(espeak_Synth) *espeak_Synth;
  __typeof__(espeak_TextToPhonemes) *espeak_TextToPhonemes;
} Espeak;

extern Espeak espeak;

/* Once is enough; thread-safe. SYSTEM: the library is not there, or memory is short. */
bool espeak_open(GError **error);

#endif

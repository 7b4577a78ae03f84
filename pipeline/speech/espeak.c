#include "speech/espeak.h"

#include "base/i18n.h"
#include "base/library.h"

#include <stddef.h>

#define LIBRARY "libespeak-ng.so.1"

Espeak espeak;

/* clang-format off */
static const LibraryFunction functions[] = {
    {"espeak_GetCurrentVoice",  offsetof(Espeak, espeak_GetCurrentVoice)},
    {"espeak_Info",             offsetof(Espeak, espeak_Info)},
    {"espeak_Initialize",       offsetof(Espeak, espeak_Initialize)},
    {"espeak_ListVoices",       offsetof(Espeak, espeak_ListVoices)},
    {"espeak_SetParameter",     offsetof(Espeak, espeak_SetParameter)},
    {"espeak_SetSynthCallback", offsetof(Espeak, espeak_SetSynthCallback)},
    {"espeak_SetVoiceByName",   offsetof(Espeak, espeak_SetVoiceByName)},
    {"espeak_Synth",            offsetof(Espeak, espeak_Synth)},
    {"espeak_TextToPhonemes",   offsetof(Espeak, espeak_TextToPhonemes)},
};
/* clang-format on */

static Library library = {.file = LIBRARY, .functions = functions, .n = G_N_ELEMENTS(functions), .table = &espeak};

bool espeak_open(GError **error) {
  return library_need(&library, _("eSpeak NG cannot start: %s"), error);
}

#include "speech/espeak.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/library.h"

#include <dlfcn.h>
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

bool espeak_open(GError **error) {
  static GMutex lock;
  static bool is_open;
  g_mutex_lock(&lock);
  bool ok = is_open = is_open || library_open(LIBRARY, functions, G_N_ELEMENTS(functions), &espeak);
  if (!ok)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("eSpeak NG cannot start: %s"), dlerror());
  g_mutex_unlock(&lock);
  return ok;
}

#include "speech/hearing.h"

#include "speech/espeak.h"

#include <string.h>

static struct {
  GArray *samples, *starts;
  guint most;
  bool complete;
} hearing; /* eSpeak's callback has no argument of ours that is set on every call */

static void take_words(const espeak_EVENT *event) {
  for (; event && event->type != espeakEVENT_LIST_TERMINATED; event++) {
    WordStart start = {event->sample, (guint)MAX(event->text_position - 1, 0)};
    if (event->type == espeakEVENT_WORD && event->sample >= 0)
      g_array_append_val(hearing.starts, start);
  }
}

static int hear(short *samples, int n, espeak_EVENT *events) {
  if (hearing.starts)
    take_words(events);
  if (!samples) {
    hearing.complete = true;
    return 0;
  }
  if (hearing.samples->len + (guint)n > hearing.most)
    return 1;
  g_array_append_vals(hearing.samples, samples, (guint)n);
  return 0;
}

GArray *hearing_say(const char *text, bool phonemes, guint most, GArray *starts) {
  g_autoptr(GArray) samples = g_array_new(FALSE, FALSE, sizeof(gint16));
  hearing.samples = samples;
  hearing.starts = starts;
  hearing.most = most;
  hearing.complete = false;
  espeak.espeak_SetSynthCallback(hear);
  unsigned flags = espeakCHARS_UTF8 | (phonemes ? espeakPHONEMES : 0);
  bool ok = espeak.espeak_Synth(text, strlen(text) + 1, 0, POS_CHARACTER, 0, flags, NULL, NULL) == EE_OK;
  return ok && hearing.complete ? g_steal_pointer(&samples) : NULL;
}

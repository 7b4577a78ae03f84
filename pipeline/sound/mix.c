#include "sound/mix.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/wav.h"
#include "sound/bed.h"
#include "sound/blocks.h"
#include "sound/fade.h"
#include "sound/timeline_private.h"

#include <math.h>
#include <string.h>

/* An event that is being heard. */
typedef struct {
  TimelineEvent event;
  WavReader *wav;
  float gain;
} Voice;

struct Mixer {
  Timeline *timeline;
  const gint *stop;
  gint64 position, total_frames;
  guint next_event, next_speech; /* first not taken from the timeline */
  GArray *arrived;               /* TimelineEvent, to be opened */
  GPtrArray *voices;
  GArray *speech; /* SpeechInterval */
  bool has_bed;
  TimelineBed bed_settings;
  gint64 bed_until_frame;
  Bed *bed;
  float *sound; /* of one voice */
  gint64 room;  /* frames in it */
};

static void voice_free(gpointer data) {
  Voice *voice = data;
  wav_reader_free(voice->wav);
  timeline_event_clear(&voice->event);
  g_free(voice);
}

static void clear_event(gpointer event) {
  timeline_event_clear(event);
}

Mixer *mixer_new(Timeline *timeline, const gint *stop) {
  Mixer *mixer = g_new0(Mixer, 1);
  mixer->timeline = timeline_ref(timeline);
  mixer->stop = stop;
  mixer->total_frames = -1;
  mixer->arrived = g_array_new(FALSE, FALSE, sizeof(TimelineEvent));
  g_array_set_clear_func(mixer->arrived, clear_event);
  mixer->voices = g_ptr_array_new_with_free_func(voice_free);
  mixer->speech = g_array_new(FALSE, FALSE, sizeof(SpeechInterval));
  return mixer;
}

void mixer_free(Mixer *mixer) {
  if (mixer == NULL) {
    return;
  }
  g_array_unref(mixer->arrived);
  g_ptr_array_unref(mixer->voices);
  g_array_unref(mixer->speech);
  g_free(mixer->bed_settings.path);
  bed_free(mixer->bed);
  timeline_unref(mixer->timeline);
  g_free(mixer->sound);
  g_free(mixer);
}

gint64 mixer_total_frames(const Mixer *mixer) {
  return mixer->total_frames;
}

/* --- what the timeline says, taken under its mutex ------------------------- */

/* How far the timeline must be known to mix up to `end`: the bed gives way
 * before speech, and closes before the programme does. */
static gint64 needed_until(const Timeline *timeline, gint64 end) {
  bool under_bed = timeline->has_bed && timeline->bed.from_frame < end;
  return under_bed ? end + bed_lookahead(&timeline->bed) : end;
}

static bool wait_for(const Mixer *mixer, gint64 end, GError **error) {
  for (;;) { /* the bed may appear during the wait */
    gint64 needed = needed_until(mixer->timeline, end);
    if (!timeline_wait_known(mixer->timeline, needed, mixer->stop, error)) {
      return false;
    }
    if (needed_until(mixer->timeline, end) == needed) {
      return true;
    }
  }
}

static void take_events(Mixer *mixer, gint64 end) {
  const GArray *events = mixer->timeline->events;
  for (; mixer->next_event < events->len; mixer->next_event++) {
    const TimelineEvent *event = &g_array_index(events, TimelineEvent, mixer->next_event);
    if (event->start_frame >= end) {
      break;
    }
    TimelineEvent copy = timeline_event_copy(event);
    g_array_append_val(mixer->arrived, copy);
  }
  gint64 heard_until = needed_until(mixer->timeline, end);
  for (; mixer->next_speech < events->len; mixer->next_speech++) {
    const TimelineEvent *event = &g_array_index(events, TimelineEvent, mixer->next_speech);
    if (event->start_frame >= heard_until) {
      break;
    }
    if (event->is_speech) {
      duck_add(mixer->speech, event->start_frame, event->start_frame + event->frames);
    }
  }
}

static void take_bed(Mixer *mixer) {
  const Timeline *timeline = mixer->timeline;
  if (timeline->has_bed && !mixer->has_bed) {
    mixer->has_bed = true;
    mixer->bed_settings = timeline->bed;
    mixer->bed_settings.path = g_strdup(timeline->bed.path);
    /* Told too late, against timeline.h: it fades in from here rather than jump in. */
    mixer->bed_settings.from_frame = MAX(timeline->bed.from_frame, mixer->position);
  }
  if (timeline->closed && mixer->total_frames < 0) {
    mixer->total_frames = timeline->total_frames;
    mixer->bed_until_frame = timeline->bed_until_frame;
  }
}

/* Learns all that is needed to mix `frames` frames; fewer when the end is near. -1 on failure. */
static gint64 look(Mixer *mixer, gint64 frames, GError **error) {
  Timeline *timeline = mixer->timeline;
  gint64 end = mixer->position + frames;
  g_mutex_lock(&timeline->mutex);
  bool known = wait_for(mixer, end, error);
  if (known) {
    take_bed(mixer);
    if (mixer->total_frames >= 0) {
      end = MIN(end, mixer->total_frames);
    }
    take_events(mixer, end);
  }
  bool failed = timeline->error != NULL;
  g_mutex_unlock(&timeline->mutex);
  if (!known) {
    if (!failed) {
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, "%s", _("cancelled"));
    }
    return -1;
  }
  return MAX(end - mixer->position, 0);
}

/* --- sound ----------------------------------------------------------------- */

static bool open_arrived(Mixer *mixer, GError **error) {
  for (guint i = 0; i < mixer->arrived->len; i++) {
    const TimelineEvent *event = &g_array_index(mixer->arrived, TimelineEvent, i);
    WavReader *wav = wav_reader_open(event->path, error);
    if (wav == NULL) {
      return false;
    }
    Voice *voice = g_new0(Voice, 1);
    voice->event = timeline_event_copy(event);
    voice->event.frames = MIN(event->frames, wav_reader_frames(wav));
    voice->event.fade_in_frames = MAX(event->fade_in_frames, MIX_MIN_FADE_FRAMES);
    voice->event.fade_out_frames = MAX(event->fade_out_frames, MIX_MIN_FADE_FRAMES);
    voice->wav = wav;
    voice->gain = (float)pow(10.0, event->gain_db / 20.0);
    g_ptr_array_add(mixer->voices, voice);
  }
  g_array_set_size(mixer->arrived, 0);
  return true;
}

static void make_room(Mixer *mixer, gint64 frames) {
  if (mixer->room < frames) {
    mixer->room = frames;
    mixer->sound = g_renew(float, mixer->sound, frames *PROGRAMME_CHANNELS);
  }
}

/* Fades frames [from, from + frames) of the event, as far as a fade reaches there. */
static void apply_fades(const TimelineEvent *event, gint64 from, float *sound, gint64 frames, guint channels) {
  gint64 in_until = MIN(event->fade_in_frames - from, frames);
  for (gint64 i = 0; i < in_until; i++) {
    float gain = (float)fade_gain(from + i, event->fade_in_frames);
    for (guint c = 0; c < channels; c++) {
      sound[i * channels + c] *= gain;
    }
  }
  gint64 out_from = MAX(event->frames - event->fade_out_frames - from, 0);
  for (gint64 i = out_from; i < frames; i++) {
    float gain = (float)fade_gain(event->frames - 1 - from - i, event->fade_out_frames);
    for (guint c = 0; c < channels; c++) {
      sound[i * channels + c] *= gain;
    }
  }
}

static void add_mono(float *restrict out, const float *restrict sound, gint64 frames, float gain) {
  for (gint64 i = 0; i < frames; i++) {
    float sample = gain * sound[i];
    out[2 * i] += sample;
    out[2 * i + 1] += sample;
  }
}

static void add_stereo(float *restrict out, const float *restrict sound, gint64 frames, float gain) {
  for (gint64 i = 0; i < 2 * frames; i++) {
    out[i] += gain * sound[i];
  }
}

static bool mix_voice(Mixer *mixer, const Voice *voice, float *out, gint64 frames, GError **error) {
  const TimelineEvent *event = &voice->event;
  gint64 from = MAX(mixer->position, event->start_frame);
  gint64 until = MIN(mixer->position + frames, event->start_frame + event->frames);
  if (from >= until) {
    return true;
  }
  gint64 n = wav_reader_read(voice->wav, from - event->start_frame, mixer->sound, until - from, error);
  if (n < 0) {
    return false;
  }
  guint channels = wav_reader_channels(voice->wav);
  apply_fades(event, from - event->start_frame, mixer->sound, n, channels);
  float *place = out + (from - mixer->position) * PROGRAMME_CHANNELS;
  (channels == 1 ? add_mono : add_stereo)(place, mixer->sound, n, voice->gain);
  return true;
}

static bool mix_voices(Mixer *mixer, float *out, gint64 frames, GError **error) {
  for (guint i = 0; i < mixer->voices->len;) {
    const Voice *voice = mixer->voices->pdata[i];
    if (!mix_voice(mixer, voice, out, frames, error)) {
      return false;
    }
    if (voice->event.start_frame + voice->event.frames <= mixer->position + frames) {
      g_ptr_array_remove_index(mixer->voices, i); /* keeps the order: sums are the same each time */
    } else {
      i++;
    }
  }
  return true;
}

static bool mix_bed(Mixer *mixer, float *out, gint64 frames, GError **error) {
  if (!mixer->has_bed || mixer->bed_settings.from_frame >= mixer->position + frames) {
    return true;
  }
  if (mixer->bed == NULL) {
    mixer->bed = bed_open(&mixer->bed_settings, error);
    if (mixer->bed == NULL) {
      return false;
    }
  }
  if (mixer->total_frames >= 0 && mixer->bed_until_frame >= 0) {
    bed_set_end(mixer->bed, mixer->bed_until_frame, mixer->position);
    mixer->bed_until_frame = -1; /* said once */
  }
  return bed_mix(mixer->bed, mixer->speech, mixer->position, out, frames, error);
}

gint64 mixer_read(Mixer *mixer, float *out, gint64 frames, GError **error) {
  gint64 n = look(mixer, frames, error);
  if (n <= 0) {
    return n;
  }
  make_room(mixer, n);
  memset(out, 0, sizeof(float) * PROGRAMME_CHANNELS * (gsize)n);
  if (!open_arrived(mixer, error) || !mix_bed(mixer, out, n, error) || !mix_voices(mixer, out, n, error)) {
    return -1;
  }
  mixer->position += n;
  return n;
}

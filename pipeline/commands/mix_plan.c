#include "commands/mix_plan.h"

#include "base/wav.h"
#include "sound/forecast.h"

#define MS(ms) ((gint64)(ms)*FRAME_RATE / 1000)
/* The bed steals in under the opening's tail, and lets the closing enter over its own. */
#define BED_OVERLAP_FRAMES MS(600)
#define BED_FADE_IN_FRAMES MS(1500)
#define BED_FADE_OUT_FRAMES MS(1200)
#define SILENT_LUFS (-69.0) /* of a sound without sound: no gain brings it anywhere */

static bool describe(Studio *studio, const RundownItem *item, StudioSound *sound, GError **error) {
  if (studio_sound(studio, item, sound))
    return true;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_BUG, "an item was not measured: %s", item->title ? item->title : "?");
  return false;
}

static double level_gain(const Studio *studio, const StudioSound *sound) {
  return sound->loudness_lufs <= SILENT_LUFS ? 0 : studio_station(studio)->loudness_lufs - sound->loudness_lufs;
}

bool mix_plan_is_silent(Studio *studio, const RundownItem *item) {
  StudioSound sound;
  bool is_sound = item->type == ITEM_JINGLE || item->type == ITEM_SOUND;
  return item->type == ITEM_PAUSE ||
         (is_sound && studio_sound(studio, item, &sound) && sound.loudness_lufs <= SILENT_LUFS);
}

static bool append_item(Timeline *timeline, Studio *studio, const RundownItem *item, double trim_db, GError **error) {
  StudioSound sound;
  if (item->type == ITEM_PAUSE || item->frames == 0)
    return true;
  if (!describe(studio, item, &sound, error))
    return false;
  bool is_speech = item->type != ITEM_JINGLE; /* a recorded voice ducks the bed too */
  TimelineEvent event = {
      .path = (char *)sound.path,
      .start_frame = item->start_frame,
      .frames = MIN(item->frames, sound.frames),
      .gain_db = level_gain(studio, &sound) + trim_db + studio_voice_level(studio, item->voice),
      .is_speech = is_speech,
  };
  timeline_append(timeline, &event);
  return true;
}

bool mix_plan_lead(Timeline *timeline, Studio *studio, GPtrArray *items, guint n, GError **error) {
  gint64 end = 0;
  for (guint i = 0; i < n; i++) {
    const RundownItem *item = g_ptr_array_index(items, i);
    if (!append_item(timeline, studio, item, 0, error))
      return false;
    end = item->start_frame + item->frames;
  }
  /* Not to the end: the bed, which is not known yet, steals in before it. */
  timeline_known_until(timeline, MAX(end - BED_OVERLAP_FRAMES, 0));
  return true;
}

/* Where the bed lies: from the opening's tail to the closing's first notes. */
static void bed_span(const Rundown *rundown, gint64 *from, gint64 *until) {
  guint n = rundown->items->len;
  *from = 0;
  *until = rundown->bed.end_frame > 0 ? rundown->bed.end_frame : rundown->frames;
  for (; n > 0 && ((const RundownItem *)rundown->items->pdata[n - 1])->start_frame >= *until; n--)
    ; /* silence after the bulletin */
  for (guint i = 0; i < rundown_opening(rundown->items); i++) {
    const RundownItem *item = g_ptr_array_index(rundown->items, i);
    *from = MAX(item->start_frame + item->frames - BED_OVERLAP_FRAMES, 0);
  }
  for (guint i = n; i > 0; i--) {
    const RundownItem *item = g_ptr_array_index(rundown->items, i - 1);
    if (item->type != ITEM_JINGLE)
      break;
    *until = MIN(item->start_frame + BED_OVERLAP_FRAMES, rundown->frames);
  }
}

static bool set_bed(Timeline *timeline, Studio *studio, const Rundown *rundown, const ForecastGains *gains,
                    gint64 *until, GError **error) {
  StudioSound sound;
  gint64 from;
  bed_span(rundown, &from, until);
  if (!rundown->bed.file || *until <= from)
    return true;
  if (!studio_prepare(studio, ITEM_JINGLE, rundown->bed.file, &sound, error)) {
    g_prefix_error(error, _("bed: "));
    return false;
  }
  if (sound.loudness_lufs <= SILENT_LUFS) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("bed: \"%s\" is silent: give another file, or no bed"),
                rundown->bed.file);
    return false;
  }
  TimelineBed bed = {
      .path = (char *)sound.path,
      .gain_db = level_gain(studio, &sound) + rundown->bed.gain_db + gains->trim_db + gains->bed_db,
      .duck_db = rundown->bed.duck_db,
      .attack_frames = rundown->bed.attack_frames,
      .release_frames = rundown->bed.release_frames,
      .fade_in_frames = BED_FADE_IN_FRAMES,
      .fade_out_frames = BED_FADE_OUT_FRAMES,
      .from_frame = from,
  };
  timeline_set_bed(timeline, &bed);
  return true;
}

/* Everything with these gains, from `first` on; what is before stands as it is. */
static bool fill(Timeline *timeline, Studio *studio, const Rundown *rundown, guint first, const ForecastGains *gains,
                 GError **error) {
  gint64 bed_until = rundown->frames;
  if (!set_bed(timeline, studio, rundown, gains, &bed_until, error))
    return false;
  for (guint i = first; i < rundown->items->len; i++)
    if (!append_item(timeline, studio, g_ptr_array_index(rundown->items, i), gains->trim_db, error))
      return false;
  timeline_close(timeline, rundown->frames, bed_until);
  return true;
}

static guint count_events(const Rundown *rundown, guint until) {
  guint events = 0;
  for (guint i = 0; i < until; i++) {
    const RundownItem *item = g_ptr_array_index(rundown->items, i);
    events += item->type != ITEM_PAUSE && item->frames > 0;
  }
  return events;
}

/* A draft of the whole timeline tells what it would measure. */
static bool forecast(Studio *studio, const Rundown *rundown, guint first, const MixAim *aim, ForecastGains *gains,
                     GError **error) {
  const ForecastGains none = {0.0, aim->bed_db};
  g_autoptr(Timeline) draft = timeline_new();
  return mix_plan_lead(draft, studio, rundown->items, first, error) &&
         fill(draft, studio, rundown, first, &none, error) &&
         forecast_gains(draft, count_events(rundown, first), aim->loudness_lufs, aim->ceiling_dbtp, gains, error);
}

bool mix_plan_fill(Timeline *timeline, Studio *studio, const Rundown *rundown, guint first, const MixAim *aim,
                   GError **error) {
  ForecastGains gains = {0.0, 0.0};
  return forecast(studio, rundown, first, aim, &gains, error) && fill(timeline, studio, rundown, first, &gains, error);
}

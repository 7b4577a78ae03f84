#include "commands/render.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/wav.h"
#include "commands/mix_plan.h"
#include "commands/output.h"
#include "editorial/script.h"
#include "podcast/cues.h"
#include "podcast/timings.h"
#include "podcast/waveform.h"
#include "sound/contour.h"
#include "sound/programme.h"

#include <math.h>
#include <string.h>

#define ENCODER_ROOM_DB 1.5 /* lossy encoders overshoot the mix's peaks by about one decibel */
#define AIM_LU 0.3          /* the forecast is mostly nearer; other meters differ by some hundredths */
#define SILENCE_MARGIN_FRAMES (FRAME_RATE * 3 / 2) /* pauses between sentences, tails of jingles */
#define TRIES 3
#define JUMP_LU 1.5
#define BED_STEP_DB 4

struct Render {
  Edition *edition;
  GArray *outputs;
  RenderOptions options;
  Timeline *timeline;
  Programme *programme;
  const Rundown *rundown;
  guint n_lead; /* items given by render_lead */
};

/* --- outputs ----------------------------------------------------------------- */

static void output_clear(gpointer data) {
  Output *output = data;
  g_free(output->path);
  if (output->queue)
    packet_queue_unref(output->queue);
}

static bool is_coded(SoundFormat format) {
  return format != FORMAT_FLAC && format != FORMAT_WAV;
}

static void add_output(GArray *outputs, const char *folder, SoundFormat format, unsigned bitrate_kbps) {
  bool is_first = true;
  for (guint i = 0; i < outputs->len; i++) {
    const Output *there = &g_array_index(outputs, Output, i);
    if (there->format == format && (there->bitrate_kbps == bitrate_kbps || !is_coded(format) || bitrate_kbps == 0))
      return;
    is_first = is_first && there->format != format;
  }
  g_autofree char *file = is_first ? g_strdup_printf("bulletin.%s", sound_format_extension(format))
                                   : g_strdup_printf("bulletin-%u.%s", bitrate_kbps, sound_format_extension(format));
  Output output = {format, bitrate_kbps, g_build_filename(folder, file, NULL), NULL};
  g_array_append_val(outputs, output);
}

GArray *render_outputs(const Edition *edition, const SoundFormat *also, guint n_also) {
  return render_outputs_in(edition->station, edition->folder, also, n_also);
}

GArray *render_outputs_in(const Station *station, const char *folder, const SoundFormat *also, guint n_also) {
  GArray *outputs = g_array_new(FALSE, TRUE, sizeof(Output));
  g_array_set_clear_func(outputs, output_clear);
  for (guint i = 0; i < station->n_mounts; i++)
    add_output(outputs, folder, station->mounts[i].format, station->mounts[i].bitrate_kbps);
  for (guint i = 0; i < station->n_also; i++)
    add_output(outputs, folder, station->also[i], 0);
  for (guint i = 0; i < n_also; i++)
    add_output(outputs, folder, also[i], 0);
  if (outputs->len == 0) { /* a station without a mount still has a podcast's file */
    add_output(outputs, folder, FORMAT_MP3, 128);
    add_output(outputs, folder, FORMAT_OPUS, 64);
  }
  return outputs;
}

GArray *render_output_at(const char *path, SoundFormat format, unsigned bitrate_kbps) {
  GArray *outputs = g_array_new(FALSE, TRUE, sizeof(Output));
  g_array_set_clear_func(outputs, output_clear);
  Output output = {format, bitrate_kbps, g_strdup(path), NULL};
  g_array_append_val(outputs, output);
  return outputs;
}

guint render_output_of_mount(const GArray *outputs, const StationMount *mount) {
  for (guint i = 0; i < outputs->len; i++) {
    const Output *output = &g_array_index(outputs, Output, i);
    if (output->format == mount->format && output->bitrate_kbps == mount->bitrate_kbps)
      return i;
  }
  g_return_val_if_reached(0);
}

bool render_is_done(const Edition *edition, const GArray *outputs) {
  g_autofree char *rundown = edition_path(edition, "rundown.yaml");
  bool done = edition_has(edition, "cues.json");
  for (guint i = 0; i < outputs->len && done; i++)
    done = file_is_as_new(g_array_index(outputs, Output, i).path, rundown);
  return done;
}

/* --- the mixer's side --------------------------------------------------------- */

static bool show_mixing(gint64 mixed_frames, gint64 total_frames, gpointer user) {
  const Render *render = user;
  if (render->options.shows_progress && total_frames > 0) {
    g_autofree char *done = duration_format(frames_to_us(mixed_frames), false);
    g_autofree char *total = duration_format(frames_to_us(total_frames), false);
    progress_line(render->edition->session->quiet, _("mixing and encoding %s of %s"), done, total);
  }
  return render->options.for_air || !session_interrupted();
}

/* Of the mix: encoders overshoot. */
static double ceiling(const Render *render) {
  return render->edition->station->peak_dbtp - ENCODER_ROOM_DB - render->options.extra_room_db;
}

Render *render_start(Edition *edition, GArray *outputs, const RenderOptions *options, GError **error) {
  g_autoptr(Render) render = g_new0(Render, 1);
  render->edition = edition;
  render->outputs = outputs;
  render->options = *options;
  render->timeline = timeline_new();
  g_autofree Encoding *encodings = g_new0(Encoding, outputs->len);
  for (guint i = 0; i < outputs->len; i++) {
    const Output *output = &g_array_index(outputs, Output, i);
    encodings[i] = (Encoding){output->format, output->bitrate_kbps, output->path, output->queue};
  }
  ProgrammeOptions sound = {
      .target_lufs = edition->station->loudness_lufs,
      .ceiling_dbtp = ceiling(render),
      .lowest_latency = options->for_air,
  };
  render->programme = programme_start(render->timeline, encodings, outputs->len, &sound, show_mixing, render, error);
  return render->programme ? g_steal_pointer(&render) : NULL;
}

void render_free(Render *render) {
  if (!render)
    return;
  programme_free(render->programme);
  timeline_unref(render->timeline);
  g_free(render);
}

bool render_lead(Render *render, GPtrArray *items, guint n, GError **error) {
  render->n_lead = n;
  return mix_plan_lead(render->timeline, render->edition->studio, items, n, error);
}

void render_abandon(Render *render, const GError *error) {
  timeline_fail(render->timeline, error);
}

/* --- tags --------------------------------------------------------------------- */

static GArray *tag_chapters(const Rundown *rundown) {
  g_autoptr(GArray) spans = chapter_spans(rundown);
  GArray *chapters = g_array_new(FALSE, TRUE, sizeof(Chapter));
  for (guint i = 0; i < spans->len; i++) {
    const ChapterSpan *span = &g_array_index(spans, ChapterSpan, i);
    Chapter chapter = {(char *)span->title, span->start_frame, span->end_frame, (char *)span->url};
    g_array_append_val(chapters, chapter);
  }
  return chapters;
}

static void set_tags(Render *render, const Rundown *rundown) {
  const Station *station = render->edition->station;
  g_autoptr(GArray) chapters = tag_chapters(rundown);
  g_autofree char *cover = station->cover ? station_path(station, station->cover, NULL) : NULL;
  bool has_cover = cover && g_file_test(cover, G_FILE_TEST_IS_REGULAR);
  if (cover && !has_cover)
    print_warning(_("the sound files go without the cover: %s is no file"), cover);
  ProgrammeTags tags = {
      .title = rundown->title,
      .artist = station->name,
      .album = station->name,
      .date = rundown->date,
      .language = rundown->language,
      .genre = (char *)"Speech",
      .url = station->url,
      .cover = has_cover ? cover : NULL,
      .originator = station->name,
      .loudness_lufs = station->loudness_lufs,
      .chapters = chapters,
  };
  programme_set_tags(render->programme, &tags);
}

bool render_fill(Render *render, const Rundown *rundown, GError **error) {
  render->rundown = rundown;
  set_tags(render, rundown);
  if (render->n_lead == 0) {
    if (!render_lead(render, rundown->items, rundown_opening(rundown->items), error))
      return false;
  }
  MixAim aim = {render->edition->station->loudness_lufs + render->options.extra_lu, ceiling(render),
                render->options.extra_bed_db};
  return mix_plan_fill(render->timeline, render->edition->studio, rundown, render->n_lead, &aim, error);
}

/* --- the gate ----------------------------------------------------------------- */

static gint64 longest_pause(const Render *render) {
  const GPtrArray *items = render->rundown->items;
  gint64 longest = 0, run = 0;
  for (guint i = 0; i < items->len; i++) {
    const RundownItem *item = g_ptr_array_index(items, i);
    run = mix_plan_is_silent(render->edition->studio, item) ? run + item->frames : 0;
    longest = MAX(longest, run);
  }
  return longest;
}

static bool has_speech(const Rundown *rundown) {
  for (guint i = 0; i < rundown->items->len; i++)
    if (((const RundownItem *)g_ptr_array_index(rundown->items, i))->type == ITEM_SPEECH)
      return true;
  return false;
}

/* AAC's priming is not told by every muxer. MP3's padding is told, but where it is
 * more than a packet (a length of 1 to 46 frames past a multiple of 1152), libavformat
 * cuts off no more than one: those frames of silence stay. */
static gint64 length_tolerance(SoundFormat format) {
  switch (format) {
    case FORMAT_AAC:
      return 2048;
    case FORMAT_MP3:
      return 46;
    default:
      return 0;
  }
}

static GateLimits limits_for(const Render *render, SoundFormat format) {
  const Station *station = render->edition->station;
  return (GateLimits){
      .frames = programme_frames(render->programme),
      .frames_tolerance = length_tolerance(format),
      .target_lufs = station->loudness_lufs,
      .tolerance_lu = has_speech(render->rundown) ? render->options.tolerance_lu : 0,
      .peak_dbtp = station->peak_dbtp,
      .max_silence_frames = longest_pause(render) + SILENCE_MARGIN_FRAMES,
  };
}

/* Every file is looked at, also behind one that is refused: the reports say what to correct. */
static bool pass_gate(Render *render, OutputReport *reports, GError **error) {
  bool ok = true;
  for (guint i = 0; i < render->outputs->len; i++) {
    const Output *output = &g_array_index(render->outputs, Output, i);
    GateLimits limits = limits_for(render, output->format);
    GateReport report = {0};
    g_autoptr(GError) why = NULL;
    bool passed = programme_check(render->programme, i, &limits, &report, &why);
    if (reports) {
      reports[i] = (OutputReport){report.integrated_lufs, report.true_peak_dbtp, report.frames, passed};
    }
    if (!passed && ok) {
      g_propagate_prefixed_error(error, g_steal_pointer(&why), "%s: ", output->path);
    }
    ok = ok && passed;
  }
  return ok;
}

/* --- publishing ---------------------------------------------------------------- */

static GPtrArray *item_marks(Studio *studio, const Rundown *rundown) {
  G_STATIC_ASSERT(sizeof(ClipMark) == sizeof(SpokenMark));
  GPtrArray *marks = g_ptr_array_new();
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = g_ptr_array_index(rundown->items, i);
    StudioSound sound = {0};
    bool has = item->type == ITEM_SPEECH && studio_sound(studio, item, &sound);
    g_ptr_array_add(marks, has ? (gpointer)sound.marks : NULL);
  }
  return marks;
}

static bool write_text(const Edition *edition, const char *file, char *text, GError **error) {
  g_autofree char *taken = text;
  g_autofree char *path = edition_path(edition, file);
  return file_write(path, taken, -1, 0644, error);
}

/* Sound first, then what points to it; cues.json last: it says that all is there. */
static bool publish(Render *render, GError **error) {
  if (render->options.sound_only)
    return programme_publish(render->programme, error);
  const Edition *edition = render->edition;
  g_autoptr(GPtrArray) marks = item_marks(edition->studio, render->rundown);
  guint n = 0;
  const guint8 *peaks = programme_contour(render->programme, &n);
  return programme_publish(render->programme, error) &&
         write_text(edition, "transcript.vtt", transcript_vtt(render->rundown, marks), error) &&
         write_text(edition, "words.vtt", transcript_words_vtt(render->rundown, marks), error) &&
         write_text(edition, "chapters.json", chapters_json(render->rundown), error) &&
         write_text(edition, "waveform.json", waveform_json(peaks, n, CONTOUR_FRAMES), error) &&
         write_text(edition, "cues.json", cues_json(render->rundown, edition->id), error);
}

bool render_finish(Render *render, OutputReport *reports, GError **error) {
  bool mixed = programme_wait_mixed(render->programme, error);
  if (render->options.shows_progress)
    progress_clear();
  if (!mixed)
    return false;
  gint64 frames = programme_frames(render->programme);
  if (frames != render->rundown->frames) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_BUG, "mixed %" G_GINT64_FORMAT " frames, planned %" G_GINT64_FORMAT,
                frames, render->rundown->frames);
    return false;
  }
  return pass_gate(render, reports, error) && publish(render, error);
}

/* --- produce ------------------------------------------------------------------- */

/* What the next try changes; false when nothing would help. Codecs that cut off hiss make files that differ: their
 * middle is brought to the target. */
static bool correct(RenderOptions *options, const OutputReport *reports, guint n, const Station *station,
                    bool has_bed) {
  double least = G_MAXDOUBLE, most = -G_MAXDOUBLE, over_db = 0;
  for (guint i = 0; i < n; i++) {
    double off = station->loudness_lufs - reports[i].integrated_lufs;
    least = MIN(least, off);
    most = MAX(most, off);
    over_db = MAX(over_db, reports[i].true_peak_dbtp - station->peak_dbtp);
  }
  double off_lu = (least + most) / 2, worst = MAX(fabs(least), fabs(most));
  bool helps = (worst > AIM_LU && fabs(off_lu) < 12) || over_db > 0;
  bool bed_helps = has_bed && (options->extra_bed_db == 0 || fabs(off_lu - options->off_before_lu) > AIM_LU);
  if (worst > JUMP_LU && bed_helps) /* no meter and no codec is off by that: the bed lies at the gate */
    options->extra_bed_db -= BED_STEP_DB;
  else if (worst > AIM_LU) /* or the limiter took it, of a few loud words */
    options->extra_lu += off_lu;
  options->off_before_lu = off_lu;
  if (over_db > 0)
    options->extra_room_db += over_db + 0.3;
  return helps;
}

/* Turned up, and no louder: the limiter takes what the gain gives. */
static void explain(const RenderOptions *options, const OutputReport *reports, const Station *station, GError **why) {
  double off_lu = station->loudness_lufs - reports[0].integrated_lufs;
  if (*why && options->extra_lu > AIM_LU && off_lu > AIM_LU) {
    g_autofree char *told = g_steal_pointer(&(*why)->message);
    (*why)->message = g_strdup_printf(_("%s: its peaks leave no room for more (a lower loudness in station.yaml, or an "
                                        "acompressor in the voice's polish)"),
                                      told);
  }
}

static bool render_until_good(Edition *edition, const Rundown *rundown, GArray *outputs, RenderOptions options,
                              OutputReport *reports, GError **error) {
  g_autofree OutputReport *own = g_new0(OutputReport, outputs->len);
  for (int try = 1;; try++) {
    g_autoptr(GError) why = NULL;
    memset(own, 0, outputs->len * sizeof *own);
    g_autoptr(Render) render = render_start(edition, outputs, &options, &why);
    bool ok = render && render_fill(render, rundown, &why);
    if (!ok && render && why)
      render_abandon(render, why);
    ok = ok && render_finish(render, own, &why);
    if (reports)
      memcpy(reports, own, outputs->len * sizeof *own);
    if (ok)
      return true;
    bool was_measured = own[0].frames > 0;
    if (try == TRIES || !was_measured || session_interrupted() ||
        !correct(&options, own, outputs->len, edition->station, rundown->bed.file != NULL)) {
      explain(&options, own, edition->station, &why);
      g_propagate_error(error, g_steal_pointer(&why));
      return false;
    }
    if (try == TRIES - 1)
      options.tolerance_lu = RENDER_TOLERANCE_LU;
    print_note(edition->session->quiet, _("mixing once more with a correction: %s"), why->message); /* NOLINT */
  }
}

bool render_edition(Edition *edition, const Rundown *rundown, GArray *outputs, bool shows_progress,
                    OutputReport *reports, GError **error) {
  RenderOptions options = {.tolerance_lu = AIM_LU, .shows_progress = shows_progress};
  return render_until_good(edition, rundown, outputs, options, reports, error);
}

bool render_sound(Edition *edition, const Rundown *rundown, GArray *outputs, bool shows_progress, OutputReport *reports,
                  GError **error) {
  RenderOptions options = {.tolerance_lu = AIM_LU, .shows_progress = shows_progress, .sound_only = true};
  return render_until_good(edition, rundown, outputs, options, reports, error);
}

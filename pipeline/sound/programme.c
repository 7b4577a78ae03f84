#include "sound/programme.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/priority.h"
#include "base/profile.h"
#include "sound/bext.h"
#include "sound/blocks.h"
#include "sound/contour.h"
#include "sound/encode.h"
#include "sound/gate.h"
#include "sound/limiter.h"
#include "sound/mix.h"
#include "sound/timeline_private.h"

#define BLOCK_FRAMES 4800      /* 100 ms */
#define FIRST_BLOCK_FRAMES 960 /* lowest latency: 20 ms each ... */
#define FIRST_FRAMES 48000     /* ... during the first second */
/* For each encoder: 9.6 s, 3.5 MiB between the slowest and the fastest of them. With less, the
 * fast ones stand still whenever the slow one does not run. */
#define QUEUED_BLOCKS 96
#define HELD_BYTES (8u << 20) /* encoded before the tags are known; then the encoder waits for them */
#define PROGRESS_US 50000
#define STANDS_BACK 5 /* steps of nice(2) */

/* One encoding under way. */
typedef struct {
  Programme *programme;
  Encoding encoding;
  Encoder *encoder;
  BlockQueue *blocks;
  GThread *thread;
  bool stands_back; /* another encoding takes longer: the whole is ready when that is */
} Run;

struct Programme {
  Timeline *timeline;
  ProgrammeOptions options;
  ProgrammeProgress progress;
  gpointer user;
  Run *runs;
  guint n_runs;
  GThread *mixer_thread;
  gint stop;    /* atomic: everybody goes home */
  GMutex mutex; /* the members below */
  GCond tagged;
  ProgrammeTags *tags;
  GError *error; /* the first one */
  gint64 frames;
  Contour contour; /* the mixer's thread, until it has ended */
};

/* --- the end before the end ------------------------------------------------ */

/* Keeps the first error, and wakes every thread of the programme, wherever it waits. */
static void fail(Programme *programme, const GError *error) {
  g_mutex_lock(&programme->mutex);
  if (programme->error == NULL) {
    programme->error = g_error_copy(error);
  }
  g_atomic_int_set(&programme->stop, 1);
  g_cond_broadcast(&programme->tagged);
  g_mutex_unlock(&programme->mutex);
  for (guint i = 0; i < programme->n_runs; i++) {
    block_queue_stop(programme->runs[i].blocks);
    if (programme->runs[i].encoding.packets != NULL) {
      packet_queue_fail(programme->runs[i].encoding.packets, error);
    }
  }
  timeline_wake(programme->timeline);
}

static void fail_and_free(Programme *programme, GError *error) {
  fail(programme, error);
  g_error_free(error);
}

static void cancel(Programme *programme) {
  fail_and_free(programme, g_error_new(CARNET_ERROR, CARNET_ERROR_AGAIN, "%s", _("cancelled")));
}

static bool is_stopped(Programme *programme) {
  return g_atomic_int_get(&programme->stop) != 0;
}

/* --- the mixer's thread ---------------------------------------------------- */

static gint64 block_frames(const Programme *programme, gint64 position) {
  return programme->options.lowest_latency && position < FIRST_FRAMES ? FIRST_BLOCK_FRAMES : BLOCK_FRAMES;
}

/* Hands the block to every encoder. False when stopped. */
static bool hand_out(Programme *programme, Block *block) {
  for (guint i = 0; i < programme->n_runs; i++) {
    if (!block_queue_push(programme->runs[i].blocks, block)) {
      return false;
    }
  }
  g_mutex_lock(&programme->mutex);
  programme->frames = block->start_frame + block->frames;
  g_mutex_unlock(&programme->mutex);
  return true;
}

/* Limits `frames` frames of `mix` (none: the end) into a block and hands it out. */
static bool limit_and_hand_out(Programme *programme, Limiter *limiter, const float *mix, gint64 frames,
                               gint64 *position) {
  g_autoptr(Block) block = block_new(*position, (guint)frames + LIMITER_EXTRA_FRAMES);
  gint64 ready =
      frames > 0 ? limiter_process(limiter, mix, frames, block->samples) : limiter_finish(limiter, block->samples);
  block->frames = (guint)ready;
  *position += ready;
  contour_add(&programme->contour, block->samples, block->frames, PROGRAMME_CHANNELS);
  return ready == 0 || hand_out(programme, block);
}

static bool tell_progress(Programme *programme, gint64 mixed, gint64 total, gint64 *told_us) {
  gint64 now_us = g_get_monotonic_time();
  if (programme->progress == NULL || now_us - *told_us < PROGRESS_US) {
    return true;
  }
  *told_us = now_us;
  return programme->progress(mixed, total, programme->user);
}

static gpointer mix_programme(gpointer data) {
  PROFILE_HERE(PROFILE_MIX);
  Programme *programme = data;
  g_autoptr(Mixer) mixer = mixer_new(programme->timeline, &programme->stop);
  g_autoptr(Limiter) limiter = limiter_new(programme->options.ceiling_dbtp);
  g_autofree float *mix = g_new(float, BLOCK_FRAMES *PROGRAMME_CHANNELS);
  gint64 mixed = 0, position = 0, told_us = g_get_monotonic_time(), n = 0;
  GError *error = NULL;
  do {
    n = mixer_read(mixer, mix, block_frames(programme, mixed), &error);
    if (n < 0) {
      fail_and_free(programme, error);
      return NULL;
    }
    mixed += n;
    if (!limit_and_hand_out(programme, limiter, mix, n, &position)) {
      return NULL;
    }
    if (!tell_progress(programme, mixed, mixer_total_frames(mixer), &told_us)) {
      cancel(programme);
      return NULL;
    }
  } while (n > 0);
  contour_end(&programme->contour);
  for (guint i = 0; i < programme->n_runs; i++) {
    block_queue_end(programme->runs[i].blocks);
  }
  return NULL;
}

/* --- the encoders' threads ------------------------------------------------- */

/* The tags when they are known; `wait`: or when everything stops (then NULL). */
static const ProgrammeTags *known_tags(Programme *programme, bool wait) {
  g_mutex_lock(&programme->mutex);
  while (wait && programme->tags == NULL && !is_stopped(programme)) {
    g_cond_wait(&programme->tagged, &programme->mutex);
  }
  const ProgrammeTags *tags = programme->tags; /* never changes once it is there */
  g_mutex_unlock(&programme->mutex);
  return tags;
}

/* Begins the file as soon as its tags are known; `now`: waits for them. */
static bool begin_file(Run *run, bool now, GError **error) {
  if (encoder_file_begun(run->encoder)) {
    return true;
  }
  const ProgrammeTags *tags = known_tags(run->programme, now);
  return tags == NULL || encoder_begin_file(run->encoder, tags, error);
}

static bool encode_blocks(Run *run, GError **error) {
  for (Block *block; (block = block_queue_pop(run->blocks)) != NULL;) {
    bool added = begin_file(run, encoder_held_bytes(run->encoder) > HELD_BYTES, error) &&
                 encoder_add(run->encoder, block, error);
    block_unref(block);
    if (!added) {
      return false;
    }
  }
  return true;
}

static ProfilePart part_of(SoundFormat format) {
  return format == FORMAT_MP3 ? PROFILE_ENCODE_MP3 : format == FORMAT_OPUS ? PROFILE_ENCODE_OPUS : PROFILE_ENCODE_OTHER;
}

static gpointer run_encoder(gpointer data) {
  Run *run = data;
  PROFILE_HERE(part_of(run->encoding.format));
  if (run->stands_back) {
    priority_stand_back(STANDS_BACK);
  }
  GError *error = NULL;
  bool done = encode_blocks(run, &error);
  if (done && block_queue_is_ended(run->blocks)) {
    done = begin_file(run, true, &error);
    if (done && !is_stopped(run->programme)) {
      done = encoder_finish(run->encoder, &error);
    }
  }
  if (!done) {
    fail_and_free(run->programme, error);
  }
  return NULL;
}

/* --- from outside ---------------------------------------------------------- */

static void join(GThread **thread) {
  if (*thread != NULL) {
    g_thread_join(g_steal_pointer(thread));
  }
}

/* Not on the air, where each listener waits as much for the next packet. */
static void let_longest_first(Programme *programme) {
  guint longest = 0;
  for (guint i = 0; i < programme->n_runs; i++) {
    longest = MAX(longest, encoder_cost(programme->runs[i].encoding.format));
  }
  for (guint i = 0; i < programme->n_runs; i++) {
    Run *run = &programme->runs[i];
    run->stands_back = !programme->options.lowest_latency && encoder_cost(run->encoding.format) < longest;
  }
}

static bool start_threads(Programme *programme, GError **error) {
  for (guint i = 0; i < programme->n_runs; i++) {
    Run *run = &programme->runs[i];
    run->thread = g_thread_try_new(sound_format_name(run->encoding.format), run_encoder, run, error);
    if (run->thread == NULL) {
      return false;
    }
  }
  programme->mixer_thread = g_thread_try_new("mixer", mix_programme, programme, error);
  return programme->mixer_thread != NULL;
}

Programme *programme_start(Timeline *timeline, const Encoding *encodings, guint n_encodings,
                           const ProgrammeOptions *options, ProgrammeProgress progress, gpointer user, GError **error) {
  g_autoptr(Programme) programme = g_new0(Programme, 1);
  programme->timeline = timeline_ref(timeline);
  programme->options = *options;
  programme->progress = progress;
  programme->user = user;
  g_mutex_init(&programme->mutex);
  g_cond_init(&programme->tagged);
  programme->runs = g_new0(Run, n_encodings);
  for (guint i = 0; i < n_encodings; i++) {
    Run *run = &programme->runs[i];
    run->programme = programme;
    run->encoding = encodings[i];
    run->blocks = block_queue_new(QUEUED_BLOCKS);
    programme->n_runs = i + 1;
  }
  for (guint i = 0; i < n_encodings; i++) {
    Run *run = &programme->runs[i];
    run->encoder = encoder_new(&run->encoding, error);
    if (run->encoder == NULL) {
      return NULL;
    }
  }
  let_longest_first(programme);
  return start_threads(programme, error) ? g_steal_pointer(&programme) : NULL;
}

static void set_tags(Programme *programme, ProgrammeTags *tags) {
  g_mutex_lock(&programme->mutex);
  if (programme->tags == NULL) {
    programme->tags = g_steal_pointer(&tags);
    g_cond_broadcast(&programme->tagged);
  }
  g_mutex_unlock(&programme->mutex);
  programme_tags_free(tags);
}

void programme_set_tags(Programme *programme, const ProgrammeTags *tags) {
  set_tags(programme, programme_tags_copy(tags));
}

static bool tell_failure(Programme *programme, GError **error) {
  g_mutex_lock(&programme->mutex);
  if (programme->error != NULL) {
    g_propagate_error(error, g_error_copy(programme->error));
  }
  bool failed = programme->error != NULL;
  g_mutex_unlock(&programme->mutex);
  return !failed;
}

bool programme_wait_mixed(Programme *programme, GError **error) {
  set_tags(programme, g_new0(ProgrammeTags, 1));
  join(&programme->mixer_thread);
  return tell_failure(programme, error);
}

bool programme_wait(Programme *programme, GError **error) {
  programme_wait_mixed(programme, NULL);
  for (guint i = 0; i < programme->n_runs; i++) {
    join(&programme->runs[i].thread);
  }
  return tell_failure(programme, error);
}

const guint8 *programme_contour(const Programme *programme, guint *n) {
  *n = programme->contour.peaks ? programme->contour.peaks->len : 0;
  return *n ? programme->contour.peaks->data : NULL;
}

gint64 programme_frames(const Programme *programme) {
  GMutex *mutex = (GMutex *)&programme->mutex; /* reading leaves it as it was */
  g_mutex_lock(mutex);
  gint64 frames = programme->frames;
  g_mutex_unlock(mutex);
  return frames;
}

/* A broadcast WAV says how loud it is. */
static bool tell_loudness(const Run *run, const Heard *heard, GError **error) {
  BextLoudness loudness = {heard->integrated_lufs, heard->range_lu, heard->true_peak_dbtp, heard->max_momentary_lufs,
                           heard->max_short_term_lufs};
  return run->encoding.format != FORMAT_WAV || bext_set_loudness(encoder_draft_path(run->encoder), &loudness, error);
}

bool programme_check(Programme *programme, guint i, const GateLimits *limits, GateReport *report, GError **error) {
  g_return_val_if_fail(i < programme->n_runs && programme->runs[i].encoding.path != NULL, false);
  Run *run = &programme->runs[i];
  Heard heard;
  join(&run->thread);
  return tell_failure(programme, error) && encoder_heard(run->encoder, &heard, error) &&
         gate_check(encoder_draft_path(run->encoder), &heard, limits, report, error) &&
         tell_loudness(run, &heard, error);
}

bool programme_publish(Programme *programme, GError **error) {
  if (!programme_wait(programme, error)) {
    return false;
  }
  for (guint i = 0; i < programme->n_runs; i++) {
    if (!encoder_publish(programme->runs[i].encoder, error)) {
      return false;
    }
  }
  return true;
}

void programme_free(Programme *programme) {
  if (programme == NULL) {
    return;
  }
  if (programme->mixer_thread != NULL || (programme->n_runs > 0 && programme->runs[0].thread != NULL)) {
    cancel(programme);
  }
  join(&programme->mixer_thread);
  for (guint i = 0; i < programme->n_runs; i++) {
    join(&programme->runs[i].thread);
    encoder_free(programme->runs[i].encoder);
    block_queue_free(programme->runs[i].blocks);
  }
  contour_clear(&programme->contour);
  g_free(programme->runs);
  programme_tags_free(programme->tags);
  g_clear_error(&programme->error);
  timeline_unref(programme->timeline);
  g_mutex_clear(&programme->mutex);
  g_cond_clear(&programme->tagged);
  g_free(programme);
}

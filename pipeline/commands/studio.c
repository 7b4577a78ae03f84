#include "commands/studio.h"

#include "base/files.h"
#include "base/profile.h"
#include "base/text.h"
#include "base/wav.h"
#include "commands/output.h"
#include "commands/reader.h"
#include "sound/polish.h"
#include "sound/sounds.h"
#include "speech/mentions.h"

#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#define SPEAKERS_MOST 8

/* One sound that has been made ready. */
typedef struct {
  char *path;
  gint64 frames;
  double loudness_lufs;
  GArray *marks;
  bool apology;
} Ready;

struct Studio {
  Session *session;
  const Station *station;
  char *cache;
  NurseryPool *speakers, *decoders;
  ClipMaker *clips;
  GMutex lock;          /* guards the tables and the counts */
  GHashTable *voices;   /* name → Voice */
  GHashTable *lexicons; /* language → Lexicon */
  GHashTable *ready;    /* key of an item → Ready */
  Mentions *mentions;   /* what was normalised */
  char *bed;            /* to be made ready beside the next items, or NULL */
  StudioCounts counts;
  bool shows_progress;
  guint progress_done, progress_total;
};

static void ready_free(gpointer data) {
  Ready *ready = data;
  g_free(ready->path);
  if (ready->marks)
    g_array_unref(ready->marks);
  g_free(ready);
}

Studio *studio_open(Session *session, bool encodes, GError **error) {
  const Station *station = session_station(session, error);
  if (!station)
    return NULL;
  g_return_val_if_fail(!session->store, NULL); /* a connection is never carried across a fork */
  guint count = MIN(g_get_num_processors(), SPEAKERS_MOST);
  g_autoptr(Studio) studio = g_new0(Studio, 1);
  g_mutex_init(&studio->lock);
  studio->session = session;
  studio->station = station;
  studio->cache = station_path(station, "cache", NULL);
  studio->voices = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)voice_free);
  studio->lexicons = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)lexicon_free);
  studio->mentions = mentions_new();
  studio->ready = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, ready_free);
  studio->speakers = speaker_start(count, encodes, error);
  studio->decoders = studio->speakers ? decoder_start(1, encodes, error) : NULL;
  if (!studio->decoders || !folder_make(studio->cache, error))
    return NULL;
  g_autofree char *sounds = g_build_filename(studio->cache, "sounds", NULL);
  folder_sweep(sounds);
  studio->clips = clip_maker_new(studio->cache, studio->speakers, polish_speech, NULL, error);
  return studio->clips ? g_steal_pointer(&studio) : NULL;
}

void studio_free(Studio *studio) {
  clip_maker_free(studio->clips);
  nursery_pool_free(studio->decoders);
  profile_children(PROFILE_DECODE);
  nursery_pool_free(studio->speakers);
  profile_children(PROFILE_SPEAK);
  g_hash_table_unref(studio->ready);
  mentions_free(studio->mentions);
  g_hash_table_unref(studio->lexicons);
  g_hash_table_unref(studio->voices);
  g_mutex_clear(&studio->lock);
  g_free(studio->cache);
  g_free(studio->bed);
  g_free(studio);
}

const Station *studio_station(const Studio *studio) {
  return studio->station;
}

NurseryPool *studio_speakers(const Studio *studio) {
  return studio->speakers;
}

void studio_show_progress(Studio *studio, bool show) {
  studio->shows_progress = show;
}

StudioCounts studio_counts(const Studio *studio) {
  return studio->counts;
}

/* --- voices and lexicons ----------------------------------------------------- */

/* Opening a chain opens libavfilter, which is most of the time that a rundown takes whose clips are all there. So a chain
 * that could be opened is known again by an empty file in the cache; whoever breaks the library is told by the next clip. */
static bool is_polish_good(const Studio *studio, const char *polish, GError **error) {
  g_autofree char *sum = text_digest("polish", polish, NULL);
  g_autofree char *name = g_strdup_printf("polish-%.32s", sum);
  g_autofree char *known = g_build_filename(studio->cache, name, NULL);
  if (g_file_test(known, G_FILE_TEST_EXISTS))
    return true;
  bool ok = polish_check(polish, error);
  /* Where one cannot write, it is looked at again. */
  int fd = ok ? open(known, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;
  if (fd >= 0)
    close(fd);
  return ok;
}

const Voice *studio_voice(Studio *studio, const char *name, GError **error) {
  static const char *const extensions[] = {"yaml", NULL};
  g_mutex_lock(&studio->lock);
  Voice *voice = g_hash_table_lookup(studio->voices, name);
  if (!voice) {
    g_autofree char *path = station_find(studio->station, "voices", name, extensions, error);
    voice = path ? voice_load(path, error) : NULL;
    if (voice && !is_polish_good(studio, voice->polish, error)) {
      g_prefix_error(error, "%s: ", path);
      g_clear_pointer(&voice, voice_free);
    }
    if (voice)
      g_hash_table_insert(studio->voices, g_strdup(name), voice);
    else
      g_prefix_error(error, _("voice \"%s\": "), name);
  }
  g_mutex_unlock(&studio->lock);
  return voice;
}

double studio_voice_level(Studio *studio, const char *name) {
  const Voice *voice = name ? studio_voice(studio, name, NULL) : NULL;
  return voice ? voice->level_db : 0;
}

/* "fr-CA" uses the lexicon of "fr". */
const Lexicon *studio_lexicon(Studio *studio, const char *language, GError **error) {
  g_autofree char *base = g_strndup(language, strcspn(language, "-_"));
  g_mutex_lock(&studio->lock);
  Lexicon *lexicon = g_hash_table_lookup(studio->lexicons, base);
  if (!lexicon) {
    lexicon = reader_lexicon(studio->station, base, error);
    if (lexicon)
      g_hash_table_insert(studio->lexicons, g_strdup(base), lexicon);
  }
  g_mutex_unlock(&studio->lock);
  return lexicon;
}

/* --- what is said ------------------------------------------------------------- */

static bool say_item(Studio *studio, RundownItem *item, GHashTable *mentioned, GError **error) {
  const Lexicon *lexicon = studio_lexicon(studio, item->language, error);
  if (!lexicon)
    return false;
  LexiconUse use = {item->voice, mentioned};
  const char *spoken = mentions_say(studio->mentions, item->text ? item->text : "", item->language, lexicon, &use);
  if (!item->spoken)
    item->spoken = g_strdup(spoken);
  return true;
}

bool studio_say(GPtrArray *items, gpointer user, GError **error) {
  PROFILE_HERE(PROFILE_NORMALISE);
  g_autoptr(GHashTable) mentioned = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  bool ok = true;
  for (guint i = 0; ok && i < items->len; i++) {
    RundownItem *item = g_ptr_array_index(items, i);
    ok = item->type != ITEM_SPEECH || say_item(user, item, mentioned, error);
  }
  return ok;
}

static bool all_said(const GPtrArray *items) {
  bool all = true;
  for (guint i = 0; all && i < items->len; i++) {
    const RundownItem *item = g_ptr_array_index(items, i);
    all = item->type != ITEM_SPEECH || item->spoken;
  }
  return all;
}

/* --- making items ready ------------------------------------------------------ */

static char *item_key(const RundownItem *item) {
  if (item->type == ITEM_SPEECH)
    return g_strdup_printf("speech\n%s\n%s\n%" PRId64 "\n%s", item->voice, item->language, item->headline,
                           item->spoken);
  return g_strjoin("\n", item_type_name(item->type), item->file, NULL);
}

static const Ready *find_ready(Studio *studio, const char *key) {
  g_mutex_lock(&studio->lock);
  const Ready *ready = g_hash_table_lookup(studio->ready, key);
  g_mutex_unlock(&studio->lock);
  return ready;
}

static const Ready *keep_ready(Studio *studio, const char *key, Ready *ready) {
  g_mutex_lock(&studio->lock);
  Ready *there = g_hash_table_lookup(studio->ready, key);
  if (there)
    ready_free(ready);
  else
    g_hash_table_insert(studio->ready, g_strdup(key), ready);
  g_mutex_unlock(&studio->lock);
  return there ? there : ready;
}

static bool read_loudness(const char *path, double *loudness_lufs, GError **error) {
  g_autoptr(WavReader) wav = wav_reader_open(path, error);
  Measure measure = {0};
  if (!wav || !measure_parse(wav_reader_info(wav), &measure, error)) {
    g_prefix_error(error, "%s: ", path);
    return false;
  }
  *loudness_lufs = measure.integrated_lufs;
  measure_clear(&measure);
  return true;
}

static const Ready *speak(Studio *studio, const RundownItem *item, const char *key, GError **error) {
  const Voice *voice = studio_voice(studio, item->voice, error);
  if (!voice)
    return NULL;
  g_autoptr(Clip) clip =
      clip_maker_get_entry(studio->clips, voice, item->spoken, item->language, (guint)item->headline, error);
  double loudness = 0;
  if (!clip || !read_loudness(clip->path, &loudness, error))
    return NULL;
  g_mutex_lock(&studio->lock);
  studio->counts.spoken += clip->made ? 1 : 0;
  studio->counts.found += clip->made ? 0 : 1;
  studio->counts.apologies += clip->apology ? 1 : 0;
  g_mutex_unlock(&studio->lock);
  Ready *ready = g_new0(Ready, 1);
  *ready = (Ready){g_steal_pointer(&clip->path), clip->frames, loudness, g_steal_pointer(&clip->marks), clip->apology};
  return keep_ready(studio, key, ready);
}

const char *const studio_endings[] = {"flac", "wav", "opus", "ogg", "mp3", "m4a", "aiff", NULL};

char *studio_find(const Studio *studio, ItemType type, const char *file, GError **error) {
  if (type == ITEM_SOUND) {
    g_autofree char *path = station_find(studio->station, "sounds", file, studio_endings, NULL);
    if (path)
      return g_steal_pointer(&path);
  }
  return station_find(studio->station, "voices/jingles", file, studio_endings, error);
}

static const Ready *prepare(Studio *studio, ItemType type, const char *file, const char *key, GError **error) {
  PROFILE_HERE(PROFILE_DECODE);
  g_autofree char *path = studio_find(studio, type, file, error);
  gint64 frames = 0;
  double loudness = 0;
  g_autofree char *prepared = path ? sound_prepare(studio->decoders, path, studio->cache, &frames, error) : NULL;
  if (!prepared || !read_loudness(prepared, &loudness, error))
    return NULL;
  Ready *ready = g_new0(Ready, 1);
  *ready = (Ready){.path = g_steal_pointer(&prepared), .frames = frames, .loudness_lufs = loudness};
  return keep_ready(studio, key, ready);
}

static bool make_ready(Studio *studio, RundownItem *item, GError **error) {
  PROFILE_HERE(PROFILE_SPEAK);
  if (item->type == ITEM_PAUSE)
    return true;
  item->frames = 0;
  if (item->type == ITEM_SPEECH && *item->spoken == '\0')
    return true; /* nothing but addresses and signs: nothing to hear */
  g_autofree char *key = item_key(item);
  const Ready *ready = find_ready(studio, key);
  g_autoptr(GError) why = NULL;
  if (!ready)
    ready =
        item->type == ITEM_SPEECH ? speak(studio, item, key, &why) : prepare(studio, item->type, item->file, key, &why);
  if (ready)
    item->frames = ready->frames;
  else if (item->type == ITEM_SOUND && item->entry)
    print_warning(_("entry %" PRId64 ": its recorded sound cannot be used, its text is read: %s"), item->entry,
                  why->message);
  else
    g_propagate_error(error, g_steal_pointer(&why));
  return ready || (item->type == ITEM_SOUND && item->entry);
}

/* --- side by side ------------------------------------------------------------ */

typedef struct {
  Studio *studio;
  GError *error; /* the first one */
  char *bed;     /* beside the items, or NULL */
} Batch;

static void show_progress(Studio *studio) {
  g_mutex_lock(&studio->lock);
  guint done = ++studio->progress_done, total = studio->progress_total;
  g_mutex_unlock(&studio->lock);
  if (studio->shows_progress && total > 1)
    progress_line(studio->session->quiet, _("speaking %u of %u"), done, total);
}

static void work_on(gpointer data, gpointer user) {
  Batch *batch = user;
  StudioSound sound;
  if (data == batch->bed) {
    studio_prepare(batch->studio, ITEM_JINGLE, batch->bed, &sound, NULL);
    return;
  }
  g_autoptr(GError) error = NULL;
  g_mutex_lock(&batch->studio->lock);
  bool goes_on = !batch->error;
  g_mutex_unlock(&batch->studio->lock);
  if (!goes_on)
    return;
  if (session_interrupted())
    g_set_error_literal(&error, CARNET_ERROR, CARNET_ERROR_AGAIN, _("interrupted"));
  else
    make_ready(batch->studio, data, &error);
  show_progress(batch->studio);
  if (!error)
    return;
  g_mutex_lock(&batch->studio->lock);
  if (!batch->error)
    batch->error = g_steal_pointer(&error);
  g_mutex_unlock(&batch->studio->lock);
}

void studio_expect_bed(Studio *studio, const char *file) {
  g_free(studio->bed);
  studio->bed = g_strdup(file);
}

bool studio_measure(GPtrArray *items, gpointer user, GError **error) {
  Studio *studio = user;
  if (!all_said(items) && !studio_say(items, studio, error))
    return false;
  g_autofree char *bed = g_steal_pointer(&studio->bed);
  Batch batch = {.studio = studio, .bed = bed};
  studio->progress_done = 0;
  studio->progress_total = items->len;
  g_autoptr(GError) why = NULL;
  /* One more than those that speak: it polishes while a nursery is asked. */
  gint n_threads = (gint)nursery_pool_count(studio->speakers) + 1;
  GThreadPool *pool = g_thread_pool_new(work_on, &batch, n_threads, TRUE, &why);
  /* Threads that could not be started: the others do all of the work. None would never end. */
  bool has_thread = g_thread_pool_get_num_threads(pool) > 0;
  if (has_thread && bed)
    g_thread_pool_push(pool, bed, NULL);
  for (guint i = 0; has_thread && i < items->len; i++)
    g_thread_pool_push(pool, g_ptr_array_index(items, i), NULL);
  g_thread_pool_free(pool, !has_thread, has_thread);
  if (!has_thread)
    batch.error = g_steal_pointer(&why);
  if (studio->shows_progress)
    progress_clear();
  if (batch.error)
    g_propagate_error(error, batch.error);
  return batch.error == NULL;
}

/* --- what is ready ----------------------------------------------------------- */

static void describe(const Ready *ready, StudioSound *sound) {
  *sound = (StudioSound){ready->path, ready->frames, ready->loudness_lufs, ready->marks, ready->apology};
}

bool studio_sound(Studio *studio, const RundownItem *item, StudioSound *sound) {
  g_autofree char *key = item_key(item);
  const Ready *ready = find_ready(studio, key);
  if (ready)
    describe(ready, sound);
  return ready != NULL;
}

bool studio_prepare(Studio *studio, ItemType type, const char *file, StudioSound *sound, GError **error) {
  RundownItem item = {.type = type, .file = (char *)file};
  g_autofree char *key = item_key(&item);
  const Ready *ready = find_ready(studio, key);
  if (!ready)
    ready = prepare(studio, type, file, key, error);
  if (ready)
    describe(ready, sound);
  return ready != NULL;
}

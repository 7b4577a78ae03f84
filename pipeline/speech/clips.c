#include "speech/clips.h"

#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "base/wav.h"
#include "speech/engine_command.h"
#include "speech/phrases.h"
#include "speech/speaker.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* Change it when the same text and voice give another clip than before. */
#define CLIP_FORMAT "clip 6"
/* A hit is noted (for pruning) at most this often: memory cards wear. */
#define TOUCH_AFTER_SECONDS 3600

/* A command that failed so often, one clip after the other, is not asked again; nor one that used up its time
 * once: a program that hangs must not hold the bulletin up for each entry. */
#define FAILURES_MOST 3

struct ClipMaker {
  char *folder;          /* CACHE/clips */
  GMutex lock;           /* guards `failures` */
  GHashTable *failures;  /* command voice's name → how often it failed since it last spoke */
  NurseryPool *speakers; /* borrowed */
  ClipFinish finish;
  gpointer user;
};

/* What is said when a text cannot be, and when it is longer than a clip may be. */
static const struct {
  const char *language, *apology, *the_rest;
} phrases[] = {
    {"fr", "Une information n'a pas pu être lue. Elle est sur notre page.", "La suite est sur notre page."},
    {"en", "One item could not be read. It is on our page.", "The rest is on our page."},
    {"es", "Una información no se ha podido leer. Está en nuestra página.", "El resto está en nuestra página."},
};

static guint phrases_row(const char *language) {
  for (guint i = 0; language && i < G_N_ELEMENTS(phrases); i++) {
    if (g_ascii_strncasecmp(language, phrases[i].language, 2) == 0 && !g_ascii_isalpha(language[2])) {
      return i;
    }
  }
  return 0;
}

ClipMaker *clip_maker_new(const char *cache_folder, NurseryPool *speakers, ClipFinish finish, gpointer user,
                          GError **error) {
  g_autoptr(ClipMaker) maker = g_new0(ClipMaker, 1);
  maker->folder = g_build_filename(cache_folder, "clips", NULL);
  maker->speakers = speakers;
  maker->finish = finish;
  maker->user = user;
  g_mutex_init(&maker->lock);
  maker->failures = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  return folder_make(maker->folder, error) ? g_steal_pointer(&maker) : NULL;
}

void clip_maker_free(ClipMaker *maker) {
  if (maker) {
    g_hash_table_unref(maker->failures);
    g_mutex_clear(&maker->lock);
    g_free(maker->folder);
    g_free(maker);
  }
}

void clip_free(Clip *clip) {
  if (clip) {
    g_free(clip->path);
    if (clip->marks) {
      g_array_unref(clip->marks);
    }
    g_free(clip);
  }
}

/* --- the cache ------------------------------------------------------------------- */

/* Where the clip of these inputs is, made or not. Returns (g_free), or NULL. */
static char *clip_path(const ClipMaker *maker, const Voice *voice, const char *spoken, const char *language,
                       guint headline, const char *state) {
  g_autofree char *engine = NULL;
  if (voice->engine == ENGINE_COMMAND) {
    engine = engine_command_identity(voice);
  } else {
    engine = g_strdup_printf("%s\n%s+%s %u %u %u %u", speaker_version(), voice->voice, voice->variant, voice->rate_wpm,
                             voice->pitch, voice->pitch_range, voice->word_gap);
  }
  g_autofree char *pauses = g_strdup_printf("%u %u %u %u", voice->sentence_pause_ms, voice->clause_pause_ms, headline,
                                            headline > 0 ? voice->headline_percent : 100);
  g_autofree char *digest = text_digest(CLIP_FORMAT, spoken, language, engine, pauses, voice->polish, state, NULL);
  return g_strdup_printf("%s/%.2s/%s.wav", maker->folder, digest, digest);
}

/* The marks of a clip's info; false when they make no sense. */
static bool read_info(Clip *clip, const char *info, gsize text_bytes) {
  g_autoptr(JsonNode) root = *info ? json_parse("clip", info, -1, NULL) : NULL;
  JsonObject *object = root && JSON_NODE_HOLDS_OBJECT(root) ? json_node_get_object(root) : NULL;
  JsonNode *node = object ? json_object_get_member(object, "marks") : NULL;
  if (!node || !JSON_NODE_HOLDS_ARRAY(node) || !json_object_has_member(object, "measure")) {
    return false;
  }
  JsonArray *marks = json_node_get_array(node);
  for (guint i = 0; i < json_array_get_length(marks); i++) {
    JsonNode *element = json_array_get_element(marks, i);
    JsonObject *mark = JSON_NODE_HOLDS_OBJECT(element) ? json_node_get_object(element) : NULL;
    gint64 frame = mark ? json_object_get_int_member_with_default(mark, "frame", -1) : -1;
    gint64 offset = mark ? json_object_get_int_member_with_default(mark, "offset", -1) : -1;
    gint64 length = mark ? json_object_get_int_member_with_default(mark, "length", -1) : -1;
    if (frame < 0 || frame > clip->frames || offset < 0 || offset > (gint64)text_bytes || length < 0 ||
        length > (gint64)text_bytes - offset) {
      return false;
    }
    ClipMark read = {frame, (guint)offset, (guint)length};
    g_array_append_val(clip->marks, read);
  }
  clip->apology = json_object_get_boolean_member_with_default(object, "apology", FALSE);
  return true;
}

static void touch(const char *path) {
  struct stat status;
  if (stat(path, &status) == 0 && time(NULL) - status.st_mtime > TOUCH_AFTER_SECONDS) {
    utimensat(AT_FDCWD, path, NULL, 0);
  }
}

/* The clip at `path` (taken) when it is there and whole. */
static Clip *find_clip(const char *path, gsize text_bytes) {
  g_autoptr(WavReader) wav = g_file_test(path, G_FILE_TEST_IS_REGULAR) ? wav_reader_open(path, NULL) : NULL;
  if (!wav || wav_reader_channels(wav) != 1) {
    return NULL;
  }
  g_autoptr(Clip) clip = g_new0(Clip, 1);
  clip->path = g_strdup(path);
  clip->frames = wav_reader_frames(wav);
  clip->marks = g_array_new(FALSE, FALSE, sizeof(ClipMark));
  if (clip->frames <= 0 || !read_info(clip, wav_reader_info(wav), text_bytes)) {
    return NULL;
  }
  touch(path);
  return g_steal_pointer(&clip);
}

static char *format_info(const GArray *marks, const char *measure, bool apology) {
  g_autoptr(GString) info = g_string_new("{\"marks\":[");
  for (guint i = 0; i < marks->len; i++) {
    const ClipMark *mark = &g_array_index(marks, ClipMark, i);
    g_string_append_printf(info, "%s{\"frame\":%" G_GINT64_FORMAT ",\"offset\":%u,\"length\":%u}", i ? "," : "",
                           mark->frame, mark->offset, mark->length);
  }
  g_string_append_printf(info, "],\"measure\":%s,\"apology\":%s}", measure && *measure ? measure : "{}",
                         apology ? "true" : "false");
  return g_string_free(g_steal_pointer(&info), FALSE);
}

/* Finishes raw speech and keeps it at `path`. */
static Clip *keep_clip(const ClipMaker *maker, const Voice *voice, const Speech *speech, const char *path, bool apology,
                       GError **error) {
  g_autofree float *samples = NULL;
  g_autofree char *measure = NULL;
  g_autoptr(Clip) clip = g_new0(Clip, 1);
  if (!maker->finish(voice->polish, speech->samples, speech->nsamples, speech->rate_hz, &samples, &clip->frames,
                     &measure, maker->user, error)) {
    return NULL;
  }
  clip->marks = g_array_new(FALSE, FALSE, sizeof(ClipMark));
  for (guint i = 0; i < speech->marks->len; i++) {
    ClipMark mark = g_array_index(speech->marks, ClipMark, i);
    mark.frame = mark.frame * FRAME_RATE / speech->rate_hz;
    g_array_append_val(clip->marks, mark);
  }
  g_autofree char *folder = g_path_get_dirname(path);
  g_autofree char *info = format_info(clip->marks, measure, apology);
  if (!folder_make(folder, error) || !wav_write(path, samples, clip->frames, 1, info, false, error)) {
    return NULL;
  }
  clip->path = g_strdup(path);
  clip->made = true;
  clip->apology = apology;
  return g_steal_pointer(&clip);
}

/* --- speaking ----------------------------------------------------------------------- */

/* The clip of `spoken` by exactly this voice, or NULL. `state` is part of the key. */
static Clip *try_clip(const ClipMaker *maker, const Voice *voice, const char *spoken, const char *language,
                      guint headline, bool apology, GError **error) {
  g_autofree char *path = clip_path(maker, voice, spoken, language, headline, apology ? "apology" : "");
  Clip *found = find_clip(path, strlen(spoken));
  if (found) {
    return found;
  }
  g_autoptr(Speech) speech = voice->engine == ENGINE_COMMAND
                                 ? engine_command_speak(voice, spoken, error)
                                 : speaker_speak(maker->speakers, voice, spoken, language, headline, error);
  if (speech && speech->simplified > 0) {
    g_message(_("voice %s: %u phrases could only be said with simplified text"), voice->name, speech->simplified);
  }
  return speech ? keep_clip(maker, voice, speech, path, apology, error) : NULL;
}

static guint failures_of(ClipMaker *maker, const Voice *voice) {
  g_mutex_lock(&maker->lock);
  guint failures = GPOINTER_TO_UINT(g_hash_table_lookup(maker->failures, voice->name));
  g_mutex_unlock(&maker->lock);
  return failures;
}

static void set_failures(ClipMaker *maker, const Voice *voice, guint failures) {
  g_mutex_lock(&maker->lock);
  g_hash_table_replace(maker->failures, g_strdup(voice->name), GUINT_TO_POINTER(failures));
  g_mutex_unlock(&maker->lock);
}

/* The clip by another program, or NULL; why is told. */
static Clip *try_command(ClipMaker *maker, const Voice *voice, const char *spoken, const char *language) {
  guint failures = failures_of(maker, voice);
  if (failures >= FAILURES_MOST) {
    return NULL;
  }
  g_autoptr(GError) why = NULL;
  gint64 until_us = g_get_monotonic_time() + (gint64)voice->deadline_s * G_USEC_PER_SEC;
  Clip *clip = try_clip(maker, voice, spoken, language, 0, false, &why);
  failures = clip ? 0 : g_get_monotonic_time() < until_us ? failures + 1 : FAILURES_MOST;
  set_failures(maker, voice, failures);
  if (!clip) {
    g_message(_("voice %s: %s; eSpeak NG speaks instead%s"), voice->name, why->message, /* NOLINT: a reason is there */
              failures < FAILURES_MOST ? "" : _(", from here on"));
  }
  return clip;
}

/* eSpeak's plain voice of the language: what remains when another program failed. */
static Voice *plain_voice(const char *language) {
  Voice *voice = g_new0(Voice, 1);
  voice->name = g_strdup("plain");
  voice->engine = ENGINE_ESPEAK;
  voice->command = g_new0(char *, 1);
  voice->voice = g_strdup(phrases[phrases_row(language)].language);
  voice->variant = g_strdup("");
  voice->polish = g_strdup("");
  voice->rate_wpm = 155;
  voice->pitch = voice->pitch_range = 50;
  voice->word_gap = 1;
  voice->sentence_pause_ms = 450;
  voice->clause_pause_ms = 180;
  voice->headline_percent = 94;
  return voice;
}

/* A second of silence, marked as an apology: the last resort, where eSpeak speaks but not of this. NULL: it says nothing. */
static Clip *silence(const ClipMaker *maker, const Voice *plain, const char *language, GError **error) {
  g_autofree char *sounds = speaker_ipa(maker->speakers, plain, "1", error);
  if (!sounds) {
    return NULL;
  }
  g_autofree char *path = clip_path(maker, plain, "", language, 0, "silence");
  Clip *found = find_clip(path, 0);
  if (found) {
    return found;
  }
  Speech speech = {.samples = g_new0(gint16, 22050), .nsamples = 22050, .rate_hz = 22050};
  speech.marks = g_array_new(FALSE, FALSE, sizeof(ClipMark));
  Clip *clip = keep_clip(maker, plain, &speech, path, true, error);
  g_array_unref(speech.marks);
  g_free(speech.samples);
  return clip;
}

static Clip *apologise(const ClipMaker *maker, const Voice *voice, const char *language, GError **error) {
  const char *apology = phrases[phrases_row(language)].apology;
  g_autoptr(Voice) plain = plain_voice(language);
  Clip *clip = try_clip(maker, voice, apology, language, 0, true, NULL);
  clip = clip ? clip : try_clip(maker, plain, apology, language, 0, true, NULL);
  return clip ? clip : silence(maker, plain, language, error);
}

Clip *clip_maker_get_entry(ClipMaker *maker, const Voice *voice, const char *spoken, const char *language,
                           guint headline, GError **error) {
  g_autofree char *cut = NULL;
  if (strlen(spoken) > CLIP_MAX_BYTES) {
    g_autofree char *head = phrases_cut(spoken, language, CLIP_MAX_BYTES);
    cut = g_strdup_printf("%s %s", head, phrases[phrases_row(language)].the_rest);
    spoken = cut;
  }
  if (voice->engine == ENGINE_COMMAND) {
    Clip *clip = try_command(maker, voice, spoken, language);
    g_autoptr(Voice) plain = clip ? NULL : plain_voice(language);
    Clip *instead = clip ? NULL : clip_maker_get_entry(maker, plain, spoken, language, headline, error);
    if (instead) {
      instead->instead = true;
    }
    return clip ? clip : instead;
  }
  g_autoptr(GError) why = NULL;
  Clip *clip = try_clip(maker, voice, spoken, language, headline, false, &why);
  if (clip) {
    return clip;
  }
  if (why->code == CARNET_ERROR_INPUT) { /* no such voice, a polish that is wrong: for a person to mend */
    g_propagate_prefixed_error(error, g_steal_pointer(&why), _("voice %s: "), voice->name);
    return NULL;
  }
  g_message(_("voice %s: %s; an apology is said instead"), voice->name, why->message);
  return apologise(maker, voice, language, error);
}

Clip *clip_maker_get(ClipMaker *maker, const Voice *voice, const char *spoken, const char *language, GError **error) {
  return clip_maker_get_entry(maker, voice, spoken, language, 0, error);
}

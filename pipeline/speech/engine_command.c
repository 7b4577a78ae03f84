#include "speech/engine_command.h"

#include "base/child.h"
#include "base/error.h"
#include "base/files.h"
#include "base/i18n.h"
#include "speech/spoken.h"
#include "speech/trim.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_WAV_BYTES (128u << 20)
#define MAX_SECONDS 3600u

/* A neural voice needs memory for its model, and time; how much, its file says. */
static const NurseryLimits usual_limits = {
    .memory_bytes = G_GUINT64_CONSTANT(8) << 30,
    .output_bytes = MAX_WAV_BYTES,
    .cpu_seconds = 120,
    .deadline_ms = 60000,
    .open_files = 256,
};

/* --- WAV (RIFF, Microsoft and IBM 1991) ------------------------------------------ */

static guint32 le32(const guint8 *p) {
  return (guint32)p[0] | (guint32)p[1] << 8 | (guint32)p[2] << 16 | (guint32)p[3] << 24;
}

static guint16 le16(const guint8 *p) {
  return (guint16)(p[0] | p[1] << 8);
}

typedef struct {
  guint16 format, channels, bits;
  guint32 rate_hz;
  const guint8 *data;
  gsize data_bytes;
} Wav;

/* NULL when the chunks are sound, else what is wrong. */
static const char *read_chunks(const guint8 *bytes, gsize nbytes, Wav *wav) {
  if (nbytes < 12 || memcmp(bytes, "RIFF", 4) != 0 || memcmp(bytes + 8, "WAVE", 4) != 0) {
    return _("no WAV file");
  }
  for (gsize at = 12; at + 8 <= nbytes;) {
    const guint8 *chunk = bytes + at;
    gsize size = le32(chunk + 4), left = nbytes - at - 8;
    bool is_data = memcmp(chunk, "data", 4) == 0;
    if (is_data && (size == 0 || size == 0xffffffff)) {
      size = left;
    }
    if (size > left) {
      return _("shorter than it says");
    }
    if (is_data) {
      wav->data = chunk + 8;
      wav->data_bytes = size;
      return wav->channels ? NULL : _("sound before its format");
    }
    if (memcmp(chunk, "fmt ", 4) == 0 && size >= 16) {
      wav->format = le16(chunk + 8);
      wav->channels = le16(chunk + 10);
      wav->rate_hz = le32(chunk + 12);
      wav->bits = le16(chunk + 22);
    }
    at += 8 + size + (size & 1);
  }
  return _("no sound in it");
}

static const char *check_format(const Wav *wav) {
  bool pcm = wav->format == 1 || wav->format == 0xfffe; /* WAVE_FORMAT_EXTENSIBLE carries PCM too */
  if (!pcm || wav->bits != 16) {
    return _("not 16-bit PCM");
  }
  if (wav->channels < 1 || wav->channels > 2) {
    return _("neither mono nor stereo");
  }
  if (wav->rate_hz < 8000 || wav->rate_hz > 96000) {
    return _("its rate is not between 8 and 96 kHz");
  }
  gsize frames = wav->data_bytes / (2u * wav->channels);
  return frames == 0 ? _("no sound in it") : frames / wav->rate_hz > MAX_SECONDS ? _("longer than an hour") : NULL;
}

Speech *wav_parse(const char *name, GBytes *bytes, GError **error) {
  Wav wav = {0};
  gsize nbytes;
  const guint8 *data = g_bytes_get_data(bytes, &nbytes);
  const char *wrong = read_chunks(data, nbytes, &wav);
  wrong = wrong ? wrong : check_format(&wav);
  if (wrong) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, "%s: %s", name, wrong);
    return NULL;
  }
  Speech *speech = g_new0(Speech, 1);
  speech->rate_hz = wav.rate_hz;
  speech->nsamples = (gint64)(wav.data_bytes / (2u * wav.channels)); /* NOLINT: check_format saw it */
  speech->samples = g_new(gint16, (gsize)speech->nsamples);
  speech->marks = g_array_new(FALSE, FALSE, sizeof(ClipMark));
  for (gint64 i = 0; i < speech->nsamples; i++) {
    const guint8 *frame = wav.data + (gsize)i * 2 * wav.channels;
    int left = (gint16)le16(frame);
    int right = wav.channels == 2 ? (gint16)le16(frame + 2) : left;
    speech->samples[i] = (gint16)((left + right) / 2);
  }
  return speech;
}

/* --- the program ------------------------------------------------------------------ */

/* The arguments with "{out}" replaced. `*uses_file`: one of them held it. */
static char **arguments_with(const Voice *voice, const char *out_path, bool *uses_file) {
  char **arguments = g_strdupv(voice->command);
  for (guint i = 0; arguments[i]; i++) {
    if (strstr(arguments[i], "{out}")) {
      g_auto(GStrv) parts = g_strsplit(arguments[i], "{out}", -1);
      g_free(arguments[i]);
      arguments[i] = g_strjoinv(out_path, parts);
      *uses_file = true;
    }
  }
  return arguments;
}

/* The file and those beside it that continue its name: voice.onnx, voice.onnx.json. */
static void add_named(GPtrArray *reads, const char *path) {
  g_autofree char *folder = g_path_get_dirname(path);
  g_autofree char *name = g_path_get_basename(path);
  g_autoptr(GDir) dir = g_file_test(path, G_FILE_TEST_EXISTS) ? g_dir_open(folder, 0, NULL) : NULL;
  g_ptr_array_add(reads, g_strdup(path));
  for (const char *entry; dir && (entry = g_dir_read_name(dir));) {
    if (g_str_has_prefix(entry, name) && entry[strlen(name)] == '.') {
      g_ptr_array_add(reads, g_build_filename(folder, entry, NULL));
    }
  }
}

/* A program outside the system's folders: PREFIX/bin/PROGRAM has its libraries
 * in PREFIX/lib (a virtual environment of Python). */
static void add_program(GPtrArray *reads, const char *program) {
  g_autofree char *real = realpath(program, NULL);
  const char *places[] = {program, real ? real : program};
  for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
    g_autofree char *folder = g_path_get_dirname(places[i]);
    g_autofree char *prefix = g_path_get_dirname(folder);
    g_ptr_array_add(reads, g_strdup(places[i]));
    if (g_str_has_suffix(folder, "/bin")) {
      g_ptr_array_add(reads, g_strdup(folder));
      g_ptr_array_add(reads, g_build_filename(prefix, "lib", NULL));
      g_ptr_array_add(reads, g_build_filename(prefix, "pyvenv.cfg", NULL));
    }
  }
}

/* What the command may read: itself, what its arguments name, what the voice's file lists. Ends with NULL. */
static GPtrArray *reads_of(const Voice *voice) {
  GPtrArray *reads = g_ptr_array_new_with_free_func(g_free);
  g_autofree char *program = g_find_program_in_path(voice->command[0]);
  if (program) {
    add_program(reads, program);
  }
  for (guint i = 1; voice->command[i]; i++) {
    add_named(reads, voice->command[i]);
  }
  for (guint i = 0; voice->reads && voice->reads[i]; i++) {
    g_ptr_array_add(reads, g_strdup(voice->reads[i]));
  }
  g_ptr_array_add(reads, NULL);
  return reads;
}

/* Silence at the ends goes, as that of eSpeak does. */
static Speech *trimmed(Speech *speech, const char *name, GError **error) {
  GArray *samples = g_array_new(FALSE, FALSE, sizeof(gint16));
  g_array_append_vals(samples, speech->samples, (guint)speech->nsamples);
  trim_speech(samples, speech->rate_hz);
  g_free(speech->samples);
  speech->nsamples = samples->len;
  speech->samples = (gint16 *)(void *)g_array_free(samples, FALSE);
  if (speech->nsamples > 0) {
    return speech;
  }
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s: nothing but silence"), name);
  speech_free(speech);
  return NULL;
}

Speech *engine_command_speak(const Voice *voice, const char *spoken, GError **error) {
  g_autofree char *folder = g_dir_make_tmp("carnet-voice-XXXXXX", error);
  if (!folder) {
    return NULL;
  }
  g_autofree char *out_path = g_build_filename(folder, "speech.wav", NULL);
  bool uses_file = false;
  g_auto(GStrv) arguments = arguments_with(voice, out_path, &uses_file);
  g_autofree char *words = spoken_plain(spoken);
  g_autofree char *line = g_strconcat(words, "\n", NULL);
  g_autoptr(GBytes) input = g_bytes_new(line, strlen(line));
  g_autoptr(GBytes) output = NULL;
  g_autoptr(GBytes) wav = NULL;
  g_autoptr(GPtrArray) reads = reads_of(voice);
  SandboxRights rights = {
      .reads = (const char *const *)reads->pdata,
      .writes = folder,
      .hides = voice->station,
      .programs = true,
      .network = voice->network,
  };
  NurseryLimits limits = usual_limits;
  limits.deadline_ms = voice->deadline_s * 1000;
  if (child_run((const char *const *)arguments, input, &limits, &rights, &output, error)) {
    wav = uses_file ? file_read(out_path, MAX_WAV_BYTES, error) : g_steal_pointer(&output);
  }
  Speech *speech = wav ? wav_parse(voice->command[0], wav, error) : NULL;
  folder_remove(folder, NULL);
  speech = speech ? trimmed(speech, voice->command[0], error) : NULL;
  if (speech) {
    ClipMark whole = {0, 0, (guint)strlen(spoken)};
    g_array_append_val(speech->marks, whole);
  }
  return speech;
}

char *engine_command_identity(const Voice *voice) {
  GString *identity = g_string_new(NULL);
  for (guint i = 0; voice->command[i]; i++) {
    g_autofree char *path = i == 0 ? g_find_program_in_path(voice->command[0]) : g_strdup(voice->command[i]);
    GStatBuf status;
    g_string_append_printf(identity, "%s\n", voice->command[i]);
    if (path && g_stat(path, &status) == 0 && S_ISREG(status.st_mode)) {
      g_string_append_printf(identity, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld\n", (gint64)status.st_size,
                             (gint64)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    }
  }
  return g_string_free(identity, FALSE);
}

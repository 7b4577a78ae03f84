/* carnet say: how a text is read, and a WAV of it. */
#include "commands/speech_commands.h"

#include "base/files.h"
#include "base/json.h"
#include "base/text.h"
#include "base/wav.h"
#include "commands/output.h"
#include "commands/reader.h"
#include "sound/polish.h"
#include "speech/clips.h"

#include <errno.h>
#include <string.h>

#define MAX_TEXT_BYTES (4u << 20)

typedef struct {
  char *voice_name, *language, *out;
  gboolean text, ipa, json;
} SayOptions;

static void say_options_clear(SayOptions *options) {
  g_free(options->voice_name);
  g_free(options->language);
  g_free(options->out);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SayOptions, say_options_clear)

static Voice *open_voice(const Station *station, SayOptions *options, GError **error) {
  const char *language = options->language ? options->language : station->language;
  const char *name = options->voice_name ? options->voice_name : reader_usual_voice(language);
  Voice *voice = reader_voice(station, name, error);
  if (voice && !options->language) {
    bool by_voice = options->voice_name && voice->engine == ENGINE_ESPEAK;
    options->language = by_voice ? g_strndup(voice->voice, 2) : g_strdup(station->language);
  }
  return voice;
}

static char *read_text(const char *argument, GError **error) {
  if (strcmp(argument, "-") != 0) {
    return g_utf8_make_valid(argument, -1);
  }
  g_autoptr(GBytes) bytes = file_read("-", MAX_TEXT_BYTES, error);
  return bytes ? text_from_outside(_("standard input"), bytes, NULL, error) : NULL;
}

/* The clip as it lies in the cache, copied to `out` ("-": standard output). */
static bool write_clip(const Clip *clip, const char *out, GError **error) {
  g_autoptr(GBytes) bytes = file_read(clip->path, 1u << 30, error);
  if (!bytes) {
    return false;
  }
  gsize nbytes;
  const char *data = g_bytes_get_data(bytes, &nbytes);
  if (strcmp(out, "-") != 0) {
    return file_write(out, data, (gssize)nbytes, 0644, error);
  }
  if (fwrite(data, 1, nbytes, stdout) != nbytes || fflush(stdout) != 0) {
    carnet_error_set_errno(error, errno, "%s", _("standard output"));
    return false;
  }
  return true;
}

static void print_json(const SayOptions *options, const Voice *voice, const char *spoken, const char *ipa,
                       const Clip *clip) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "spoken", spoken);
  json_add_string(builder, "language", options->language);
  json_add_string(builder, "voice", voice->name);
  if (ipa) {
    json_add_string(builder, "ipa", ipa);
  }
  if (clip) {
    json_add_int(builder, "frames", clip->frames);
    json_add_double(builder, "seconds", (double)clip->frames / FRAME_RATE);
    json_add_bool(builder, "apology", clip->apology);
    json_add_string(builder, "clip", clip->path);
  }
  json_builder_end_object(builder);
  g_autofree char *text = json_text(builder, true);
  printf("%s\n", text);
}

static void print_plain(const SayOptions *options, const char *spoken, const char *ipa, const Clip *clip) {
  bool to_stdout = options->out && strcmp(options->out, "-") == 0;
  FILE *stream = to_stdout ? stderr : stdout;
  if (options->text || !options->ipa) {
    g_autofree char *printable = text_printable(spoken);
    fprintf(stream, "%s\n", printable);
  }
  if (ipa) {
    fprintf(stream, "%s\n", ipa);
  }
  if (clip) {
    fprintf(stderr, _("%.1f s%s%s\n"), (double)clip->frames / FRAME_RATE,
            options->out ? "" : _("; -o FILE.wav keeps it"),
            clip->apology ? _("; it could not be said: an apology is") : "");
  }
}

/* Speaks what has been asked for: the clip unless only text or phonemes were. */
static bool speak(const Session *session, NurseryPool *speakers, const Voice *voice, const SayOptions *options,
                  const char *spoken, GError **error) {
  g_autofree char *cache = station_path(session->station, "cache", NULL);
  g_autofree char *ipa = NULL;
  g_autoptr(Clip) clip = NULL;
  if (options->ipa && !(ipa = speaker_ipa(speakers, voice, spoken, error))) {
    return false;
  }
  if (options->out || !(options->text || options->ipa)) {
    g_autoptr(ClipMaker) maker = clip_maker_new(cache, speakers, polish_speech, NULL, error);
    clip = maker ? clip_maker_get(maker, voice, spoken, options->language, error) : NULL;
    if (!clip || (options->out && !write_clip(clip, options->out, error))) {
      return false;
    }
  }
  if (options->json) {
    print_json(options, voice, spoken, ipa, clip);
  } else {
    print_plain(options, spoken, ipa, clip);
  }
  return true;
}

static bool run(Session *session, int argc, char **argv, GError **error) {
  g_auto(SayOptions) options = {0};
  g_auto(GStrv) arguments = NULL;
  const GOptionEntry entries[] = {
      {"voice", 'v', 0, G_OPTION_ARG_STRING, &options.voice_name, N_("Who speaks: voices/NAME.yaml"), N_("NAME")},
      {"language", 'l', 0, G_OPTION_ARG_STRING, &options.language, N_("Language of the text (the voice's)"), N_("TAG")},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options.out, N_("Write a WAV file; - is standard output"), N_("FILE")},
      {"text", 't', 0, G_OPTION_ARG_NONE, &options.text, N_("Print what is said, and do not speak"), NULL},
      {"ipa", 0, 0, G_OPTION_ARG_NONE, &options.ipa, N_("Print eSpeak NG's phonemes"), NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("Print JSON"), NULL},
      {NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL},
  };
  if (!command_parse(&command_say, entries, argc, argv, 1, 1, &arguments, error)) {
    return false;
  }
  const Station *station = session_station(session, error);
  if (!station) {
    return false;
  }
  bool needs_speaker = options.ipa || options.out || !options.text;
  g_autoptr(NurseryPool) speakers = needs_speaker ? speaker_start(1, true, error) : NULL;
  if (needs_speaker && !speakers) {
    return false;
  }
  g_autoptr(Voice) voice = open_voice(station, &options, error);
  g_autoptr(Lexicon) lexicon = voice ? reader_lexicon(station, options.language, error) : NULL;
  g_autofree char *written = lexicon ? read_text(arguments[0], error) : NULL;
  if (!written) {
    return false;
  }
  g_autofree char *spoken = reader_says(voice, written, options.language, lexicon);
  return speak(session, speakers, voice, &options, spoken, error);
}

const Command command_say = {
    .name = "say",
    .group = N_("The voice"),
    .summary = N_("Say a text, or show how it is read"),
    .usage = N_("TEXT|-"),
    .help = N_("The text is read as in a bulletin: hours, dates, sigles and addresses as a person says them,\n"
               "then the station's lexicon (voices/lexicon.LANGUAGE.yaml).\n\n"
               "  carnet say --text \"RDV à 14h30 à l'EHPAD\"\n"
               "  carnet say \"Bonjour à toutes et tous\" --voice paul -o bonjour.wav\n"
               "  carnet say --ipa \"plutôt\""),
    .run = run,
};

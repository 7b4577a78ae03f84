/* In the caller's process: requests and answers. In the nursery: eSpeak's data,
 * loaded once. In its child, one for each clip: the voice is set and the phrases
 * are spoken, one after another.
 *
 * A process for each clip, because eSpeak NG 1.51 does not start afresh: its
 * resonators, its noise and even a sentence's length depend on what was said
 * before (measured: "Voici le carnet de bord." gives other bytes after another
 * sentence, with the voice set again or not, with the library initialised again
 * or not; in a fresh fork they are always the same). When a clip cannot be
 * spoken so, it is asked for once more with a process for each phrase: a phrase
 * that aborts the library (s's's's'…) then costs itself alone. */
#include "speech/speaker.h"

#include "base/error.h"
#include "base/i18n.h"
#include "speech/espeak.h"
#include "speech/espeak_voice.h"
#include "speech/hearing.h"
#include "speech/phrases.h"
#include "speech/spoken.h"
#include "speech/trim.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A phrase has at most 400 bytes: at the slowest rate well under a minute and a half. */
#define MAX_PHRASE_SECONDS 120

/* Voices and dictionaries are read when a clip asks for them. */
static const char *data_folder[2];

static const NurseryLimits limits = {
    .memory_bytes = G_GUINT64_CONSTANT(256) << 20,
    .output_bytes = G_GUINT64_CONSTANT(128) << 20,
    .cpu_seconds = 20,
    .deadline_ms = 20000,
    .open_files = 32,
    .reads = data_folder,
};

typedef enum { ASK_SPEECH, ASK_IPA } Ask;

/* A request is this, the phrases, then the text. */
typedef struct {
  guint32 ask;
  gint32 rate_wpm, pitch, pitch_range, word_gap;
  guint32 n_phrases, apart; /* apart: each phrase in a process of its own */
  char voice[96];           /* "fr+f2" */
} Request;

/* An answer to ASK_SPEECH is this, the marks, then the samples. */
typedef struct {
  guint32 rate_hz, n_marks, simplified, unused;
  gint64 nsamples;
} Answer;

/* --- in the nursery ----------------------------------------------------------- */

static int rate_hz;

static bool prepare(gpointer user, GError **error) {
  (void)user;
  rate_hz = espeak.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, espeakINITIALIZE_DONT_EXIT);
  if (rate_hz <= 0) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_SYSTEM,
                        _("eSpeak NG cannot start: is the package espeak-ng-data installed?"));
    return false;
  }
  espeak.espeak_Info(&data_folder[0]);
  espeak.espeak_SetVoiceByName("fr"); /* read now what most children need */
  return true;
}

/* What eSpeak is asked to say. */
typedef struct {
  char *text;
  GArray *places; /* guint32: where each byte of `text` is in the phrase; NULL: nobody asks */
  bool phonemes;  /* "[[…]]" of ours stands in it */
} Words;

static void words_clear(Words *words) {
  g_free(words->text);
  if (words->places)
    g_array_unref(words->places);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Words, words_clear)

/* Returns what was heard (16 bits, g_array_unref), or NULL. Appends to `starts` (of WordStart, may be NULL). */
static GArray *say(const Words *words, GArray *starts) {
  return hearing_say(words->text, words->phonemes, (guint)rate_hz * MAX_PHRASE_SECONDS, starts);
}

/* --- in the child's children: one phrase, when its clip could not be spoken at once --- */

static bool write_all(int fd, const void *data, gsize nbytes) {
  for (gsize done = 0; done < nbytes;) {
    ssize_t n = write(fd, (const char *)data + done, nbytes - done);
    if (n < 0 && errno == EINTR) {
      continue;
    }
    if (n <= 0) {
      return false;
    }
    done += (gsize)n;
  }
  return true;
}

/* What it tells: how many words' starts, they, the samples. */
static G_GNUC_NORETURN void say_and_exit(const Words *words, int out_fd) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  GArray *starts = g_array_new(FALSE, TRUE, sizeof(WordStart)), *samples = say(words, starts);
  guint32 n = starts->len;
  bool told = samples && write_all(out_fd, &n, sizeof n) && write_all(out_fd, starts->data, n * sizeof(WordStart)) &&
              write_all(out_fd, samples->data, samples->len * sizeof(gint16));
  _exit(told ? 0 : 1);
}

/* --- in the child: one clip ---------------------------------------------------- */

static bool set_voice(const Request *request, GError **error) {
  if (!espeak_voice_set(request->voice, error)) {
    return false;
  }
  espeak.espeak_SetParameter(espeakRATE, request->rate_wpm, 0);
  espeak.espeak_SetParameter(espeakPITCH, request->pitch, 0);
  espeak.espeak_SetParameter(espeakRANGE, request->pitch_range, 0);
  espeak.espeak_SetParameter(espeakWORDGAP, request->word_gap, 0);
  return true;
}

/* Sets the request's voice, when the sounds of all foreign words were asked of theirs (not a second time: it may be
 * they that abort the library). */
static bool set_voices(const Request *request, const char *text, Foreign *foreign, GError **error) {
  if (!set_voice(request, error)) {
    return false;
  }
  bool is_away = !request->apart && foreign_learn(foreign, text);
  return !is_away || set_voice(request, error);
}

static bool read_at(int fd, void *data, gsize nbytes, gsize at) {
  return pread(fd, data, nbytes, (off_t)at) == (ssize_t)nbytes;
}

/* What a process of its own told: it is checked as if it were a stranger's. Appends to `starts`. Returns the samples, or NULL. */
static GArray *read_told(int fd, gsize nbytes, GArray *starts) {
  guint32 n = 0;
  if (!read_at(fd, &n, sizeof n, 0) || n > (nbytes - sizeof n) / sizeof(WordStart)) {
    return NULL;
  }
  gsize before = sizeof n + n * sizeof(WordStart);
  g_autoptr(GArray) words = g_array_sized_new(FALSE, FALSE, sizeof(WordStart), n);
  g_array_set_size(words, n);
  guint nsamples = (guint)((nbytes - before) / sizeof(gint16));
  g_autoptr(GArray) speech = g_array_sized_new(FALSE, FALSE, sizeof(gint16), nsamples);
  g_array_set_size(speech, nsamples);
  if ((n > 0 && !read_at(fd, words->data, n * sizeof(WordStart), sizeof n)) ||
      (nsamples > 0 && !read_at(fd, speech->data, nsamples * sizeof(gint16), before))) {
    return NULL;
  }
  if (starts && n > 0) {
    g_array_append_vals(starts, words->data, n);
  }
  return g_steal_pointer(&speech);
}

/* Returns what `say` in a process of its own heard, or NULL. */
static GArray *say_apart(const Words *words, GArray *starts) {
  int fd = memfd_create("phrase", MFD_CLOEXEC);
  if (fd < 0) {
    return NULL;
  }
  pid_t pid = fork();
  if (pid == 0) {
    say_and_exit(words, fd);
  }
  int wait_status = -1;
  while (pid > 0 && waitpid(pid, &wait_status, 0) < 0 && errno == EINTR) {
  }
  off_t nbytes = lseek(fd, 0, SEEK_END);
  bool told = pid > 0 && WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0 && nbytes >= (off_t)sizeof(guint32);
  GArray *speech = told ? read_told(fd, (gsize)nbytes, starts) : NULL;
  close(fd);
  return speech;
}

/* Where the sentence goes on, a comma keeps the voice from falling as at its end. */
static char *phrase_text(const char *text, const Phrase *phrase) {
  bool has_sign = phrase->length > 0 && strchr(",;:", text[phrase->length - 1]);
  return g_strdup_printf("%.*s%s", (int)phrase->length, text, phrase->continues && !has_sign ? "," : "");
}

/* The words' starts from where they are in eSpeak's text and sound to where they are in the phrase and in what is left of
 * the sound; those that begin inside a word, or outside, go. */
static void place_starts(GArray *starts, const char *notation, const Words *words, gint64 cut, guint nsamples) {
  guint n = 0, last = 0;
  for (guint i = 0; i < starts->len; i++) {
    WordStart *start = &g_array_index(starts, WordStart, i);
    const char *at = g_utf8_offset_to_pointer(words->text, MIN(start->place, g_utf8_strlen(words->text, -1)));
    gsize byte = (gsize)(at - words->text);
    guint32 place = byte < words->places->len ? g_array_index(words->places, guint32, byte) : 0;
    gint64 sample = start->sample - cut;
    bool begins = place > last && notation[place - 1] == ' ' && notation[place] != ' ';
    if (begins && sample > 0 && sample < nsamples) {
      g_array_index(starts, WordStart, n++) = (WordStart){sample, place};
      last = place;
    }
  }
  g_array_set_size(starts, n);
}

/* `starts` gets where its words begin, but its first. */
static GArray *speak_phrase(const Request *request, const char *text, const Phrase *phrase, Foreign *foreign,
                            GArray *starts, guint32 *simplified) {
  g_autofree char *notation = phrase_text(text, phrase);
  g_auto(Words) words = {NULL, g_array_new(FALSE, FALSE, sizeof(guint32)), false};
  words.text = spoken_for_espeak(notation, request->voice, foreign_find, foreign, &words.phonemes, words.places);
  espeak.espeak_SetParameter(espeakRATE, request->rate_wpm * (gint32)phrase->rate_percent / 100, 0);
  GArray *speech = request->apart ? say_apart(&words, starts) : say(&words, starts);
  if (!speech && request->apart) {
    g_auto(Words) simple = {phrase_simplified(text, phrase->length), NULL, false};
    speech = say_apart(&simple, NULL); /* other words than those that have a place */
    (*simplified)++;
  }
  if (speech) {
    gint64 cut = trim_speech(speech, (guint)rate_hz);
    place_starts(starts, notation, &words, cut, speech->len);
  }
  return speech;
}

/* One for the phrase, one for each word of it after the first. */
static void append_marks(GArray *marks, const Phrase *phrase, const GArray *starts, guint from) {
  ClipMark mark = {from, phrase->offset, phrase->length};
  g_array_append_val(marks, mark);
  for (guint i = 0; i < starts->len; i++) {
    const WordStart *start = &g_array_index(starts, WordStart, i);
    guint until = i + 1 < starts->len ? g_array_index(starts, WordStart, i + 1).place : phrase->length;
    ClipMark word = {from + start->sample, phrase->offset + start->place, until - start->place};
    if (start->place < phrase->length) /* not the comma that was put behind it */
      g_array_append_val(marks, word);
  }
}

/* What the pause between two phrases still needs: one's tail and the other's lead are part of it. */
static guint pause_samples(guint32 pause_ms) {
  guint whole = (guint)rate_hz * pause_ms / 1000, there = trim_lead((guint)rate_hz) + trim_tail((guint)rate_hz);
  return whole > there ? whole - there : 0;
}

static bool answer_speech(const Request *request, const Phrase *phrases, const char *text, Foreign *foreign, int out_fd,
                          GError **error) {
  g_autoptr(GArray) all = g_array_new(FALSE, TRUE, sizeof(gint16));
  g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(ClipMark));
  Answer answer = {.rate_hz = (guint32)rate_hz};
  guint32 pause_ms = 0;
  for (guint32 i = 0; i < request->n_phrases; i++) {
    g_autoptr(GArray) starts = g_array_new(FALSE, FALSE, sizeof(WordStart));
    g_autoptr(GArray) speech =
        speak_phrase(request, text + phrases[i].offset, &phrases[i], foreign, starts, &answer.simplified);
    if (!speech) {
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("eSpeak NG cannot say phrase %u"), i + 1);
      return false;
    }
    if (speech->len == 0) {
      continue;
    }
    if (all->len > 0) {
      g_array_set_size(all, all->len + pause_samples(pause_ms));
    }
    append_marks(marks, &phrases[i], starts, all->len);
    g_array_append_vals(all, speech->data, speech->len);
    pause_ms = phrases[i].pause_ms;
  }
  if (all->len == 0) { /* perhaps a dictionary that could not be opened: eSpeak goes on without, and says nothing */
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_AGAIN, _("nothing in it can be said aloud"));
    return false;
  }
  answer.n_marks = marks->len;
  answer.nsamples = all->len;
  if (!write_all(out_fd, &answer, sizeof answer) || !write_all(out_fd, marks->data, marks->len * sizeof(ClipMark)) ||
      !write_all(out_fd, all->data, all->len * sizeof(gint16))) {
    carnet_error_set_errno(error, errno, "write");
    return false;
  }
  return true;
}

/* Whether "[[…]]" is sounds hangs on what was spoken last: a space is. */
static void take_phonemes(void) {
  const Words nothing = {(char *)" ", NULL, true};
  GArray *silence = say(&nothing, NULL);
  if (silence) {
    g_array_unref(silence);
  }
}

static bool answer_ipa(const Request *request, const char *text, Foreign *foreign, int out_fd) {
  g_autoptr(GString) ipa = g_string_new(NULL);
  g_auto(Words) words = {0};
  words.text = spoken_for_espeak(text, request->voice, foreign_find, foreign, &words.phonemes, NULL);
  if (words.phonemes) {
    take_phonemes();
  }
  const int ipa_mode = 0x02;
  const void *left = words.text;
  while (left) {
    const char *phonemes = espeak.espeak_TextToPhonemes(&left, espeakCHARS_UTF8, ipa_mode);
    if (phonemes && *phonemes) {
      g_string_append_printf(ipa, "%s%s", ipa->len > 0 ? "\n" : "", g_strchug((char *)phonemes));
    }
  }
  return write_all(out_fd, ipa->str, ipa->len);
}

static bool task(const char *bytes, gsize nbytes, int out_fd, gpointer user, GError **error) {
  (void)user;
  Request request;
  if (nbytes < sizeof request) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_BUG, "speaker: short request");
    return false;
  }
  memcpy(&request, bytes, sizeof request);
  const Phrase *phrases = (const void *)(bytes + sizeof request);
  gsize before_text = sizeof request + request.n_phrases * sizeof(Phrase);
  g_autofree char *text = g_strndup(bytes + before_text, nbytes - before_text);
  g_auto(Foreign) foreign = {NULL, NULL};
  if (!set_voices(&request, text, &foreign, error)) {
    return false;
  }
  return request.ask == ASK_IPA ? answer_ipa(&request, text, &foreign, out_fd)
                                : answer_speech(&request, phrases, text, &foreign, out_fd, error);
}

/* --- in the caller ------------------------------------------------------------- */

NurseryPool *speaker_start(guint count, bool early, GError **error) {
  NurseryLimits own = limits;
  own.early = early;
  /* Before the fork: it is paid once. */
  return espeak_open(error) ? nursery_pool_new(count, prepare, task, NULL, &own, error) : NULL;
}

/* Once more, just so, when a file of eSpeak's could not be read: then the clip's bytes are those of any other day. */
static GBytes *ask(NurseryPool *speakers, Ask what, const Voice *voice, const char *text, const GArray *phrases,
                   bool apart, GError **error) {
  Request request = {.ask = what, .n_phrases = phrases ? phrases->len : 0, .apart = apart};
  if (voice) {
    request.rate_wpm = (gint32)voice->rate_wpm;
    request.pitch = (gint32)voice->pitch;
    request.pitch_range = (gint32)voice->pitch_range;
    request.word_gap = (gint32)voice->word_gap;
    g_snprintf(request.voice, sizeof request.voice, "%s%s%s", voice->voice, *voice->variant ? "+" : "", voice->variant);
  }
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  g_byte_array_append(bytes, (const guint8 *)&request, sizeof request);
  if (phrases) {
    g_byte_array_append(bytes, (const guint8 *)phrases->data, phrases->len * (guint)sizeof(Phrase));
  }
  g_byte_array_append(bytes, (const guint8 *)text, (guint)strlen(text));
  g_autoptr(GError) why = NULL;
  GBytes *answer = nursery_call(speakers, (const char *)bytes->data, bytes->len, &why);
  if (answer) {
    return answer;
  }
  if (why->code != CARNET_ERROR_AGAIN) {
    g_propagate_error(error, g_steal_pointer(&why));
    return NULL;
  }
  return nursery_call(speakers, (const char *)bytes->data, bytes->len, error);
}

const char *speaker_version(void) {
  static gsize once;
  static char *version;
  if (g_once_init_enter(&once)) {
    version = g_strdup_printf("eSpeak NG %s", espeak.espeak_Info(NULL));
    g_once_init_leave(&once, 1);
  }
  return version;
}

char *speaker_ipa(NurseryPool *speakers, const Voice *voice, const char *spoken, GError **error) {
  g_autoptr(GBytes) answer = ask(speakers, ASK_IPA, voice, spoken, NULL, false, error);
  if (!answer) {
    return NULL;
  }
  gsize nbytes;
  const char *text = g_bytes_get_data(answer, &nbytes);
  return g_strndup(text ? text : "", nbytes);
}

/* Each mark lies in the sound and in the text. */
static bool marks_are_sane(const char *bytes, const Answer *answer, gsize text_bytes) {
  bool sane = true;
  for (guint32 i = 0; sane && i < answer->n_marks; i++) {
    ClipMark mark;
    memcpy(&mark, bytes + i * sizeof mark, sizeof mark);
    sane = mark.frame >= 0 && mark.frame <= answer->nsamples && (gsize)mark.offset + mark.length <= text_bytes;
  }
  return sane;
}

/* The child is ours, but what it hands over is checked as if it were not. */
static Speech *speech_parse(GBytes *bytes, gsize text_bytes, GError **error) {
  gsize nbytes;
  const char *data = g_bytes_get_data(bytes, &nbytes);
  Answer answer = {0};
  if (nbytes >= sizeof answer) {
    memcpy(&answer, data, sizeof answer);
  }
  bool sane = answer.rate_hz >= 8000 && answer.rate_hz <= 96000 && answer.nsamples > 0 &&
              answer.nsamples < (G_GINT64_CONSTANT(1) << 32) && answer.n_marks <= text_bytes &&
              nbytes == sizeof answer + answer.n_marks * sizeof(ClipMark) + (gsize)answer.nsamples * sizeof(gint16);
  sane = sane && marks_are_sane(data + sizeof answer, &answer, text_bytes);
  if (!sane) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("the speaking process gave a broken answer"));
    return NULL;
  }
  Speech *speech = g_new0(Speech, 1);
  speech->rate_hz = answer.rate_hz;
  speech->simplified = answer.simplified;
  speech->nsamples = answer.nsamples;
  speech->marks = g_array_new(FALSE, FALSE, sizeof(ClipMark));
  if (answer.n_marks > 0) {
    g_array_append_vals(speech->marks, data + sizeof answer, answer.n_marks);
  }
  speech->samples =
      g_memdup2(data + sizeof answer + answer.n_marks * sizeof(ClipMark), (gsize)answer.nsamples * sizeof(gint16));
  return speech;
}

Speech *speaker_speak(NurseryPool *speakers, const Voice *voice, const char *spoken, const char *language,
                      guint headline, GError **error) {
  g_autoptr(GArray) phrases = phrases_of(spoken, language, voice->sentence_pause_ms, voice->clause_pause_ms);
  phrases_slow(phrases, headline, voice->headline_percent);
  g_autoptr(GError) why = NULL;
  g_autoptr(GBytes) answer = ask(speakers, ASK_SPEECH, voice, spoken, phrases, false, &why);
  if (!answer && why->code != CARNET_ERROR_SYSTEM) { /* no such voice, nothing to say: it would be so again */
    g_propagate_error(error, g_steal_pointer(&why));
    return NULL;
  }
  if (!answer) { /* a busy machine, a child that was killed: the clip is kept, so it is asked for once more as it should be */
    answer = ask(speakers, ASK_SPEECH, voice, spoken, phrases, false, NULL);
  }
  if (!answer) {
    answer = ask(speakers, ASK_SPEECH, voice, spoken, phrases, true, error);
  }
  return answer ? speech_parse(answer, strlen(spoken) + 1, error) : NULL;
}

void speech_free(Speech *speech) {
  if (speech) {
    g_free(speech->samples);
    g_array_unref(speech->marks);
    g_free(speech);
  }
}

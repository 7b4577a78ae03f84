/* eSpeak NG, which aborts on ordinary text, in the real children: short pieces repeated many times, as its known enemies
 * are ("s'" and "A."), by every language that the station speaks. Whatever is asked, there comes a sound or an error, and
 * afterwards a plain sentence has the same samples as ever.
 *   speak SECONDS FOLDER   (prints the pieces that it could not say as they are; the seed)
 *   speak LANGUAGE TEXT    (one again) */
#include "base/error.h"
#include "speech/speaker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLAIN "Voici le carnet de bord."
#define LONGEST 4000 /* bytes */

static const char *const languages[] = {"fr", "en", "es", "eu", "de", "ar"};
static const char *const pieces[] = {
    "s'",   "A.",  "l'", "a",  "é",  "1",   "0",  "12", ",",      ".",  "-",      "'",      "’",  "/",  "%",
    "€",    "h",   "x",  "w",  "km", "St",  "ff", "ss", "ch",     "œ",  "ñ",      "ß",      "ك",  "日", "👍",
    "\"",   "(",   ")",  "[[", "]]", "<",   ">",  "&",  "_",      "^",  "|",      "{",      "}",  "@",  "#",
    "*",    "+",   "=",  "~",  " ",  "  ",  "\n", "\t", "\u0301", "M.", "Mme",    "n°",     "1e", "XX", "et",
    "ment", "qu'", "th", "sh", "oo", "ing", "¿",  "¡",  "…",      "–",  "\u200d", "\u00a0",
};

typedef struct {
  NurseryPool *speakers;
  Voice voice;
  guint said, simplified, refused;
} Run;

static guint random_at(GRand *random, guint n) {
  return (guint)g_rand_int_range(random, 0, (gint32)n);
}

/* One to three pieces, over and over; now and then with another at a random place. */
static char *make_text(GRand *random) {
  g_autoptr(GString) piece = g_string_new(NULL);
  for (guint n = 1 + random_at(random, 3); n > 0; n--)
    g_string_append(piece, pieces[random_at(random, G_N_ELEMENTS(pieces))]);
  GString *text = g_string_new(NULL);
  for (guint n = 1 + random_at(random, 400); n > 0 && text->len < LONGEST; n--) {
    g_string_append_len(text, piece->str, (gssize)piece->len);
    if (random_at(random, 100) == 0)
      g_string_append(text, pieces[random_at(random, G_N_ELEMENTS(pieces))]);
  }
  return g_string_free(text, FALSE);
}

static guint plain_digest(Run *run) {
  run->voice.voice = (char *)"fr";
  g_autoptr(Speech) speech = speaker_speak(run->speakers, &run->voice, PLAIN, "fr", 0, NULL);
  if (speech == NULL)
    return 0;
  g_autoptr(GBytes) bytes = g_bytes_new_static(speech->samples, (gsize)speech->nsamples * sizeof(gint16));
  return g_bytes_hash(bytes);
}

/* False when it went wrong in a way that it may not. */
static bool say(Run *run, const char *language, const char *text) {
  g_autoptr(GError) error = NULL;
  run->voice.voice = (char *)language;
  g_autoptr(Speech) speech = speaker_speak(run->speakers, &run->voice, text, language, 0, &error);
  bool as_it_is = speech != NULL && speech->simplified == 0;
  if (!as_it_is) {
    g_autofree char *start = g_utf8_substring(text, 0, MIN(g_utf8_strlen(text, -1), 24));
    g_autofree char *shown = g_strescape(start, NULL);
    printf("contained: %s, %zu bytes of \"%s\": %s\n", language, strlen(text), shown,
           error != NULL ? error->message : "simplified");
  }
  run->said += speech != NULL;
  run->simplified += speech != NULL && speech->simplified > 0;
  run->refused += speech == NULL;
  return speech != NULL || error->code == CARNET_ERROR_SYSTEM || error->code == CARNET_ERROR_AGAIN;
}

static bool run_for(Run *run, double seconds) {
  guint32 seed = g_random_int();
  g_autoptr(GRand) random = g_rand_new_with_seed(seed);
  g_autoptr(GTimer) timer = g_timer_new();
  const guint plain = plain_digest(run);
  bool fine = plain != 0;
  for (guint n = 1; fine && g_timer_elapsed(timer, NULL) < seconds; n++) {
    g_autofree char *text = make_text(random);
    const char *language = languages[random_at(random, G_N_ELEMENTS(languages))];
    fine = say(run, language, text) && (n % 50 != 0 || plain_digest(run) == plain);
    if (!fine)
      printf("ERROR: after %s \"%s\"\n", language, text);
  }
  printf("seed %u: %u said, %u of them simplified, %u refused\n", seed, run->said, run->simplified, run->refused);
  return fine && plain_digest(run) == plain;
}

int main(int argc, char **argv) {
  Run run = {.speakers = speaker_start(2, true, NULL)};
  run.voice = (Voice){.name = (char *)"fuzz",
                      .variant = (char *)"",
                      .polish = (char *)"",
                      .rate_wpm = 155,
                      .pitch = 50,
                      .pitch_range = 50,
                      .word_gap = 1,
                      .sentence_pause_ms = 450,
                      .clause_pause_ms = 180,
                      .headline_percent = 94};
  char *end = NULL;
  double seconds = argc > 1 ? g_ascii_strtod(argv[1], &end) : 10;
  if (run.speakers == NULL)
    return 5;
  bool is_text = argc > 2 && *end != '\0';
  bool fine = is_text ? say(&run, argv[1], argv[2]) : run_for(&run, seconds);
  nursery_pool_free(run.speakers);
  return fine ? 0 : 1;
}

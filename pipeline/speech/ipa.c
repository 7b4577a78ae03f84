#include "speech/ipa.h"

#include <string.h>

/* `espeak` NULL: read and left out. Rows of several letters are tried before shorter ones. */
typedef struct {
  const char *ipa, *espeak;
  bool vowel;
} Sound;

/* clang-format off */
static const Sound french[] = {
    {"tʃ", "tS", false}, {"dʒ", "dZ", false}, {"ts", "ts", false}, {"dz", "dz", false},
    {"ɑ̃", "A~", true},  {"ɛ̃", "E~", true},  {"ɔ̃", "O~", true},  {"œ̃", "W~", true}, {"ã", "A~", true}, {"õ", "O~", true},
    {"aː", "a:", true},  {"ɑː", "a:", true},  {"oː", "o:", true},  {"øː", "Y:", true},
    {"a", "a", true},    {"ɑ", "a:", true},   {"e", "e", true},    {"ɛ", "E", true},   {"ə", "@", true},  {"i", "i", true},
    {"o", "o", true},    {"ɔ", "O", true},    {"ø", "Y", true},    {"œ", "W", true},   {"u", "u", true},  {"y", "y", true},
    {"ɥ", "y\"", false}, {"j", "j", false},   {"w", "w", false},
    {"p", "p", false},   {"b", "b", false},   {"t", "t", false},   {"d", "d", false},  {"k", "k", false}, {"ɡ", "g", false},
    {"g", "g", false},   {"f", "f", false},   {"v", "v", false},   {"s", "s", false},  {"z", "z", false}, {"ʃ", "S", false},
    {"ʒ", "Z", false},   {"m", "m", false},   {"n", "n", false},   {"ɲ", "n^", false}, {"ŋ", "N", false}, {"l", "l", false},
    {"ʁ", "r", false},   {"r", "r", false},   {"x", "x", false},   {"h", "h", false},  {"θ", "T", false}, {"ð", "D", false},
    {NULL, NULL, false},
};
static const Sound english[] = {
    {"tʃ", "tS", false}, {"dʒ", "dZ", false},
    {"aʊ", "aU", true},  {"aɪ", "aI", true},  {"eɪ", "eI", true},  {"ɔɪ", "OI", true}, {"əʊ", "oU", true}, {"oʊ", "oU", true},
    {"ɪə", "i@", true},  {"iə", "i@", true},  {"eə", "e@", true},  {"ɛə", "e@", true}, {"ʊə", "U@", true},
    {"ɑː", "A:", true},  {"ɔː", "O:", true},  {"uː", "u:", true},  {"ɜː", "3:", true}, {"iː", "i:", true},
    {"æ", "a", true},    {"a", "a", true},    {"ɒ", "0", true},    {"ʊ", "U", true},   {"ʌ", "V", true},   {"ɪ", "I", true},
    {"ɛ", "E", true},    {"e", "E", true},    {"ə", "@", true},    {"i", "i", true},   {"u", "u:", true},
    {"p", "p", false},   {"b", "b", false},   {"t", "t", false},   {"d", "d", false},  {"k", "k", false},  {"ɡ", "g", false},
    {"g", "g", false},   {"f", "f", false},   {"v", "v", false},   {"θ", "T", false},  {"ð", "D", false},  {"s", "s", false},
    {"z", "z", false},   {"ʃ", "S", false},   {"ʒ", "Z", false},   {"h", "h", false},  {"m", "m", false},  {"n", "n", false},
    {"ŋ", "N", false},   {"l", "l", false},   {"ɹ", "r", false},   {"r", "r", false},  {"j", "j", false},  {"w", "w", false},
    {"x", "x", false},
    {NULL, NULL, false},
};
static const Sound spanish[] = {
    {"tʃ", "tS", false}, {"rr", "R", false},
    {"a", "a", true},    {"e", "e", true},    {"i", "i", true},    {"o", "o", true},   {"u", "u", true},
    {"p", "p", false},   {"b", "b", false},   {"β", "B", false},   {"t", "t", false},  {"d", "d", false}, {"ð", "D", false},
    {"k", "k", false},   {"ɡ", "g", false},   {"g", "g", false},   {"ɣ", "Q", false},  {"f", "f", false}, {"θ", "T", false},
    {"s", "s", false},   {"z", "z", false},   {"x", "x", false},   {"h", "h", false},  {"m", "m", false}, {"n", "n", false},
    {"ɲ", "n^", false},  {"ŋ", "N", false},   {"l", "l", false},   {"ʎ", "l^", false}, {"ʝ", "J^", false}, {"ɾ", "**", false},
    {"r", "R", false},   {"j", "j", false},   {"w", "w", false},   {"ʃ", "S", false},  {"v", "v", false},
    {NULL, NULL, false},
};

/* Where the stress falls when the writer does not say: on the last vowel, the first, the last but one. */
typedef enum { STRESS_LAST, STRESS_FIRST, STRESS_BEFORE_LAST } Stress;
static const struct {
  const char *language;
  const Sound *sounds;
  Stress stress;
} languages[] = {{"fr", french, STRESS_LAST}, {"en", english, STRESS_FIRST}, {"es", spanish, STRESS_BEFORE_LAST}};
/* clang-format on */

#define MAX_SOUNDS 200

/* One word's sounds, of which the stress is still to be set. */
typedef struct {
  const Sound *sounds[MAX_SOUNDS];
  guint n;
  int stressed, second; /* index of the sound after ˈ, of the one after ˌ; -1: none */
} Word;

static const Sound *sound_at(const Sound *sounds, const char *ipa) {
  for (const Sound *sound = sounds; sound->ipa; sound++) {
    if (g_str_has_prefix(ipa, sound->ipa)) {
      return sound;
    }
  }
  return NULL;
}

/* French leaves a final ə unstressed, as "plutôt" with none. */
static int usual_stress(const Word *word, Stress stress) {
  int vowels[MAX_SOUNDS], n = 0;
  for (guint i = 0; i < word->n; i++) {
    if (word->sounds[i]->vowel && !(stress == STRESS_LAST && n > 0 && g_str_equal(word->sounds[i]->ipa, "ə"))) {
      vowels[n++] = (int)i;
    }
  }
  bool ends_in_vowel =
      word->n > 0 && (word->sounds[word->n - 1]->vowel || strchr("ns", *word->sounds[word->n - 1]->ipa));
  if (n == 0) {
    return -1;
  }
  switch (stress) {
    case STRESS_FIRST:
      return vowels[0];
    case STRESS_BEFORE_LAST:
      return vowels[ends_in_vowel && n > 1 ? n - 2 : n - 1];
    default:
      return vowels[n - 1];
  }
}

/* eSpeak wants the mark right before the vowel; a bar keeps names apart. */
static void write_word(const Word *word, Stress stress, GString *out) {
  int first = word->stressed, second = word->second;
  while (first >= 0 && (guint)first < word->n && !word->sounds[first]->vowel) {
    first++;
  }
  while (second >= 0 && (guint)second < word->n && !word->sounds[second]->vowel) {
    second++;
  }
  first = first < 0 ? usual_stress(word, stress) : first;
  for (guint i = 0; i < word->n; i++) {
    const char *mark = (int)i == first ? "'" : (int)i == second ? "," : "";
    g_string_append_printf(out, "%s%s%s", i > 0 ? "|" : "", mark, word->sounds[i]->espeak);
  }
}

/* Reads one word, up to a space. False where the table has no such sound. */
static bool read_word(const Sound *sounds, const char **p, Word *word) {
  word->n = 0;
  word->stressed = word->second = -1;
  while (**p && **p != ' ') {
    if (g_str_has_prefix(*p, "ˈ")) {
      word->stressed = (int)word->n;
      *p += strlen("ˈ");
    } else if (g_str_has_prefix(*p, "ˌ")) {
      word->second = (int)word->n;
      *p += strlen("ˌ");
    } else if (**p == '.' || **p == '-') { /* between syllables */
      (*p)++;
    } else {
      const Sound *sound = word->n < MAX_SOUNDS ? sound_at(sounds, *p) : NULL;
      if (!sound) {
        return false;
      }
      word->sounds[word->n++] = sound;
      *p += strlen(sound->ipa);
    }
  }
  return true;
}

char *ipa_to_espeak(const char *ipa, const char *language, const char **wrong) {
  g_autoptr(GString) out = g_string_new(NULL);
  const char *none = NULL;
  wrong = wrong ? wrong : &none;
  *wrong = NULL;
  for (guint i = 0; i < G_N_ELEMENTS(languages); i++) {
    if (g_ascii_strncasecmp(language, languages[i].language, 2) != 0 || g_ascii_isalpha(language[2])) {
      continue;
    }
    for (const char *p = ipa; *p;) {
      Word word;
      if (*p == ' ') {
        p++;
        continue;
      }
      if (!read_word(languages[i].sounds, &p, &word)) {
        *wrong = p;
        return NULL;
      }
      g_string_append(out, out->len > 0 && word.n > 0 ? " " : "");
      write_word(&word, languages[i].stress, out);
    }
    *wrong = ipa + strlen(ipa);
    return out->len > 0 ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
  }
  return NULL;
}

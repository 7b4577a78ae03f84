/* clean.c → rules_common.c → rules_LANG.c (its short forms, its rules) → the lexicon, with tidy_word for
 * what it does not know → tidy_line; line by line, in pieces of bounded length. */
#include "speech/normalise.h"

#include "speech/calm.h"
#include "speech/clean.h"
#include "speech/rules.h"
#include "speech/spoken.h"
#include "speech/tidy.h"

#include <string.h>

/* Rules look at no more than this at once, so that their cost is linear
 * whatever the text; no rule says anything longer than a sentence. */
#define MAX_PIECE_BYTES 2000

/* One text that is being said. */
typedef struct {
  const RuleSet *set;
  const Lexicon *lexicon;
  const LexiconUse *use;
  WordSeen seen; /* may be NULL */
  gpointer user;
} Saying;

static bool other_word(const char *word, gsize nbytes, GString *out, gpointer user) {
  const Saying *saying = user;
  if (saying->seen) {
    saying->seen(word, nbytes, saying->user);
  }
  return tidy_word(saying->set, word, nbytes, out);
}

static bool spell_word(const char *word, gsize nbytes, GString *out, gpointer user) {
  const Saying *saying = user;
  g_autofree char *sigle = g_strndup(word, nbytes);
  say_letters(saying->set, sigle, out);
  return true;
}

static void say_piece(Saying *saying, const char *text, gsize nbytes, GString *out) {
  const RuleSet *set = saying->set;
  g_autofree char *piece = g_strndup(text, nbytes);
  g_autofree char *calmed = calm_text(piece, saying->lexicon);
  g_autoptr(GString) line = g_string_new(calmed);
  if (set->first) {
    rules_apply(set, set->first, line);
  }
  rules_apply(set, rules_common, line);
  if (set->short_forms) {
    short_forms_apply(set, line);
  }
  rules_apply(set, set->rules, line);
  LexiconSayers sayers = {other_word, spell_word, saying};
  g_autofree char *said = lexicon_walk(saying->lexicon, line->str, saying->use, &sayers);
  tidy_line(said, out);
}

/* Where a line is cut: after the last space within the limit, else at a character. */
static gsize piece_length(const char *line, gsize nbytes) {
  if (nbytes <= MAX_PIECE_BYTES) {
    return nbytes;
  }
  gsize n = MAX_PIECE_BYTES;
  while (n > MAX_PIECE_BYTES / 2 && line[n - 1] != ' ') {
    n--;
  }
  n = line[n - 1] == ' ' ? n : MAX_PIECE_BYTES;
  while (n > 1 && ((guchar)line[n] & 0xc0) == 0x80) {
    n--;
  }
  return n;
}

char *normalise_text(const char *text, const char *language, const Lexicon *lexicon) {
  return normalise_said(text, language, lexicon, NULL);
}

char *normalise_said(const char *text, const char *language, const Lexicon *lexicon, const LexiconUse *use) {
  return normalise_watched(text, language, lexicon, use, NULL, NULL);
}

char *normalise_watched(const char *text, const char *language, const Lexicon *lexicon, const LexiconUse *use,
                        WordSeen seen, gpointer user) {
  Saying saying = {rules_find(language), lexicon, use, seen, user};
  g_autoptr(GString) clean = clean_text(text);
  GString *out = g_string_sized_new(clean->len * 2);
  for (const char *line = clean->str; *line;) {
    gsize nbytes = strcspn(line, "\n");
    for (gsize from = 0, n; from < nbytes; from += n) {
      n = piece_length(line + from, nbytes - from);
      say_piece(&saying, line + from, n, out);
    }
    line += nbytes + (line[nbytes] == '\n');
  }
  spoken_write(out);
  return g_string_free(out, FALSE);
}

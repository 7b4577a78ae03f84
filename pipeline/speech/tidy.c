#include "speech/tidy.h"

#include "speech/calm.h"
#include "speech/spoken.h"

#include <string.h>

/* --- words ------------------------------------------------------------------ */

#define LETTERS_WITH_ACCENT 3

typedef struct {
  guint letters, capitals, digits, others, vowels, accents;
} Shape;

static Shape shape_of(const char *word, gsize nbytes) {
  Shape shape = {0};
  for (const char *p = word; p < word + nbytes; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (g_unichar_isdigit(c)) {
      shape.digits++;
    } else if (g_unichar_isalpha(c)) {
      shape.letters++;
      shape.capitals += g_unichar_isupper(c) ? 1 : 0;
      shape.accents += c >= 0x80;
      shape.vowels += c >= 0x80 || strchr("AEIOUY", (int)c) ? 1 : 0;
    } else {
      shape.others++;
    }
  }
  return shape;
}

/* "RN12" → "erre enne douze", "5G" → "cinq gé", "SW1A", and digits that no rule
 * took: letters and digits by turns. "12b", "5k". */
static bool letters_and_digits(const RuleSet *set, const char *word, gsize nbytes, GString *out) {
  g_autofree char *copy = g_strndup(word, nbytes);
  g_autoptr(GString) said = g_string_new(NULL);
  for (const char *p = copy; *p;) {
    gsize digits = strspn(p, "0123456789"), letters = 0;
    while (g_ascii_isupper(p[digits + letters])) {
      letters++;
    }
    if (digits > 0 && letters == 0 && p[digits] && strchr("abcdk", p[digits]) && p[digits + 1] == '\0') {
      letters = 1;
    }
    if (digits + letters == 0 || letters > MOST_LETTERS_OF_A_SIGLE) {
      return false;
    }
    g_autofree char *number = g_strndup(p, digits);
    g_autofree char *sigle = g_strndup(p + digits, letters);
    g_string_append(said, said->len > 0 && digits ? " " : "");
    if (digits) {
      say_alone(set, number, said);
    }
    g_string_append(said, said->len > 0 && letters ? " " : "");
    say_letters(set, sigle, said);
    p += digits + letters;
  }
  g_string_append(out, said->str);
  return true;
}

bool tidy_word(const RuleSet *set, const char *word, gsize nbytes, GString *out) {
  Shape shape = shape_of(word, nbytes);
  if (shape.digits > 0) {
    return letters_and_digits(set, word, nbytes, out);
  }
  if (shape.capitals < 2 || shape.others > 0) {
    return false;
  }
  g_autofree char *copy = g_strndup(word, nbytes);
  /* "CCIs", "PMEs": a plural's s is not a letter of the sigle. */
  bool plural_s = shape.letters == shape.capitals + 1 && word[nbytes - 1] == 's';
  if (shape.capitals < shape.letters && !plural_s) {
    return false;
  }
  bool is_word = calm_reads_as_word(word, nbytes - (plural_s ? 1 : 0), shape.capitals) ||
                 (shape.accents > 0 && shape.capitals > LETTERS_WITH_ACCENT);
  if (is_word && shape.vowels > 0) { /* "FERMÉ": no sigle has an accent */
    g_autofree char *lower = g_utf8_strdown(copy, -1);
    g_string_append(out, lower);
    return true;
  }
  if (plural_s) {
    copy[nbytes - 1] = '\0';
  }
  say_letters(set, copy, out);
  g_string_append(out, plural_s && set->plural ? set->plural : "");
  return true;
}

/* --- lines ------------------------------------------------------------------ */

#define MOST_REPEATS 8

typedef struct {
  GString *out;
  bool space; /* a space is due before the next word */
  char pause; /* punctuation that is due, 0 none */
  char *last_word;
  guint repeats;
} Line;

static int pause_rank(char c) {
  const char *order = ",:;.!?";
  const char *at = c ? strchr(order, c) : NULL;
  return at ? (int)(at - order) + 1 : 0;
}

/* Where pauses meet, the stronger stays: ",." is ".". */
static void line_pause(Line *line, char c) {
  if (line->out->len > 0 && pause_rank(c) > pause_rank(line->pause)) {
    line->pause = c;
  }
}

static bool is_word_character(gunichar c) {
  return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

/* An apostrophe or a hyphen inside a word: a letter or digit on both sides
 * (and an apostrophe may stand last: "d' entraide" is joined). */
static gsize word_at(const char *p) {
  const char *start = p;
  bool after_sign = true;
  while (*p) {
    gunichar c = g_utf8_get_char(p);
    const char *next = g_utf8_next_char(p);
    if (is_word_character(c)) {
      after_sign = false;
    } else if ((c == '\'' || c == '-') && !after_sign && is_word_character(g_utf8_get_char(next))) {
      after_sign = true;
    } else {
      break;
    }
    p = next;
  }
  return (gsize)(p - start);
}

/* With a capital after a full stop: a sentence is told from an abbreviation by it
 * (Unicode's rules, UAX #29), and so gets its pause; "?" and "!" need none. Not after
 * an initial: "L. 12". */
static void append_word(GString *out, const char *word, gsize nbytes, bool begins_sentence) {
  gunichar first = g_utf8_get_char(word);
  if (begins_sentence && g_unichar_islower(first)) {
    g_string_append_unichar(out, g_unichar_totitle(first));
    gsize n = (gsize)(g_utf8_next_char(word) - word);
    word += n;
    nbytes -= n;
  }
  g_string_append_len(out, word, (gssize)nbytes);
}

static bool is_initial(const char *word) {
  return word && g_utf8_strlen(word, -1) < 2;
}

static void line_word(Line *line, const char *word, gsize nbytes) {
  bool same = line->last_word && strlen(line->last_word) == nbytes && memcmp(line->last_word, word, nbytes) == 0;
  line->repeats = same ? line->repeats + 1 : 1;
  if (line->repeats > MOST_REPEATS) {
    line->pause = 0;
    return;
  }
  bool begins_sentence = line->pause == '.' && !is_initial(line->last_word);
  if (!same) {
    g_free(line->last_word);
    line->last_word = g_strndup(word, nbytes);
  }
  GString *out = line->out;
  bool elided = out->len > 1 && out->str[out->len - 1] == '\'';
  if (line->pause) {
    g_string_append_c(out, line->pause);
  }
  if (line->pause || (line->space && out->len > 0 && !elided)) {
    g_string_append_c(out, ' ');
  }
  append_word(out, word, nbytes, begins_sentence);
  line->pause = 0;
  line->space = false;
}

/* One to three letters and their apostrophe, at most three in a row ("s's's'…" aborts eSpeak). */
static void limit_apostrophes(char *word) {
  guint apostrophes = 0;
  for (char *p = word; *p; p++) {
    if (*p == '\'' && ++apostrophes > 2) {
      *p = '-';
    }
  }
}

/* "(Lab.) and": the stop of a short form, since the sentence goes on behind the parenthesis. */
static bool ends_no_sentence(const char *stop) {
  const char *next = stop + 2 + strspn(stop + 1 + (stop[1] == ')'), " ");
  return stop[0] == '.' && stop[1] == ')' && (g_unichar_islower(g_utf8_get_char(next)) || *next == ',');
}

static void line_sign(Line *line, gunichar c, bool spaced, bool inside_word) {
  static const char signs[] = ".,;:!?";
  if (inside_word) {
    line->space = true; /* "fichier.txt", "a:b": no sentence ends there */
  } else if (c < 0x80 && strchr(signs, (int)c)) {
    line_pause(line, (char)c);
  } else if (c == '(' || c == ')' || c == '[' || c == ']' || c == '{' || c == '}') {
    line_pause(line, ',');
  } else if (spaced && (c == '-' || c == 0x2013)) {
    line_pause(line, ',');
  } else if (c == '\'' && line->out->len > 0 && !line->space && !line->pause) {
    g_string_append_c(line->out, '\'');
  }
  line->space = true;
}

void tidy_line(const char *text, GString *out) {
  g_autoptr(GString) said = g_string_new(NULL);
  Line line = {.out = said};
  for (const char *p = text; *p;) {
    gsize n = word_at(p), marked = spoken_length(p);
    if (marked > 0) { /* what the lexicon marked is one word, as it stands */
      line_word(&line, p, marked);
      p += marked;
    } else if (n > 0) {
      g_autofree char *word = g_strndup(p, n);
      limit_apostrophes(word);
      line_word(&line, word, n);
      p += n;
    } else {
      gunichar c = g_utf8_get_char(p);
      const char *next = g_utf8_next_char(p);
      bool spaced = (p == text || p[-1] == ' ') && (*next == ' ' || *next == '\0');
      bool inside_word = (c == '.' || c == ':') && p > text && p[-1] != ' ' &&
                         is_word_character(g_utf8_get_char(next)) && !strchr(".,;:!?)]", p[-1]);
      if (ends_no_sentence(p)) {
        p = next;
        continue;
      }
      line_sign(&line, c, spaced, inside_word);
      p = next;
    }
  }
  g_free(line.last_word);
  while (said->len > 0 && said->str[said->len - 1] == '\'') {
    g_string_truncate(said, said->len - 1);
  }
  if (said->len == 0) {
    return;
  }
  if (pause_rank(line.pause) >= pause_rank('.')) {
    g_string_append_c(said, line.pause);
  }
  if (out->len > 0) {
    g_string_append(out, strchr(".!?", out->str[out->len - 1]) ? " " : ". ");
  }
  append_word(out, said->str, said->len, out->len > 0);
}

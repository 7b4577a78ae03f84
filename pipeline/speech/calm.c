#include "speech/calm.h"

#include "speech/rules.h"

#include <stdbool.h>
#include <string.h>

/* --- a whole sentence ---------------------------------------------------------------------------- */

/* A list of sigles does not shout. */
static bool shouts(const char *text, gsize nbytes, bool after_another) {
  guint capitals = 0, small = 0, words = 1, commas = 0;
  for (const char *p = text; p < text + nbytes; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    capitals += g_unichar_isupper(c) ? 1 : 0;
    small += g_unichar_islower(c) ? 1 : 0;
    words += c == ' ';
    commas += c == ',';
  }
  guint least = after_another ? 5 : 9; /* who has shouted goes on: "… SATURDAY? WE NEED YOU!" */
  return words >= 3 && words > commas + 1 && small == 0 && capitals > least;
}

/* Whether the full stop at `stop` goes with a title, and ends no sentence: "EL DR. PÉREZ". */
static bool is_title(const char *text, gsize stop) {
  static const char *const titles[] = {"DR",  "DRA", "SR",   "SRA", "SRTA", "SRES", "STA", "STO", "MR", "MRS",
                                       "MS",  "ST",  "CLLR", "REV", "PROF", "MM",   "M",   "AV",  "BD", "AVDA",
                                       "PZA", "RD",  "AVE",  "NO",  "NOS",  "CTRA", "TEL", "TÉL", NULL};
  gsize from = stop;
  while (from > 0 && stop - from < 8 && text[from - 1] != ' ') {
    from--;
  }
  g_autofree char *word = g_strndup(text + from, stop - from);
  return g_strv_contains(titles, word);
}

static gsize sentence_length(const char *text) {
  gsize n = 0;
  while (text[n] && !(strchr(".!?:", text[n]) && text[n + 1] == ' ' && !(text[n] == '.' && is_title(text, n)))) {
    n++;
  }
  return text[n] ? n + 2 : n;
}

/* --- two words or more within one ------------------------------------------------------------------ */

enum { LONG_WORD = 5, LEAST_LETTERS = 8 };

/* "À", "Y", "A": words of one letter, which only go on what others began. */
static bool is_word_of_one(const char *word) {
  static const char *const words[] = {"À", "A", "Y", "O", "E", NULL};
  return g_strv_contains(words, word);
}

/* Letters of the capital word at `p`, 0: there is none (nothing but capitals). */
static guint capital_word(const char *p, gsize *nbytes) {
  const char *at = p;
  guint letters = 0;
  for (; g_unichar_isupper(g_utf8_get_char(at)); at = g_utf8_next_char(at)) {
    letters++;
  }
  gunichar next = g_utf8_get_char(at);
  *nbytes = (gsize)(at - p);
  return !g_unichar_isalnum(next) && next != '\'' && next != '-' && next != '&' ? letters : 0;
}

static bool is_vowel(gunichar c) {
  return c >= 0x80 || strchr("AEIOUY", (int)c);
}

/* Consonants that begin or end a short word of the three languages; others side by side are a sigle's. */
static bool go_together(const char *pair) {
  static const char known[] =
      "BL BR CH CK CL CR CT DR FL FR GH GL GR LD LF LK LL LP LT MP NC ND NG NK NS NT PH PL PR RC RD RE RG RK RL RM RN "
      "RR RS RT SC SH SK SL SM SN SP SS ST SW TH TR TS TW WH";
  char wanted[] = {pair[0], pair[1], '\0'};
  return strstr(known, wanted) != NULL;
}

/* Nothing but capitals, of the three languages' ways to begin, join and end: "TABLE", and no "DDTM". */
static bool fits_together(const char *word, gsize nbytes, bool *has_vowel) {
  bool fits = true;
  for (const char *p = word; p < word + nbytes; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    *has_vowel = *has_vowel || is_vowel(c);
    bool is_pair = c < 0x80 && p + 1 < word + nbytes && (guchar)p[1] < 0x80 && !is_vowel(c) && !is_vowel((guchar)p[1]);
    fits = fits && (!is_pair || go_together(p));
  }
  return fits;
}

static bool can_be_said(const char *word, gsize nbytes, guint letters) {
  bool has_vowel = false, fits = fits_together(word, nbytes, &has_vowel);
  return has_vowel && (letters >= LONG_WORD || fits);
}

bool calm_reads_as_word(const char *word, gsize nbytes, guint capitals) {
  bool has_vowel = false;
  return capitals > MOST_LETTERS_OF_A_SIGLE ||
         (capitals == MOST_LETTERS_OF_A_SIGLE && fits_together(word, nbytes, &has_vowel) && has_vowel);
}

/* "XIX", "XIXE": of a century, a king; "DIX", "DE" and "ICE" are words. */
static bool is_roman(const char *word, gsize nbytes) {
  gsize digits = strspn(word, "IVX");
  g_autofree char *numeral = g_strndup(word, digits);
  return digits > 0 && roman_parse(numeral) > 0 && (digits == nbytes || (digits + 1 == nbytes && word[digits] == 'E'));
}

/* "AVANT", which the lexicon says "avant", is a word and no sigle. */
static bool says_itself(const LexiconEntry *entry) {
  g_autofree char *small = g_utf8_strdown(entry->word, -1);
  return entry->say && !entry->first && strcmp(small, entry->say) == 0;
}

static bool is_shouted(const char *word, gsize nbytes, guint letters, const Lexicon *lexicon) {
  g_autofree char *copy = g_strndup(word, nbytes);
  if (letters < 2) {
    return letters == 1 && is_word_of_one(copy);
  }
  const LexiconEntry *known = lexicon ? lexicon_find(lexicon, copy) : NULL;
  bool is_sigle = known && known->exact && letters > 2 && !says_itself(known); /* "DU" among others is a word */
  return !is_sigle && !is_roman(word, nbytes) && can_be_said(word, nbytes, letters);
}

/* Bytes of the shouted words from `p` on, 0: they are too few or too short to be sure. One is enough where a shout
 * `goes_on` behind a sigle: "LA RÉUNION DU CCAS À BREST". */
static gsize shouted_run(const char *p, const Lexicon *lexicon, bool goes_on) {
  guint words = 0, all = 0, longest = 0;
  gsize end = 0, n = 0;
  for (const char *at = p; *at; at += n + 1) {
    guint letters = capital_word(at, &n);
    if (!is_shouted(at, n, letters, lexicon)) {
      break;
    }
    words += letters > 1 ? 1 : 0;
    all += letters;
    longest = MAX(longest, letters);
    end = letters > 1 ? (gsize)(at - p) + n : end;
    if (at[n] != ' ') {
      break;
    }
  }
  bool is_sure = words >= 2 && all >= LEAST_LETTERS && longest >= (words >= 3 ? LONG_WORD - 1 : LONG_WORD);
  return is_sure || (goes_on && words >= 1) ? end : 0;
}

static void append_calmed_words(GString *out, const char *text, gsize nbytes, const Lexicon *lexicon) {
  g_autofree char *sentence = g_strndup(text, nbytes);
  bool begins = true; /* a word */
  bool goes_on = false;
  for (const char *p = sentence; *p;) {
    gsize run = begins ? shouted_run(p, lexicon, goes_on) : 0;
    goes_on = run > 0 || (goes_on && !g_unichar_islower(g_utf8_get_char(p)));
    g_autofree char *calmed = run ? g_utf8_strdown(p, (gssize)run) : NULL;
    gsize n = run ? run : (gsize)(g_utf8_next_char(p) - p);
    g_string_append_len(out, calmed ? calmed : p, calmed ? -1 : (gssize)n);
    /* Not after a number: "29190 PLEYBEN CEDEX" is a place, which the rules know by its capitals. */
    begins = run == 0 && strchr(" (\"\n", *p) && !(p > sentence && g_ascii_isdigit(p[-1]));
    p += n;
  }
}

/* Titles and streets that only their capital tells from a word, and the name after a title: "le Dr Henry". */
static char *give_titles_back(const char *small) {
  static const char *const before_names[] = {"dr", "dra", "mr", "mrs", "st", "ste", "mgr", "cllr", "rev", "prof", NULL};
  static const char *const after_names[] = {"rd", "ave", "st", NULL};
  static const char *const no_names[] = {"is",     "was",   "are", "will", "at", "on",   "from",
                                         "to",     "and",   "in",  "for",  "by", "or",   "has",
                                         "closed", "open",  "est", "sera", "et", "sont", "near",
                                         "with",   "until", "the", "this", "no", NULL}; /* "high st is closed" */
  g_auto(GStrv) words = g_strsplit(small, " ", -1);
  static const char *const days[] = {"mon",  "tue",   "tues", "wed", "weds", "thu",
                                     "thur", "thurs", "fri",  "sat", "sun",  NULL};
  static const char *const months[] = {"jan", "feb",  "mar", "apr", "jun", "jul", "aug",
                                       "sep", "sept", "oct", "nov", "dec", NULL};
  bool is_name = false, after_digit = false;
  for (char **word = words; *word; word++) {
    g_autofree char *bare = g_strndup(*word, strcspn(*word, ".,;:!?"));
    bool is_monsieur = strcmp(bare, "m") == 0 && (*word)[1] == '.';
    bool is_title = (is_monsieur || g_strv_contains(before_names, bare)) && !strpbrk(*word, ",;:!?") && word[1] &&
                    !g_strv_contains(no_names, word[1]);
    bool before_digit = word[1] && g_ascii_isdigit(*word[1]);
    bool is_date = (before_digit && g_strv_contains(days, bare)) ||
                   ((before_digit || after_digit) && g_strv_contains(months, bare));
    after_digit = g_ascii_isdigit(**word);
    if (is_name || is_title || is_date || g_strv_contains(after_names, bare)) {
      g_autofree char *first = g_utf8_substring(*word, 0, **word ? 1 : 0);
      g_autofree char *capital = g_utf8_strup(first, -1);
      char *named = g_strconcat(capital, *word + strlen(first), NULL);
      g_free(*word);
      *word = named;
    }
    is_name = is_title;
  }
  return g_strjoinv(" ", words);
}

char *calm_text(const char *text, const Lexicon *lexicon) {
  GString *calmed = g_string_new(NULL);
  bool shouted = false;
  for (gsize n; *text; text += n) {
    n = sentence_length(text);
    shouted = shouts(text, n, shouted);
    if (shouted) {
      g_autofree char *small = g_utf8_strdown(text, (gssize)n);
      g_autofree char *titled = give_titles_back(small);
      g_string_append(calmed, titled);
    } else {
      append_calmed_words(calmed, text, n, lexicon);
    }
  }
  return g_string_free(calmed, FALSE);
}

#include "speech/doubt.h"

#include "base/i18n.h"
#include "base/text.h"
#include "speech/calm.h"
#include "speech/lexicon_context.h"
#include "speech/normalise.h"

#include <string.h>

#define LEAST_LETTERS_OF_A_SIGLE 3 /* "JF" are somebody's initials */
#define CONTEXT_CHARACTERS 30      /* on each side */

/* --- what is doubtful, by language ----------------------------------------------- */

typedef enum { ANYWHERE, AT_START, AT_END } Where;

/* Letters that the language's own words do not have there; small. */
typedef struct {
  const char *letters;
  Where where;
  const char *own;      /* but for words that hold one of these, between spaces */
  const char *language; /* that says such words well; NULL: none that eSpeak speaks */
} Shape;

#define NO_MORE                                                                                                        \
  { NULL, ANYWHERE, NULL, NULL }

static const Shape spellings_fr[] = {
    {"ing", AT_END, " oing eing camping ", "en"},
    {"ings", AT_END, " oings eings campings ", "en"},
    {"oo", ANYWHERE, " alcool coop coord zoo épizoo oolit oocyt boolé shampoo ", "en"},
    {"ee", ANYWHERE, "", "en"},
    {"ea", ANYWHERE, " eau gea jean ", "en"},
    {"sh", ANYWHERE, " désh shomme shamp short flash smash ", "en"},
    {"igh", ANYWHERE, " malpighi ", "en"},
    {"w", ANYWHERE, " wagon watt wallon kiwi clown western sandwich interview tramway darwin twist talweg swastika ",
     "en"},
    {"aa", ANYWHERE, "", NULL},
    {"kk", ANYWHERE, " akkad ", NULL},
    {"vv", ANYWHERE, "", NULL},
    NO_MORE,
};
static const Shape spellings_es[] = {
    {"sh", ANYWHERE, "", "en"}, {"ck", ANYWHERE, "", "en"}, {"ph", ANYWHERE, "", "en"},
    {"th", ANYWHERE, "", "en"}, {"w", ANYWHERE, "", "en"},  NO_MORE,
};
static const Shape spellings_none[] = {NO_MORE};

/* Of names of the country, which French spelling misleads. */
static const Shape regional_fr[] = {
    {"c'h", ANYWHERE, "", NULL},
    {"zh", ANYWHERE, "", NULL},
    {"tx", ANYWHERE, "", "eu"},
    {"itz", ANYWHERE, " itzer ", "eu"},
    {"lh", AT_END, "", NULL},
    {"nh", AT_END, "", NULL},
    {"lha", AT_END, "", NULL},
    {"nha", AT_END, "", NULL},
    {"lhac", AT_END, "", NULL},
    {"nhac", AT_END, "", NULL},
    NO_MORE,
};

typedef struct {
  const char *language;
  const char *letters; /* beyond a to z */
  const Shape *spellings, *regional;
  const char *before_things; /* a name after one of these is no person's: "sur Facebook" */
  const char *without_vowel; /* words that have none */
} Language;

static const Language languages[] = {
    {"fr", "àâçéèêëîïôùûüÿœæ", spellings_fr, regional_fr,
     " le la les l un une du des au aux d sur via ce cet cette ces notre votre leur mon ma ",
     " brr brrr pst pff pfff hm hmm chh fr bzh tv "},
    {"en", "éèêçïñö", spellings_none, spellings_none, " ", " hm hmm shh psst nth "},
    {"es", "áéíñóúü", spellings_es, spellings_none, " el la los las un una del al en ", " hm pst "},
};

static const Language *language_of(const char *tag) {
  static const Language other = {"", NULL, spellings_none, spellings_none, " ", " "};
  for (guint i = 0; i < G_N_ELEMENTS(languages); i++) {
    if (g_ascii_strncasecmp(tag, languages[i].language, 2) == 0 && !g_ascii_isalpha(tag[2])) {
      return &languages[i];
    }
  }
  return &other;
}

static bool is_listed(const char *list, const char *word) {
  g_autofree char *wanted = g_strdup_printf(" %s ", word);
  return strstr(list, wanted) != NULL;
}

/* --- a word's shape ---------------------------------------------------------------- */

typedef struct {
  guint letters, capitals, digits, marks, vowels;
  guint turns;         /* from letters to digits and back */
  bool capital_inside; /* after a small letter */
  bool begins_capital;
} Form;

static bool is_vowel(gunichar c) {
  return c >= 0x80 || strchr("aeiouyAEIOUY", (int)c);
}

static Form form_of(const char *word) {
  Form form = {0};
  bool was_digit = false, was_small = false;
  for (const char *p = word; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    bool is_digit = g_unichar_isdigit(c), is_capital = g_unichar_isupper(c);
    form.turns += p > word && is_digit != was_digit ? 1 : 0;
    form.digits += is_digit ? 1 : 0;
    form.letters += g_unichar_isalpha(c) ? 1 : 0;
    form.capitals += is_capital ? 1 : 0;
    form.vowels += g_unichar_isalpha(c) && is_vowel(c) ? 1 : 0;
    form.capital_inside |= is_capital && was_small;
    form.begins_capital |= is_capital && p == word;
    was_digit = is_digit;
    was_small = g_unichar_islower(c);
  }
  return form;
}

/* The first of its letters that the language has not. Returns (g_free), NULL: it has them all. */
static char *foreign_letter(const Language *language, const char *word) {
  for (const char *p = word; language->letters && *p; p = g_utf8_next_char(p)) {
    gunichar c = g_unichar_tolower(g_utf8_get_char(p));
    if (g_unichar_isalpha(c) && c >= 0x80 && !g_utf8_strchr(language->letters, -1, c)) {
      return g_strndup(p, (gsize)(g_utf8_next_char(p) - p));
    }
  }
  return NULL;
}

static const Shape *find_shape(const Shape *shapes, const char *small) {
  for (const Shape *shape = shapes; shape->letters; shape++) {
    bool has = shape->where == ANYWHERE   ? strstr(small, shape->letters) != NULL
               : shape->where == AT_START ? g_str_has_prefix(small, shape->letters)
                                          : g_str_has_suffix(small, shape->letters);
    g_auto(GStrv) own = g_strsplit(shape->own, " ", -1);
    for (guint i = 0; has && own[i]; i++) {
      has = !*own[i] || !strstr(small, own[i]);
    }
    if (has) {
      return shape;
    }
  }
  return NULL;
}

/* --- a word's place ------------------------------------------------------------------ */

/* The text, and what was found in it. */
typedef struct {
  const char *text;
  const Language *language;
  GHashTable *places; /* word, as it is written and in small letters → GSIZE of its first place, + 1 */
  GHashTable *known;  /* word → Doubt*, or NULL: none (borrowed) */
  GPtrArray *doubts;
  const char *at; /* where `line` and `column` are */
  guint line, column;
} Search;

static void index_words(Search *search) {
  for (const char *p = search->text; *p;) {
    const char *start = p;
    while (*p && context_is_word_character(g_utf8_get_char(p))) {
      p = g_utf8_next_char(p);
    }
    if (p == start) {
      p = g_utf8_next_char(p);
      continue;
    }
    char *word = g_strndup(start, (gsize)(p - start)), *small = g_utf8_strdown(word, -1);
    gpointer place = GSIZE_TO_POINTER((gsize)(start - search->text) + 1);
    if (g_hash_table_contains(search->places, small)) {
      g_free(small);
    } else {
      g_hash_table_insert(search->places, small, place);
    }
    if (g_hash_table_contains(search->places, word)) {
      g_free(word);
    } else {
      g_hash_table_insert(search->places, word, place);
    }
  }
}

/* Where the text has it, NULL: a rule made it. */
static const char *place_of(const Search *search, const char *word) {
  g_autofree char *small = g_utf8_strdown(word, -1);
  gsize place = GPOINTER_TO_SIZE(g_hash_table_lookup(search->places, word));
  place = place ? place : GPOINTER_TO_SIZE(g_hash_table_lookup(search->places, small));
  return place ? search->text + place - 1 : NULL;
}

static bool is_apostrophe(gunichar c) {
  return c == '\'' || c == 0x2019;
}

/* The word before `at`, over one space, hyphen or apostrophe. Returns (g_free), "" none. */
static char *word_before(const Search *search, const char *at) {
  const char *end = at > search->text ? g_utf8_prev_char(at) : at;
  gunichar between = end < at ? g_utf8_get_char(end) : 0;
  if (!between || !(g_unichar_isspace(between) || between == '-' || between == '.' || is_apostrophe(between))) {
    return g_strdup("");
  }
  /* "M. Briand" */
  const char *dot = end > search->text && between == ' ' ? g_utf8_prev_char(end) : end;
  end = dot < end && *dot == '.' ? dot : end;
  const char *start = end;
  while (start > search->text && context_is_word_character(g_utf8_get_char(g_utf8_prev_char(start)))) {
    start = g_utf8_prev_char(start);
  }
  bool ends_sentence = *end == '.' && g_utf8_strlen(start, end - start) > 3;
  return ends_sentence ? g_strdup("") : g_strndup(start, (gsize)(end - start));
}

static bool capital_follows(const char *after) {
  gunichar between = g_utf8_get_char(after);
  return (between == ' ' || between == '-' || between == 0xa0) &&
         g_unichar_isupper(g_utf8_get_char(g_utf8_next_char(after)));
}

/* Capitals side by side: "Anne Riou". */
static bool is_full_name(const Search *search, const char *at, gsize nbytes) {
  g_autofree char *before = word_before(search, at);
  return g_unichar_isupper(g_utf8_get_char(before)) || capital_follows(at + nbytes);
}

/* May a word with a capital be no person: "sur Facebook"? */
static bool is_thing(const Search *search, const char *at) {
  g_autofree char *before = word_before(search, at); /* in small letters: "Le" may be part of the name */
  return *before && is_listed(search->language->before_things, before);
}

/* "Penmarc'h" is two words of the normaliser's. */
static char *with_breton_end(const char *word, const char *after) {
  const char *next = is_apostrophe(g_utf8_get_char(after)) ? g_utf8_next_char(after) : NULL;
  bool is_breton = next && (*next == 'h' || *next == 'H') && g_str_has_suffix(word, "c");
  return is_breton ? g_strconcat(word, "'h", NULL) : g_strdup(word);
}

/* --- judging --------------------------------------------------------------------------- */

static Doubt *doubt_new(DoubtReason reason, const char *detail, const char *language) {
  Doubt *doubt = g_new0(Doubt, 1);
  doubt->reason = reason;
  doubt->detail = g_strdup(detail);
  doubt->language = language;
  return doubt;
}

static Doubt *judge_name(const Search *search, const char *word, const char *at, bool begins_capital) {
  bool may_be_regional = begins_capital && !is_full_name(search, at, strlen(word));
  g_autofree char *whole = with_breton_end(word, at + strlen(word));
  g_autofree char *small = g_utf8_strdown(whole, -1);
  const Shape *shape = may_be_regional ? find_shape(search->language->regional, small) : NULL;
  if (shape) {
    return doubt_new(DOUBT_REGIONAL, shape->letters, shape->language);
  }
  bool may_be_foreign = !begins_capital || (is_thing(search, at) && !capital_follows(at + strlen(word)));
  shape = may_be_foreign ? find_shape(search->language->spellings, small) : NULL;
  return shape ? doubt_new(DOUBT_SPELLING, shape->letters, shape->language) : NULL;
}

/* Returns (doubt_free), NULL: it is read well, as far as letters tell. */
static Doubt *judge(const Search *search, const char *word, const char *at) {
  Form form = form_of(word);
  if (form.letters < 2 && form.turns < 2) {
    return NULL; /* a number, "l", "5G" */
  }
  if (form.digits > 0) { /* "RN12" and "12b" are read as they should be */
    bool is_read = form.turns < 2 && (form.capitals == form.letters || form.letters == 1);
    return is_read ? NULL : doubt_new(DOUBT_DIGITS, "", NULL);
  }
  g_autofree char *letter = foreign_letter(search->language, word);
  if (letter) {
    return doubt_new(DOUBT_LETTER, letter, NULL);
  }
  bool is_plural = form.capitals + 1 == form.letters && g_str_has_suffix(word, "s");
  if (form.capitals >= 2 && (form.capitals == form.letters || is_plural)) {
    g_autofree char *sigle = g_strndup(word, strlen(word) - (is_plural ? 1 : 0));
    bool is_word = calm_reads_as_word(sigle, strlen(sigle), form.capitals);
    return is_word || form.capitals < LEAST_LETTERS_OF_A_SIGLE ? NULL : doubt_new(DOUBT_SIGLE, "", NULL);
  }
  if (form.capital_inside || form.capitals > 1) {
    return doubt_new(DOUBT_MIXED, "", NULL);
  }
  g_autofree char *small = g_utf8_strdown(word, -1);
  if (form.vowels == 0 && !is_listed(search->language->without_vowel, small)) {
    return doubt_new(DOUBT_VOWEL, "", NULL);
  }
  return judge_name(search, word, at, form.begins_capital);
}

/* --- the text ----------------------------------------------------------------------------- */

/* Goes on from the last one, which most are behind. */
static void find_line(Search *search, const char *at) {
  if (at < search->at) {
    search->at = search->text;
    search->line = search->column = 1;
  }
  for (; search->at < at; search->at = g_utf8_next_char(search->at)) {
    search->line += *search->at == '\n';
    search->column = *search->at == '\n' ? 1 : search->column + 1;
  }
}

static void set_place(Search *search, Doubt *doubt, const char *at) {
  find_line(search, at);
  doubt->line = search->line;
  doubt->column = search->column;
  gsize nbytes = strlen(doubt->word);
  const char *from = at, *to = at + MIN(nbytes, strlen(at));
  for (guint i = 0; i < CONTEXT_CHARACTERS && from > search->text && from[-1] != '\n'; i++) {
    from = g_utf8_prev_char(from);
  }
  for (guint i = 0; i < CONTEXT_CHARACTERS && *to && *to != '\n'; i++) {
    to = g_utf8_next_char(to);
  }
  g_autofree char *around = g_strndup(from, (gsize)(to - from));
  g_autofree char *squeezed = text_squeeze(around);
  bool is_begun = from > search->text && from[-1] != '\n', goes_on = *to && *to != '\n';
  doubt->context = g_strdup_printf("%s%s%s", is_begun ? "…" : "", squeezed, goes_on ? "…" : "");
}

/* A WordSeen. */
static void see_word(const char *bytes, gsize nbytes, gpointer user) {
  Search *search = user;
  g_autofree char *word = g_strndup(bytes, nbytes);
  gpointer known;
  if (g_hash_table_lookup_extended(search->known, word, NULL, &known)) {
    if (known) {
      ((Doubt *)known)->times++;
    }
    return;
  }
  const char *at = place_of(search, word);
  Doubt *doubt = at ? judge(search, word, at) : NULL;
  if (doubt) {
    doubt->word = with_breton_end(word, at + strlen(word));
    doubt->times = 1;
    set_place(search, doubt, at);
    g_ptr_array_add(search->doubts, doubt);
  }
  g_hash_table_insert(search->known, g_steal_pointer(&word), doubt);
}

static gint compare_places(gconstpointer a, gconstpointer b) {
  const Doubt *const *x = a, *const *y = b;
  gint lines = (*x)->line < (*y)->line ? -1 : (*x)->line > (*y)->line;
  return lines ? lines : (*x)->column < (*y)->column ? -1 : (*x)->column > (*y)->column;
}

GPtrArray *doubts_find(const char *text, const char *language, const Lexicon *lexicon) {
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  g_autofree char *nfc = text_nfc(valid);
  Search search = {.text = nfc, .language = language_of(language), .at = nfc, .line = 1, .column = 1};
  search.places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  search.known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  search.doubts = g_ptr_array_new_with_free_func((GDestroyNotify)doubt_free);
  index_words(&search);
  g_free(normalise_watched(text, language, lexicon, NULL, see_word, &search));
  g_ptr_array_sort(search.doubts, compare_places);
  g_hash_table_unref(search.known);
  g_hash_table_unref(search.places);
  return search.doubts;
}

void doubt_free(Doubt *doubt) {
  if (doubt) {
    g_free(doubt->word);
    g_free(doubt->detail);
    g_free(doubt->context);
    g_free(doubt);
  }
}

/* --- telling ------------------------------------------------------------------------------- */

static const struct {
  const char *name, *reason;
} reasons[DOUBT_COUNT] = {
    [DOUBT_SIGLE] = {"sigle", N_("a sigle that the lexicon does not know: it is spelled letter by letter")},
    [DOUBT_LETTER] = {"letter", N_("a letter that the language has not")},
    [DOUBT_MIXED] = {"mixed", N_("a capital inside a word")},
    [DOUBT_DIGITS] = {"digits", N_("digits inside a word")},
    [DOUBT_VOWEL] = {"vowel", N_("a word without a vowel")},
    [DOUBT_SPELLING] = {"spelling", N_("spelled as in another language")},
    [DOUBT_REGIONAL] = {"regional", N_("a name of another language of the country")},
};

const char *doubt_reason(const Doubt *doubt) {
  return _(reasons[doubt->reason].reason);
}

const char *doubt_reason_name(DoubtReason reason) {
  return reasons[reason].name;
}

bool doubt_is_settled(const Doubt *doubt, const char *ipa) {
  return doubt->reason == DOUBT_SPELLING && strchr(ipa, '(');
}

/* "iPhone" → "i phone", "OpenStreetMap" → "open street map". */
static char *words_of_mixed(const char *word) {
  GString *words = g_string_new(NULL);
  bool was_small = false;
  for (const char *p = word; *p; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    g_string_append(words, g_unichar_isupper(c) && was_small ? " " : "");
    g_string_append_unichar(words, g_unichar_tolower(c));
    was_small = g_unichar_islower(c);
  }
  return g_string_free(words, FALSE);
}

char *doubt_remedy(const Doubt *doubt) {
  if (doubt->reason == DOUBT_SIGLE && !g_str_has_suffix(doubt->word, "s")) {
    return g_strdup("--spell");
  }
  if (doubt->reason == DOUBT_MIXED) {
    g_autofree char *words = words_of_mixed(doubt->word);
    return g_strdup_printf("--say \"%s\"", words);
  }
  return doubt->language ? g_strdup_printf("--language %s", doubt->language) : g_strdup("--say \"…\"");
}

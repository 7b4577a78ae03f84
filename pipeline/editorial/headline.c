/* Short names for an entry: on screens, and among the headlines. */
#include "editorial/phrases.h"

#include "base/language.h"
#include "base/text.h"
#include "editorial/names.h"

#include <string.h>

#define BYTES_MOST 4000
#define WORDS_MOST 14
#define COLUMNS_MOST 100
#define WORDS_LEAST 3 /* fewer before a comma is no thought */

static bool may_name(const Entry *entry) {
  return entry->attribution == ATTRIBUTION_FULL;
}

/* Addresses are not read and not shown. Returns (g_free). */
static char *without_addresses(const char *text) {
  g_autofree char *squeezed = text_squeeze(text);
  g_auto(GStrv) words = g_strsplit(squeezed, " ", -1);
  GString *out = g_string_new(NULL);
  for (guint i = 0; words[i] != NULL; i++) {
    if (strstr(words[i], "://") != NULL || g_str_has_prefix(words[i], "www."))
      continue;
    if (out->len > 0)
      g_string_append_c(out, ' ');
    g_string_append(out, words[i]);
  }
  return g_string_free(out, FALSE);
}

/* The beginning of a text, so that a book in one entry costs no more than a note. Returns (g_free). */
static char *beginning(const char *text) {
  g_autofree char *head = text_head(text, BYTES_MOST);
  return without_addresses(head);
}

static void trim_end(char *text) {
  gsize n = strlen(text);
  while (n > 0 && strchr(" .,;:!-(", text[n - 1]) != NULL)
    text[--n] = '\0';
}

/* At most so many columns, cut between two words. Returns (g_free). */
static char *cut_at_word(const char *text, guint columns) {
  if (text_columns(text) <= columns)
    return g_strdup(text);
  g_auto(GStrv) words = g_strsplit(text, " ", -1);
  g_autoptr(GString) out = g_string_new(NULL);
  /* Ends before the last word: all of them are too wide. */
  for (guint i = 0; text_columns(out->str) + text_columns(words[i]) + 2 <= columns; i++) {
    if (out->len > 0)
      g_string_append_c(out, ' ');
    g_string_append(out, words[i]);
  }
  if (out->len == 0)
    return text_ellipsize(text, columns);
  trim_end(out->str);
  return g_strconcat(out->str, "…", NULL);
}

/* The kind as listeners read it; other languages see the English word. */
static const struct {
  const char *language, *kinds[KIND_COUNT];
} KIND_WORDS[] = {{"fr", {"question", "problème", "expérience", "ressource", "idée", "ressenti", "annonce", "alerte"}},
                  {"es", {"pregunta", "problema", "experiencia", "recurso", "idea", "sentir", "anuncio", "alerta"}}};

static const char *kind_word(const Entry *entry) {
  for (gsize i = 0; i < G_N_ELEMENTS(KIND_WORDS); i++)
    if (language_same(entry->language, KIND_WORDS[i].language))
      return KIND_WORDS[i].kinds[entry->kind];
  return entry_kind_name(entry->kind);
}

static char *kind_and_place(const Entry *entry) {
  const char *kind = kind_word(entry), *place = entry_said_place(entry);
  g_autofree char *name = g_strjoin(", ", kind, place, NULL);
  g_autofree char *capital = text_capitalise(name);
  return cut_at_word(capital, PHRASES_TITLE_COLUMNS);
}

char *phrase_title(const Entry *entry) {
  const char *source = entry->title != NULL && *entry->title != '\0' ? entry->title : entry->text;
  g_autofree char *text = beginning(source == NULL ? "" : source);
  g_autofree char *title = cut_at_word(text, PHRASES_TITLE_COLUMNS);
  if (g_str_has_suffix(title, ".") && !g_str_has_suffix(title, ".."))
    trim_end(title);
  if (*title == '\0' || (!may_name(entry) && names_hold_author(title, entry->author)))
    return kind_and_place(entry);
  return text_capitalise(title);
}

static guint count_words(const char *text) {
  g_auto(GStrv) words = g_strsplit(text, " ", -1);
  return g_strv_length(words);
}

static bool is_short(const char *text) {
  return count_words(text) <= WORDS_MOST && text_columns(text) <= COLUMNS_MOST;
}

/* A bracket or a quotation that is opened and not closed is half a thought. */
static bool is_balanced(const char *text) {
  int brackets = 0, quotes = 0, straight = 0;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    brackets += (c == '(') - (c == ')');
    quotes += (c == 0xAB || c == 0x201C) - (c == 0xBB || c == 0x201D);
    straight += c == '"';
  }
  return brackets == 0 && quotes == 0 && straight % 2 == 0;
}

/* Folded first words of a clause that only prepares the next one ("Si la mer monte, …"). */
static const char *const WAITING_OPENINGS[] = {
    "dans",   "pour",  "avec",  "si",   "quand", "comme",  "suite",   "apres", "avant", "en",   "depuis", "sur",
    "chez",   "selon", "lors",  "sans", "face",  "malgre", "puisque", "when",  "if",    "in",   "with",   "after",
    "before", "for",   "since", "on",   "to",    "cuando", "para",    "con",   "desde", "tras", "segun",  NULL};

static bool opens_with_one_of(const char *words, const char *const *openings) {
  g_autofree char *folded = text_fold(words);
  folded[strcspn(folded, " ")] = '\0';
  return g_strv_contains(openings, folded);
}

/* Folded first words of what is a sentence, not a heading: half a heading is no headline. */
static const char *const SENTENCE_OPENINGS[] = {
    "le",    "la",      "les",     "l",         "un",      "une",     "des",  "du",     "cet",   "cette",  "ces",
    "mon",   "ma",      "mes",     "notre",     "nos",     "votre",   "vos",  "leur",   "leurs", "on",     "il",
    "elle",  "ils",     "elles",   "nous",      "vous",    "je",      "j",    "qui",    "que",   "quel",   "quelle",
    "quels", "quelles", "comment", "pourquoi",  "combien", "peut",    "faut", "chaque", "aucun", "aucune", "tout",
    "tous",  "toute",   "toutes",  "plusieurs", "deux",    "trois",   "hier", "demain", "chez",  "the",    "a",
    "an",    "we",      "i",       "you",       "he",      "she",     "it",   "they",   "there", "this",   "that",
    "these", "our",     "my",      "his",       "her",     "who",     "what", "where",  "how",   "does",   "do",
    "can",   "could",   "is",      "are",       "let",     "el",      "los",  "las",    "una",   "hay",    "quien",
    "donde", "como",    "cuando",  "hemos",     "nuestra", "nuestro", NULL};

/* Short forms of notes: said in full on air, but no headline. Folded. */
static const char *const SHORT_FORMS[] = {"bcp",  "pb",    "pbs",   "cf", "orga", "orgas", "qqn", "qqch",
                                          "qq",   "svt",   "tjs",   "ds", "pdt",  "cad",   "tt",  "tte",
                                          "ordi", "perso", "innov", "nb", "ya",   "asap",  "re",  NULL};
/* Sigles that every listener knows. */
static const char *const KNOWN_SIGLES[] = {"RDV",  "SNCF", "EHPAD", "CAF", "USB", "TV",  "SMS", "OK",  "CCAS",
                                           "SMIC", "PMI",  "TGV",   "TER", "BBC", "NHS", "UK",  "USA", "ONG",
                                           "SAMU", "EDF",  "HLM",   "GPS", "CD",  "DVD", NULL};

static bool is_sigle(const char *word) {
  guint capitals = 0;
  for (const char *at = word; *at != '\0'; at++) {
    capitals += g_ascii_isupper(*at) ? 1 : 0;
    if (!g_ascii_isupper(*at))
      return false;
  }
  return capitals >= 2;
}

/* "=", "bcp", a sigle that few know: not understood without the rest. */
static bool needs_explaining(const char *text) {
  if (strpbrk(text, "=@+<>#_/") != NULL)
    return true;
  g_auto(GStrv) words = g_strsplit_set(text, " .,;:!?()'\"-", -1);
  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *folded = text_fold(words[i]);
    const char *apostrophe = strstr(words[i], "\342\200\231"); /* "l’EHPAD" */
    const char *word = apostrophe == NULL ? words[i] : apostrophe + 3;
    if (g_strv_contains(SHORT_FORMS, folded) || (is_sigle(word) && !g_strv_contains(KNOWN_SIGLES, word)))
      return true;
  }
  return false;
}

/* The longest beginning that ends where a clause ends. Returns (g_free), or NULL. */
static char *first_clause(const char *sentence) {
  const char *best = NULL;
  if (opens_with_one_of(sentence, WAITING_OPENINGS) || !opens_with_one_of(sentence, SENTENCE_OPENINGS))
    return NULL;
  for (const char *at = sentence; *at != '\0'; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    if (c != ',' && c != ';' && c != ':' && c != 0x2013 && c != '(')
      continue;
    g_autofree char *clause = g_strndup(sentence, (gsize)(at - sentence));
    trim_end(clause);
    if (!is_short(clause))
      break;
    bool at_gap = c == '(' || g_ascii_isspace(*g_utf8_next_char(at)); /* not "1,5" nor "12:30" */
    if (at_gap && count_words(clause) >= WORDS_LEAST && is_balanced(clause))
      best = at;
    if (c == ':' && at_gap) /* what follows is a list, or the reason: not half of it */
      break;
  }
  if (best == NULL)
    return NULL;
  char *clause = g_strndup(sentence, (gsize)(best - sentence));
  trim_end(clause);
  return clause;
}

/* Folded first words after which the one who speaks is missing ("ne sait pas…"). */
static const char *const BAD_OPENINGS[] = {
    "ne",   "n",   "a",    "est", "sont", "et",   "mais", "ou",   "donc", "car",  "se",   "s",        "puis",
    "ont",  "cf",  "idem", "and", "but",  "ce",   "c",    "cela", "ca",   "lien", "voir", "remarque", "question",
    "link", "see", "or",   "is",  "has",  "does", "then", "y",    "pero", "no",   NULL};

bool phrase_headline_is_clean(const Entry *entry) {
  if (entry->title != NULL && *entry->title != '\0')
    return true;
  return entry->text != NULL && !g_unichar_islower(g_utf8_get_char(entry->text));
}

/* Title, first sentence or first clause. Returns (g_free), or NULL. */
static char *short_form(const Entry *entry) {
  if (entry->title != NULL && *entry->title != '\0') {
    g_autofree char *title = beginning(entry->title);
    if (*title != '\0' && is_short(title) && strchr(title, '=') == NULL)
      return g_steal_pointer(&title);
  }
  g_autofree char *text = beginning(entry->text == NULL ? "" : entry->text);
  g_auto(GStrv) sentences = text_sentences(text, entry->language);
  if (sentences[0] == NULL)
    return NULL;
  bool is_note = g_unichar_islower(g_utf8_get_char(text)) && !opens_with_one_of(text, SENTENCE_OPENINGS);
  if (is_note || needs_explaining(sentences[0]))
    return NULL;
  if (is_short(sentences[0]) && is_balanced(sentences[0]))
    return g_strdup(sentences[0]);
  return first_clause(sentences[0]);
}

/* Not said twice before an editor has looked at it. */
static bool holds_a_name(const Entry *entry, const char *words) {
  if (may_name(entry))
    return false;
  g_autofree char *found = names_find(words, entry->author, entry->place);
  return found != NULL || names_hold_author(words, entry->author);
}

char *phrase_headline(const Entry *entry) {
  g_autofree char *words = short_form(entry);
  if (words == NULL || count_words(words) < 2 || opens_with_one_of(words, BAD_OPENINGS) || holds_a_name(entry, words))
    return NULL;
  gunichar last = g_utf8_get_char(g_utf8_prev_char(words + strlen(words)));
  if (last == '?' || last == '!' || last == 0x2026)
    return text_capitalise(words);
  trim_end(words);
  g_autofree char *capital = text_capitalise(words);
  return g_strconcat(capital, ".", NULL);
}

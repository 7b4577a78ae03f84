#include "sources/person.h"

#include "base/text.h"
#include "sources/words.h"

#include <string.h>

#define MOST_TOKENS 20
#define MOST_DETAIL 12

typedef struct {
  char *word, *folded;
  guint letters;
  bool capital; /* begins with a capital */
  bool upper;   /* two letters or more, all capitals */
} Token;

static void token_clear(gpointer data) {
  Token *token = data;
  g_free(token->word);
  g_free(token->folded);
}

static GArray *tokens_of(const char *text) {
  GArray *tokens = g_array_new(FALSE, TRUE, sizeof(Token));
  g_array_set_clear_func(tokens, token_clear);
  g_auto(GStrv) words = g_strsplit(text, " ", MOST_TOKENS);
  for (guint i = 0; words[i] != NULL; i++) {
    if (*words[i] == '\0') {
      continue;
    }
    Token token = {.word = g_strdup(words[i]), .folded = text_fold(words[i]), .upper = true};
    token.capital = g_unichar_isupper(g_utf8_get_char(words[i]));
    for (const char *p = words[i]; *p != '\0'; p = g_utf8_next_char(p)) {
      gunichar c = g_utf8_get_char(p);
      token.letters += g_unichar_isalpha(c) ? 1 : 0;
      token.upper = token.upper && !g_unichar_islower(c) && !g_unichar_isdigit(c);
    }
    token.upper = token.upper && token.letters >= 2;
    g_array_append_val(tokens, token);
  }
  return tokens;
}

static const Token *at(const GArray *tokens, guint i) {
  return i < tokens->len ? &g_array_index(tokens, Token, i) : NULL;
}

/* "Marie", "Jacques-François", "Marie." */
static bool is_given(const Token *token) {
  g_autofree char *first = g_strndup(token->folded, strcspn(token->folded, " "));
  return word_is(WORD_GIVEN, first);
}

static bool is_honorific(const Token *token) {
  static const char *const honorifics[] = {"m",        "mr",      "mme",    "mlle",   "mrs",   "ms",   "miss",
                                           "dr",       "pr",      "sr",     "sra",    "don",   "dona", "madame",
                                           "monsieur", "docteur", "doctor", "senora", "senor", NULL};
  return token->capital && g_strv_contains(honorifics, token->folded);
}

static bool is_particle(const Token *token) {
  static const char *const particles[] = {"de",  "du", "des", "le",  "la", "d",   "ben", "el",  "al", "van",
                                          "von", "da", "dos", "del", "di", "mac", "bin", "der", NULL};
  return g_strv_contains(particles, token->folded);
}

static bool is_preposition(const Token *token) {
  static const char *const prepositions[] = {"à",  "À",  "de", "d'", "du", "des",  "from", "in",
                                             "of", "en", "at", "@",  "a",  "chez", NULL};
  return g_strv_contains(prepositions, token->word) || g_str_has_prefix(token->word, "d'") ||
         g_str_has_prefix(token->word, "d’") || g_str_has_prefix(token->word, "l'");
}

static bool is_and(const Token *token) {
  static const char *const ands[] = {"et", "and", "y", "&", "+", "/", NULL};
  return g_strv_contains(ands, token->word);
}

static bool is_described(const Token *token) {
  return token->upper || word_is(WORD_ROLE, token->folded) || word_is(WORD_ORG, token->folded) || is_preposition(token);
}

static bool first_is(WordList list, const Token *token) {
  g_autofree char *first = g_strndup(token->folded, strcspn(token->folded, " "));
  return word_is(list, token->folded) || word_is(list, first);
}

static bool is_plain_capital(const Token *token) {
  return token->capital && token->letters > 0 && strpbrk(token->word, "0123456789@#_=\"?!") == NULL &&
         !first_is(WORD_COMMON, token) && !first_is(WORD_ORG, token) && !word_is(WORD_ROLE, token->folded);
}

/* A lone word that ends as French and English common nouns do. */
static bool ends_as_noun(const Token *token) {
  static const char *const endings[] = {"s",    "x",   "tion", "sion", "ment", "age",   "ite",  "ence", "ance",
                                        "isme", "eur", "euse", "ique", "ing",  "ness",  "ure",  "aire", "oire",
                                        "erie", "ail", "pad",  "cion", "dad",  "phone", "ware", "net",  NULL};
  for (guint i = 0; endings[i] != NULL; i++) {
    if (g_str_has_suffix(token->folded, endings[i])) {
      return true;
    }
  }
  return false;
}

static bool is_known(GHashTable *known, const char *folded) {
  return known != NULL && g_hash_table_contains(known, folded);
}

/* How many tokens from `start` are one name; `sure` when its first is known as one. */
static guint name_length(const GArray *tokens, guint start, GHashTable *known, bool *sure) {
  guint i = start;
  const Token *first = at(tokens, i);
  if (first == NULL || first->letters == 0) {
    return 0;
  }
  const Token *next = at(tokens, i + 1);
  *sure = false;
  if ((is_honorific(first) || (first->letters <= 2 && first->upper + first->capital > 0 && first->letters == 1)) &&
      next != NULL && (is_plain_capital(next) || is_given(next)) && (!next->upper || next->letters > 2)) {
    *sure = true;
    i += 2;
  } else if (is_honorific(first) && next != NULL && next->capital && is_particle(next) && at(tokens, i + 2) != NULL &&
             is_plain_capital(at(tokens, i + 2))) {
    *sure = true; /* "Mme Le Goff" */
    i += 3;
  } else if (is_honorific(first) && next != NULL && next->capital && !next->upper && !is_particle(next)) {
    *sure = true; /* "M. Berger": a name, though a trade has it too */
    i += 2;
  } else if (is_known(known, first->folded) && (first->capital || word_is(WORD_COMMON, first->folded) == false)) {
    *sure = true;
    i++;
  } else if (is_given(first) && first->capital) {
    *sure = true;
    i++;
  } else if (first->upper && next != NULL && is_given(next) && next->capital && !word_is(WORD_ORG, first->folded) &&
             !word_is(WORD_ROLE, first->folded) && !word_is(WORD_COMMON, first->folded)) {
    *sure = true; /* "DUPONT Marie" */
    return 2;
  } else if (is_given(first) && tokens->len == 1 && !word_is(WORD_COMMON, first->folded)) {
    *sure = true; /* "séverine :" */
    return 1;
  } else if (first->upper && first->letters == 2 && tokens->len == 1 && !word_is(WORD_SIGLE, first->folded)) {
    *sure = true; /* "MB :" */
    return 1;
  } else if (is_plain_capital(first) && !first->upper) {
    i++;
  } else {
    return 0;
  }
  for (; i < tokens->len && i - start < 6; i++) {
    const Token *token = at(tokens, i);
    const Token *after = at(tokens, i + 1);
    bool lone_de = i - start == 1 && !token->capital;
    if (is_particle(token) && !lone_de && after != NULL && after->capital && !word_is(WORD_ORG, after->folded) &&
        (token->capital || i - start < 2)) {
      i++;
    } else if (is_known(known, token->folded) && token->capital) {
      continue;
    } else if (token->upper && (token->letters < 3 || i - start > 1 || word_is(WORD_ORG, token->folded) ||
                                word_is(WORD_ROLE, token->folded))) {
      break;
    } else if (!is_plain_capital(token) && !(token->capital && is_given(token))) {
      break;
    }
  }
  return i - start;
}

static char *join_tokens(const GArray *tokens, guint from, guint until) {
  g_autoptr(GString) out = g_string_new(NULL);
  for (guint i = from; i < until && i < tokens->len; i++) {
    g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", at(tokens, i)->word);
  }
  return g_string_free(g_steal_pointer(&out), FALSE);
}

/* Trims what closes a name: blanks, dots (but of initials), commas. */
static char *clean_name(char *name) {
  gsize n = strlen(name);
  while (n > 0 && strchr(" .,;:-", name[n - 1]) != NULL &&
         !(name[n - 1] == '.' && n > 1 && g_ascii_isupper(name[n - 2]))) {
    name[--n] = '\0';
  }
  return name;
}

static bool place_may_start(const Token *token) {
  return token->capital && !token->upper && !word_is(WORD_ORG, token->folded) && !word_is(WORD_ROLE, token->folded) &&
         strpbrk(token->word, ".@0123456789/+") == NULL;
}

/* A segment without comma: after its last "à", "de", "d'", or the whole of it. */
static char *place_of_segment(const char *segment, bool bare) {
  g_autoptr(GArray) tokens = tokens_of(segment);
  static const char *const grounds[] = {"pays", "ile", "vallee", "bourg", "quartier", "canton", NULL};
  if (tokens->len == 0 || tokens->len > 12) {
    return NULL;
  }
  for (guint i = 0; i < tokens->len; i++) {
    /* What an association is called is not where it is. */
    if (g_str_has_prefix(at(tokens, i)->folded, "asso") || strcmp(at(tokens, i)->folded, "collectif") == 0) {
      return NULL;
    }
  }
  for (guint i = tokens->len; i-- > 0;) {
    const Token *token = at(tokens, i);
    const char *joined = g_str_has_prefix(token->word, "d'")   ? token->word + 2
                         : g_str_has_prefix(token->word, "d’") ? token->word + 4
                                                               : NULL;
    if (joined != NULL && i > 0 && g_unichar_isupper(g_utf8_get_char(joined)) &&
        !g_str_has_suffix(at(tokens, i - 1)->word, "e-")) {
      static const char *const before[] = {"pays", "ile", "bourg", "val", NULL};
      if (g_strv_contains(before, at(tokens, i - 1)->folded)) {
        return join_tokens(tokens, i - 1, tokens->len);
      }
      Token tail = {.word = (char *)joined, .folded = text_fold(joined), .capital = true};
      bool org = word_is(WORD_ORG, tail.folded);
      g_free(tail.folded);
      g_autofree char *rest = join_tokens(tokens, i + 1, tokens->len);
      return org ? NULL : g_strstrip(g_strdup_printf("%s %s", joined, rest));
    }
    if (!is_preposition(token) || (i == 0 && bare && token->capital)) {
      continue;
    }
    guint from = i + 1;
    const Token *start = at(tokens, from);
    static const char *const articles[] = {"la", "le", "les", "los", "las", "el", "the", NULL};
    if (start != NULL && g_strv_contains(articles, start->word)) {
      start = at(tokens, ++from);
    }
    if (i > 0 && strcmp(at(tokens, i - 1)->folded, "pays") == 0 && start != NULL && start->capital) {
      return join_tokens(tokens, i - 1, tokens->len);
    }
    if (start != NULL && place_may_start(start) && !word_is(WORD_COMMON, start->folded)) {
      bool keep_article = from == i + 2;
      return join_tokens(tokens, keep_article ? i + 1 : from, tokens->len);
    }
    bool named = start != NULL && start->capital && !start->upper &&
                 (g_str_has_prefix(start->word, "Saint") || g_str_has_prefix(start->word, "La") ||
                  g_str_has_prefix(start->word, "Le"));
    if (named) {
      return join_tokens(tokens, from, tokens->len);
    }
  }
  const Token *first = at(tokens, 0);
  bool ground = g_strv_contains(grounds, first->folded) && tokens->len > 1;
  bool sainted = g_str_has_prefix(first->folded, "saint") || g_str_has_prefix(first->folded, "st ");
  bool article = is_particle(first) && first->capital && tokens->len > 1;
  bool common_first = word_is(WORD_COMMON, first->folded) && !ground && !sainted && !article;
  if (bare && tokens->len <= 6 && !common_first &&
      !(is_given(first) && tokens->len < 3 && strchr(first->word, '-') == NULL) && (place_may_start(first) || ground)) {
    return g_strdup(segment);
  }
  return NULL;
}

char *person_place(const char *detail, bool bare) {
  g_auto(GStrv) segments = g_strsplit_set(detail, ",;/", 8);
  for (guint i = 0; segments[i] != NULL; i++) {
    g_strstrip(segments[i]);
    char *place = place_of_segment(segments[i], bare);
    if (place != NULL) {
      return clean_name(place);
    }
  }
  return NULL;
}

/* Takes the parentheses out of `text` (in place). Returns what they held (g_free), or NULL. */
static char *take_parentheses(char *text) {
  char *open = strchr(text, '(');
  char *close = open != NULL ? strchr(open, ')') : NULL;
  if (close == NULL) {
    return NULL;
  }
  char *inside = g_strndup(open + 1, (gsize)(close - open - 1));
  memmove(open, close + 1, strlen(close + 1) + 1);
  g_strstrip(text);
  return g_strstrip(inside);
}

static bool has_verb(const GArray *tokens, guint from) {
  for (guint i = from; i < tokens->len; i++) {
    const Token *token = at(tokens, i);
    if (strcmp(token->word, "à") != 0 && !token->upper && !is_preposition(token) && first_is(WORD_VERB, token) &&
        !word_is(WORD_ROLE, token->folded)) {
      return true;
    }
  }
  return false;
}

/* Where the name begins in the tokens: 0, or after a leading organisation or role. */
static guint name_start(const GArray *tokens, GHashTable *known) {
  const Token *first = at(tokens, 0);
  if (first == NULL || !(first->upper || word_is(WORD_ORG, first->folded) || word_is(WORD_ROLE, first->folded)) ||
      is_known(known, first->folded)) {
    return 0;
  }
  for (guint i = 1; i < tokens->len; i++) {
    if (at(tokens, i)->capital && is_given(at(tokens, i)) &&
        (i == 1 ? word_is(WORD_ORG, first->folded) || word_is(WORD_ROLE, first->folded) : true)) {
      return i;
    }
  }
  return 0;
}

/* The name in one segment; what else it holds is added to `details`. */
static bool read_segment(const char *segment, GHashTable *known, Person *person, GString *details, guint *loose) {
  g_autoptr(GArray) tokens = tokens_of(segment);
  if (tokens->len > 1 && word_is(WORD_SAYS, at(tokens, tokens->len - 1)->folded) &&
      !at(tokens, tokens->len - 1)->capital) {
    static const char *const answering[] = {"repond", "answers", "replies", "responde", NULL};
    person->answers = g_strv_contains(answering, at(tokens, tokens->len - 1)->folded);
    g_array_set_size(tokens, tokens->len - 1);
    person->says = true;
  }
  guint start = name_start(tokens, known);
  guint n = name_length(tokens, start, known, &person->sure);
  if (n == 0) {
    return false;
  }
  person->words = n;
  guint end = start + n;
  bool other = false;
  while (end + 1 < tokens->len && is_and(at(tokens, end))) {
    guint more = name_length(tokens, end + 1, known, &other);
    if (more == 0 || !(other || at(tokens, end + 1)->capital)) {
      return false;
    }
    end += 1 + more;
  }
  if (has_verb(tokens, end) || tokens->len - end > MOST_DETAIL) {
    return false;
  }
  g_free(person->author); /* of a segment before, which was a role */
  person->author = clean_name(join_tokens(tokens, start, end));
  g_autofree char *before = join_tokens(tokens, 0, start);
  g_autofree char *after = join_tokens(tokens, end, tokens->len);
  g_string_append_printf(details, "%s,%s", after, before);
  *loose = end < tokens->len && !is_described(at(tokens, end)) ? tokens->len - end : 0;
  if (n == 1 && start == 0 && !person->sure && ends_as_noun(at(tokens, 0))) {
    return false;
  }
  return !(n == 1 && tokens->len == 1 && word_is(WORD_COMMON, at(tokens, 0)->folded) &&
           !is_known(known, at(tokens, 0)->folded));
}

static bool has_role(const char *details) {
  g_autoptr(GArray) tokens = tokens_of(details);
  for (guint i = 0; i < tokens->len; i++) {
    if (first_is(WORD_ROLE, at(tokens, i))) {
      return true;
    }
  }
  return false;
}

static bool is_somebody(const char *name, GHashTable *known) {
  g_autofree char *folded = text_fold(name);
  return is_known(known, folded) || word_is(WORD_GIVEN, folded);
}

/* A whole segment that is the name of a place and of nobody. */
static char *lone_place(const char *segment, GHashTable *known) {
  g_autoptr(GArray) tokens = tokens_of(segment);
  for (guint i = 0; i < tokens->len; i++) {
    const Token *token = at(tokens, i);
    bool name = token->capital && !word_is(WORD_ROLE, token->folded) && !word_is(WORD_ORG, token->folded);
    if (!name && !is_particle(token) &&
        !g_strv_contains((const char *const[]){"sur", "sous", "en", "lès", "les", NULL}, token->word)) {
      return NULL;
    }
  }
  const Token *first = at(tokens, 0);
  if (first == NULL || !first->capital || first->upper || is_known(known, first->folded) || is_known(known, segment) ||
      (is_given(first) && strchr(first->word, '-') == NULL) || is_honorific(first)) {
    return NULL;
  }
  char *place = place_of_segment(segment, true);
  return place != NULL ? clean_name(place) : NULL;
}

/* "Marie - infirmière à Kervalan": the dash becomes a comma. False when what follows is no detail but a sentence. */
static bool part_dashes(char *words) {
  for (char *p = words; *p != '\0'; p++) {
    gsize n = *p != ' '                                                  ? 0
              : g_str_has_prefix(p, " - ")                               ? 3
              : g_str_has_prefix(p, " – ") || g_str_has_prefix(p, " — ") ? 5
                                                                         : 0;
    if (n == 0) {
      continue;
    }
    g_autoptr(GArray) tokens = tokens_of(p + n);
    const Token *first = at(tokens, 0);
    if (first == NULL || (tokens->len > 2 && !is_described(first) && first->letters > 0)) {
      return false;
    }
    memcpy(p, " ,   ", n);
  }
  return true;
}

bool person_read(const char *part, gsize nbytes, GHashTable *known, Person *person) {
  *person = (Person){0};
  if (nbytes == 0 || nbytes > PERSON_MAX_BYTES) {
    return false;
  }
  g_autofree char *words = g_strndup(part, nbytes);
  g_autofree char *inside = take_parentheses(words);
  if (!part_dashes(words)) {
    return false;
  }
  g_auto(GStrv) segments = g_strsplit(words, ",", 6);
  g_autoptr(GString) details = g_string_new(NULL);
  guint loose = 0;
  bool found = false;
  for (guint i = 0; segments[i] != NULL; i++) {
    g_strstrip(segments[i]);
    if (!found && (i == 0 || has_role(segments[0]))) {
      found = *segments[i] != '\0' && read_segment(segments[i], known, person, details, &loose);
      if (!found && !(i == 0 && has_role(segments[0]))) {
        break;
      }
    } else {
      g_autoptr(GArray) tokens = tokens_of(segments[i]);
      found = found && !has_verb(tokens, 0) && tokens->len <= MOST_DETAIL;
      g_string_append_printf(details, ",%s", segments[i]);
    }
  }
  if (found) {
    person->place = inside != NULL ? person_place(inside, true) : NULL;
    if (person->place == NULL) {
      person->place = person_place(details->str, false);
    }
    if (person->place != NULL && is_somebody(person->place, known)) { /* "(en réponse à Marie)" */
      g_clear_pointer(&person->place, g_free);
    }
    for (guint i = g_strv_length(segments); person->place == NULL && i-- > 1;) {
      person->place = lone_place(segments[i], known); /* "Anne, couturière, Saint-Brieuc" */
    }
    bool described = person->place != NULL || has_role(details->str) || (inside != NULL && has_role(inside));
    if (person->sure) {
      found = loose == 0 || person->words >= 2 || described;
    } else {
      found =
          loose == 0 && (described || (person->words >= 2 && person->words <= 4)) && (person->words > 1 || described);
    }
  }
  if (!found) {
    person_clear(person);
  }
  return found;
}

bool person_may_be(const char *part, gsize nbytes) {
  g_autofree char *words = g_strndup(part, MIN(nbytes, PERSON_MAX_BYTES));
  g_autoptr(GArray) tokens = tokens_of(words);
  const Token *first = at(tokens, 0);
  return tokens->len == 1 && is_plain_capital(first) && !first_is(WORD_ROLE, first) && !first->upper &&
         first->letters >= 3 && strpbrk(first->word, "./()'&") == NULL && !ends_as_noun(first);
}

void person_clear(Person *person) {
  g_free(person->author);
  g_free(person->place);
  *person = (Person){0};
}

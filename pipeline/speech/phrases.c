#include "speech/phrases.h"

#include "base/text.h"
#include "speech/spoken.h"

#include <stdbool.h>
#include <string.h>

#define LONG_SENTENCE 60 /* bytes: a shorter one is spoken at once */
#define LEAST_CLAUSE 24  /* no clause is shorter: lists stay together */
#define BREATH 130       /* bytes that a reader says in one breath, some eight seconds */
#define LONG_BREATH 160  /* a longer one is taken at a place that is less good, too */
#define LEAST_BREATH 40  /* and the fewest that are worth one */
#define MOST_BYTES 400   /* of a phrase: a text that offers no better place is cut at a space */

/* How good it is to breathe before a word. */
typedef enum { CUT_NEVER, CUT_IF_NEEDED, CUT_BESIDE, CUT_GROUP, CUT_CLAUSE } Cut;

/* The words of a language that matter to that, small letters, each between two spaces. To teach another language, add
 * a row. */
typedef struct {
  const char *language;
  const char *clauses; /* what opens a clause */
  const char *groups;  /* what opens a group */
  const char *firm;    /* of these, what never stands inside a name or a number */
  const char *inner;   /* of the groups, what may: "sept jours sur sept" */
  const char *joins;   /* and, or: they join clauses, and words */
  const char *opens;   /* after a join: a clause or a group of its own begins */
  const char *of;      /* after a join: the same noun's */
  const char *numbers; /* what numbers are made of */
} Language;

static const Language languages[] = {
    {"fr",
     " mais car donc qui dont où quand lorsque puisque parce afin tandis alors pendant comme si ainsi puis sauf "
     "hormis ",
     " pour avec dans depuis après avant sans sur par chez vers jusqu jusque entre selon malgré grâce ",
     " mais car donc qui dont où quand lorsque puisque parce afin tandis alors pendant puis depuis après avant vers "
     "jusqu "
     "jusque entre selon malgré grâce sauf hormis tous toutes chaque ",
     " sur par ", " et ou ",
     " il elle ils elles on je j nous vous que qu qui si quand ne n se s le la les l des un une ce cette ces son sa "
     "ses "
     "leur leurs notre nos votre vos mon ma mes chaque ",
     " de du d ",
     " zéro un une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts "
     "trente quarante cinquante soixante septante huitante octante nonante cent cents mille million millions milliard "
     "milliards virgule demi demie quart quarts pour-cent moins "},
    {"en", " but because so who which that when where while although if as then unless until ",
     " for with in on at from after before without by between during according despite to ",
     " but because so who which when where while although unless until from after before without between during "
     "according despite ",
     " in on by to at ", " and or ",
     " he she it they we you i that who if when not the a an this these his her its their our your my every ", " of ",
     " zero oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
     "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million "
     "billion point half quarter minus "},
    {"es", " pero porque pues que quien cuando donde mientras aunque si como luego ",
     " para con en desde después antes sin sobre por entre según hasta a de durante ",
     " pero porque pues quien cuando donde mientras aunque desde después antes sobre entre según hasta durante ",
     " en por a de con ", " y e o u ",
     " él ella ellos ellas nosotros que quien si cuando no se el la los las un una este esta estos estas su sus "
     "nuestro "
     "nuestra nuestros nuestras mi mis cada ",
     " de del ",
     " cero un uno una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
     "diecisiete dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento "
     "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos mil millón "
     "millones coma media cuarto menos "},
};

#define LONGEST_LISTED 24 /* bytes; no word of the lists is longer */

/* Is `word` (n bytes) one of `list`? Of "vingt-trois" the first part counts. */
static bool is_listed(const char *list, const char *word, gsize n) {
  gsize part = 0;
  while (part < n && word[part] != '-' && word[part] != '\'') {
    part++;
  }
  if (part == 0 || part > LONGEST_LISTED) {
    return false;
  }
  g_autofree char *folded = g_utf8_strdown(word, (gssize)part);
  gsize length = strlen(folded);
  for (const char *at = strstr(list, folded); at; at = strstr(at + 1, folded)) {
    if (at > list && at[-1] == ' ' && at[length] == ' ') {
      return true;
    }
  }
  return false;
}

/* A word of the text between two spaces, without the signs that stand on it. */
typedef struct {
  const char *at;
  gsize n;
} Word;

static Word word_from(const char *text, gsize nbytes) {
  Word word = {text, 0};
  while (word.n < nbytes && text[word.n] != ' ') {
    word.n++;
  }
  while (word.n > 0 && strchr(",;:.!?\"()", word.at[word.n - 1])) {
    word.n--;
  }
  return word;
}

/* The one that ends before `end`. */
static Word word_before(const char *text, gsize end) {
  gsize from = end;
  while (from > 0 && text[from - 1] == ' ') {
    from--;
  }
  gsize until = from;
  while (from > 0 && text[from - 1] != ' ') {
    from--;
  }
  return word_from(text + from, until - from);
}

static bool is_name(Word word) {
  return word.n > 0 && g_unichar_isupper(g_utf8_get_char(word.at));
}

static guint row_of(const char *language) {
  for (guint i = 0; language && i < G_N_ELEMENTS(languages); i++) {
    if (g_ascii_strncasecmp(language, languages[i].language, 2) == 0 && !g_ascii_isalpha(language[2])) {
      return i;
    }
  }
  return G_N_ELEMENTS(languages);
}

static bool is_number(guint row, Word word) {
  bool has_digit = word.n > 0 && g_unichar_isdigit(g_utf8_get_char(word.at));
  return has_digit || (row < G_N_ELEMENTS(languages) && is_listed(languages[row].numbers, word.at, word.n));
}

/* May a comma between these two words be a pause of ours? Not in "zéro deux, quatre-vingt-dix-huit": eSpeak's own
 * short ones keep a number together. */
static bool may_pause(guint row, const char *text, gsize comma, gsize nbytes) {
  return !is_number(row, word_before(text, comma)) || !is_number(row, word_from(text + comma + 2, nbytes - comma - 2));
}

static bool is_one_of(const char *list, Word word) {
  return is_listed(list, word.at, word.n);
}

/* "datée et signée", "attestations et formulaires": two words of a sort, which stay together. */
static bool rhyme(Word a, Word b) {
  const gsize ending = 2;
  return a.n > ending && b.n > ending && memcmp(a.at + a.n - ending, b.at + b.n - ending, ending) == 0;
}

/* Before "and". */
static Cut judge_join(const Language *language, Word before, Word then) {
  if (is_one_of(language->opens, then)) {
    return CUT_CLAUSE;
  }
  return is_one_of(language->of, then) || rhyme(before, then) ? CUT_IF_NEEDED : CUT_GROUP;
}

/* A word that leans on what follows: no breath after it. */
static bool leans(const Language *language, Word word) {
  const gsize tiny = 2; /* bytes: "à", "de", "un" */
  return word.n <= tiny || is_one_of(language->clauses, word) || is_one_of(language->groups, word) ||
         is_one_of(language->joins, word) || is_one_of(language->opens, word);
}

/* Beside a name or a number: only before a word that cannot belong to it. */
static Cut judge_beside(guint row, Word before, Word after, bool is_counted) {
  const Language *language = &languages[row];
  bool firm = is_one_of(language->firm, after);
  bool opens =
      (is_one_of(language->clauses, after) || is_one_of(language->groups, after)) && !is_one_of(language->inner, after);
  if (is_number(row, before)) {
    return firm || (opens && !is_counted) ? CUT_BESIDE : CUT_NEVER; /* not "vingt pour cent" */
  }
  return !leans(language, before) && (firm || (opens && !is_name(before))) ? CUT_BESIDE : CUT_IF_NEEDED;
}

/* How good a place the space at `at` is. */
static Cut judge(guint row, const char *text, gsize at, gsize nbytes) {
  Word before = word_before(text, at), after = word_from(text + at + 1, nbytes - at - 1);
  gsize next = at + 1 + after.n + 1;
  Word then = word_from(text + MIN(next, nbytes), nbytes - MIN(next, nbytes));
  if (is_number(row, after) || is_name(after)) {
    return CUT_NEVER;
  }
  if (row == G_N_ELEMENTS(languages)) {
    return is_number(row, before) ? CUT_NEVER : CUT_IF_NEEDED;
  }
  const Language *language = &languages[row];
  bool joins = is_one_of(language->joins, after);
  bool is_counted = is_number(row, then) && (joins || !is_one_of(language->opens, then)); /* "avec un masque" is not */
  if (is_number(row, before) || is_name(before) || is_name(then) || is_counted) {
    return judge_beside(row, before, after, is_counted);
  }
  return leans(language, before)               ? CUT_IF_NEEDED
         : joins                               ? judge_join(language, before, then)
         : is_one_of(language->clauses, after) ? CUT_CLAUSE
         : is_one_of(language->groups, after)  ? CUT_GROUP
                                               : CUT_IF_NEEDED;
}

/* The best place for a breath in the first `nbytes`: the best sort, of these the one nearest to the middle, or to
 * a whole breath when both halves would be longer. 0: none is good. */
static gsize breath_length(guint row, const char *text, gsize nbytes) {
  gsize best = 0, wanted = MIN(nbytes / 2, BREATH), most = MIN(nbytes, MOST_BYTES);
  Cut least = nbytes > MOST_BYTES ? CUT_IF_NEEDED : nbytes > LONG_BREATH ? CUT_BESIDE : CUT_GROUP, found = CUT_NEVER;
  for (gsize at = LEAST_BREATH; at + 1 < most && (nbytes > MOST_BYTES || at + LEAST_BREATH < nbytes); at++) {
    Cut cut = text[at] == ' ' ? judge(row, text, at, nbytes) : CUT_NEVER;
    gsize far = at > wanted ? at - wanted : wanted - at, so_far = best > wanted ? best - wanted : wanted - best;
    if (cut >= least && (cut > found || (cut == found && far < so_far))) {
      best = at;
      found = cut;
    }
  }
  return best;
}

/* Nothing but numbers or names: at a space; not even that: between two characters. */
static gsize hard_length(const char *text) {
  for (gsize i = MOST_BYTES; i > MOST_BYTES / 2; i--) {
    if (text[i] == ' ') {
      return i;
    }
  }
  gsize n = MOST_BYTES;
  while (n > 1 && ((guchar)text[n] & 0xc0) == 0x80) {
    n--;
  }
  return n;
}

/* How much of `text` is spoken at once; `*breath`: only a breath is taken after it. */
static gsize clause_length(guint row, const char *text, gsize nbytes, bool *breath) {
  *breath = false;
  if (nbytes <= LONG_SENTENCE) {
    return nbytes;
  }
  gsize end = nbytes;
  for (gsize i = LEAST_CLAUSE; end == nbytes && i + LEAST_CLAUSE < nbytes && i < MOST_BYTES; i++) {
    if (strchr(",;:", text[i]) && text[i + 1] == ' ' && may_pause(row, text, i, nbytes)) {
      end = i + 1;
    }
  }
  gsize n = end > BREATH ? breath_length(row, text, end) : 0;
  *breath = n > 0;
  return n > 0 ? n : end <= MOST_BYTES ? end : hard_length(text);
}

static void add_sentence(GArray *phrases, guint row, guint32 offset, const char *text, guint sentence_pause_ms,
                         guint clause_pause_ms) {
  gsize left = strlen(text);
  while (left > 0) {
    bool breath;
    gsize n = clause_length(row, text, left, &breath);
    guint pause_ms = n == left ? sentence_pause_ms : breath ? clause_pause_ms * 2 / 3 : clause_pause_ms;
    Phrase phrase = {offset, (guint32)n, pause_ms, 100, n < left};
    g_array_append_val(phrases, phrase);
    gsize spaces = strspn(text + n, " ");
    text += n + spaces;
    offset += (guint32)(n + spaces);
    left -= n + spaces;
  }
}

void phrases_slow(GArray *phrases, guint sentences, guint percent) {
  for (guint i = 0; sentences > 0 && i < phrases->len; i++) {
    Phrase *phrase = &g_array_index(phrases, Phrase, i);
    phrase->rate_percent = percent;
    sentences -= phrase->continues ? 0 : 1;
  }
}

/* From the outline to the text itself; a piece that would be cut goes with what is before the cut. */
static void place_phrases(GArray *phrases, const GArray *places) {
  guint kept = 0;
  for (guint i = 0; i < phrases->len; i++) {
    Phrase phrase = g_array_index(phrases, Phrase, i);
    guint32 from = g_array_index(places, guint32, phrase.offset);
    guint32 last = g_array_index(places, guint32, phrase.offset + phrase.length);
    phrase.offset = from;
    phrase.length = last - from;
    if (phrase.length > 0) {
      g_array_index(phrases, Phrase, kept++) = phrase;
    }
  }
  g_array_set_size(phrases, kept);
}

GArray *phrases_of(const char *spoken, const char *language, guint sentence_pause_ms, guint clause_pause_ms) {
  GArray *phrases = g_array_new(FALSE, FALSE, sizeof(Phrase));
  g_autoptr(GArray) places = NULL;
  g_autofree char *outline = spoken_outline(spoken, &places);
  g_auto(GStrv) sentences = text_sentences(outline, language);
  const char *from = outline;
  for (guint i = 0; sentences[i]; i++) {
    const char *at = strstr(from, sentences[i]);
    if (at) { /* text_sentences only trims */
      add_sentence(phrases, row_of(language), (guint32)(at - outline), sentences[i], sentence_pause_ms,
                   clause_pause_ms);
      from = at + strlen(sentences[i]);
    }
  }
  place_phrases(phrases, places);
  return phrases;
}

#define SIMPLE_WORD 20
#define SIMPLE_REPEATS 3

char *phrase_simplified(const char *text, gsize nbytes) {
  GString *out = g_string_sized_new(nbytes);
  g_autofree char *notation = g_strndup(text, nbytes);
  g_autofree char *phrase = spoken_plain(notation);
  g_autofree char *last = g_strdup("");
  guint repeats = 0;
  for (const char *p = phrase; *p;) {
    const char *word = p;
    guint characters = 0;
    while (*p && g_unichar_isalnum(g_utf8_get_char(p)) && characters < SIMPLE_WORD) {
      p = g_utf8_next_char(p);
      characters++;
    }
    g_autofree char *piece = g_strndup(word, (gsize)(p - word));
    while (*p && g_unichar_isalnum(g_utf8_get_char(p))) {
      p = g_utf8_next_char(p);
    }
    if (*piece) {
      repeats = strcmp(piece, last) == 0 ? repeats + 1 : 0;
      if (repeats < SIMPLE_REPEATS) {
        g_string_append_printf(out, "%s%s", out->len > 0 ? " " : "", piece);
      }
      g_free(last);
      last = g_strdup(piece);
    }
    p = *p ? g_utf8_next_char(p) : p;
  }
  return g_string_free(out, FALSE);
}

char *phrases_cut(const char *spoken, const char *language, gsize max_bytes) {
  if (strlen(spoken) <= max_bytes) {
    return g_strdup(spoken);
  }
  gsize enough = max_bytes + MOST_BYTES; /* what is further away cannot change where it ends */
  while (enough < strlen(spoken) && ((guchar)spoken[enough] & 0xc0) == 0x80) {
    enough++;
  }
  g_autofree char *head = g_strndup(spoken, enough);
  g_autoptr(GArray) phrases = phrases_of(head, language, 0, 0);
  gsize sentence_end = 0, phrase_end = 0;
  for (guint i = 0; i < phrases->len; i++) {
    const Phrase *phrase = &g_array_index(phrases, Phrase, i);
    gsize end = phrase->offset + phrase->length;
    if (end > max_bytes) {
      break;
    }
    phrase_end = end;
    sentence_end = phrase->continues ? sentence_end : end;
  }
  /* A first sentence longer than all that is allowed is cut at a clause. */
  return g_strndup(spoken, sentence_end > 0 ? sentence_end : phrase_end);
}

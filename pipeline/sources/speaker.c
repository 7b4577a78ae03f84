#include "sources/speaker.h"

#include "base/i18n.h"
#include "base/text.h"
#include "logbook/entry.h"
#include "sources/labels.h"
#include "sources/person.h"
#include "sources/words.h"

#include <string.h>

void speaker_clear(Speaker *speaker) {
  g_free(speaker->author);
  g_free(speaker->place);
  *speaker = (Speaker){.kind = -1};
}

static const char *word_end(const char *p) {
  while (*p != '\0' && *p != ' ') {
    p++;
  }
  return p;
}

/* The word at `p` (g_free), and where the next one begins. */
static char *word_at(const char *p, const char **next) {
  const char *end = word_end(p);
  *next = *end == ' ' ? end + 1 : end;
  return g_strndup(p, (gsize)(end - p));
}

static bool is_capital(const char *p) {
  return g_unichar_isupper(g_utf8_get_char(p));
}

static const char *skip(const char *p) {
  while (*p != '\0' && (strchr(" :", *p) != NULL || g_str_has_prefix(p, "\302\240"))) {
    p += *p == '\302' ? 2 : 1;
  }
  return p;
}

/* The colon that ends a speaker's part, outside parentheses; NULL when a sentence comes first. */
static const char *find_colon(const char *text) {
  int depth = 0;
  for (const char *p = text; *p != '\0' && p - text < PERSON_MAX_BYTES; p++) {
    depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
    if (*p == ':' && depth <= 0) {
      bool in_number = p > text && g_ascii_isdigit(p[-1]) && g_ascii_isdigit(p[1]);
      return in_number || (p[1] == '/' && p[2] == '/') ? NULL : p;
    }
    if (strchr("?!;", *p) != NULL || (*p == '.' && p[1] == ' ' && p - text > 3 && g_ascii_islower(p[-1]) && g_ascii_islower(p[-2]))) {
      return NULL;
    }
  }
  return NULL;
}

static bool take_person(const char *from, gsize n, const People *people, const char *rest, Speaker *speaker) {
  Person person = {0};
  while (n > 0 && strchr(" .*", from[n - 1]) != NULL && !(from[n - 1] == '.' && n > 1 && g_ascii_isupper(from[n - 2]))) {
    n--;
  }
  if (!person_read(from, n, people->known, &person)) {
    return false;
  }
  speaker->author = g_steal_pointer(&person.author);
  speaker->place = g_steal_pointer(&person.place);
  speaker->rest = rest;
  person_clear(&person);
  return true;
}

/* "Marie Le Goff - il faudrait…": only for someone who is surely a person. */
static bool take_dashed(const char *text, const People *people, Speaker *speaker) {
  static const char *const dashes[] = {" - ", " – ", " — ", " > ", " → ", NULL};
  for (guint i = 0; dashes[i] != NULL; i++) {
    const char *dash = strstr(text, dashes[i]);
    if (dash == NULL || dash - text > 70) {
      continue;
    }
    Person person = {0};
    bool found = person_read(text, (gsize)(dash - text), people->known, &person) && person.sure;
    person_clear(&person);
    if (found) {
      return take_person(text, (gsize)(dash - text), people, dash + strlen(dashes[i]), speaker);
    }
  }
  return false;
}

/* "Olivier Martin. (Nantes) Dans…": the dot stands for the colon. */
static bool take_dotted(const char *text, const People *people, Speaker *speaker) {
  const char *open = strstr(text, ". (");
  const char *close = open != NULL && open - text < 60 ? strchr(open, ')') : NULL;
  if (close == NULL || close - open > 80 || close[1] == '\0') {
    return false;
  }
  g_autofree char *part = g_strdup_printf("%.*s %.*s", (int)(open - text), text, (int)(close - open - 1), open + 2);
  return take_person(part, strlen(part), people, skip(close + 1), speaker);
}

/* "Gildas (Saint-Maudez). Plus de masques…": the dot after the parentheses stands for the colon. */
static bool take_place_and_dot(const char *text, const People *people, Speaker *speaker) {
  const char *close = strstr(text, "). ");
  const char *open = strchr(text, '(');
  if (close == NULL || open == NULL || open > close || close - text > 100 || memchr(text, ':', (gsize)(close - text)) != NULL) {
    return false;
  }
  return take_person(text, (gsize)(close + 1 - text), people, close + strlen("). "), speaker);
}

/* What may stand between a name and what it said: "nous a rappelé que …". */
static bool is_reporting(const char *folded) {
  static const char *const verbs[] = {
    "dit", "rappelle", "rappele", "signale", "indique", "precise", "explique", "ajoute", "souligne", "informe", "annonce",
    "confirme", "note", "constate", "remarque", "observe", "estime", "pense", "trouve", "raconte", "temoigne", "repond", "repondu",
    "says", "said", "reports", "reported", "notes", "noted", "adds", "added", "explains", "explained", "thinks", "dice", "dijo",
    "explica", "anade", "senala", "recuerda", "cree", NULL};
  return g_strv_contains(verbs, folded);
}

static bool is_between(const char *folded) {
  static const char *const words[] = {"a", "nous", "vous", "leur", "lui", "has", "aussi", "egalement", "also", "nos", "ha", NULL};
  return g_strv_contains(words, folded);
}

/* The name ends before the verb of speech that ends at `end`. */
static bool take_reporter(const char *text, const char *end, const char *rest, const People *people, Speaker *speaker) {
  const char *from = end;
  for (;;) { /* back over "nous a" */
    const char *word = from;
    while (word > text && word[-1] != ' ') {
      word--;
    }
    g_autofree char *one = g_strndup(word, (gsize)(from - word));
    g_autofree char *folded = text_fold(one);
    if (from != end && !is_between(folded)) {
      break;
    }
    if (word == text) {
      return false;
    }
    from = word - 1;
  }
  Person person = {0};
  bool found = person_read(text, (gsize)(from - text), people->known, &person) && person.sure;
  person_clear(&person);
  return found && strlen(rest) >= 8 && take_person(text, (gsize)(from - text), people, rest, speaker);
}

/* "Mme Le Goff rappelle que les écoles…" → what she said; "Paul propose de tracer…", "Léa demande comment…". */
static bool take_reported(const char *text, const People *people, Speaker *speaker) {
  static const struct {
    const char *join;
    const char *verb; /* NULL: any verb of reporting */
    bool keeps;       /* the joining word begins what was said */
  } joins[] = {
    {" que ", NULL, false},          {" qu'", NULL, false},          {" qu’", NULL, false},
    {" that ", NULL, false},         {" de ", "propose", false},     {" d'", "propose", false},
    {" de ", "suggere", false},      {" d'", "suggere", false},      {" comment ", "demande", true},
    {" pourquoi ", "demande", true}, {" qui ", "demande", true},     {" quand ", "demande", true},
    {" où ", "demande", true},       {" combien ", "demande", true}, {" how ", "asks", true},
    {" why ", "asks", true},         {" who ", "asks", true},        {" where ", "asks", true},
  };
  for (guint i = 0; i < G_N_ELEMENTS(joins); i++) {
    const char *join = strstr(text, joins[i].join);
    if (join == NULL || join - text > 90) {
      continue;
    }
    const char *verb = join;
    while (verb > text && verb[-1] != ' ') {
      verb--;
    }
    g_autofree char *word = g_strndup(verb, (gsize)(join - verb));
    g_autofree char *folded = text_fold(word);
    const char *rest = join + (joins[i].keeps ? 1 : strlen(joins[i].join));
    bool told = joins[i].verb == NULL ? is_reporting(folded) : strcmp(folded, joins[i].verb) == 0;
    if (told && take_reporter(text, join, rest, people, speaker)) {
      if (joins[i].verb != NULL) {
        speaker->kind = joins[i].keeps ? KIND_QUESTION : KIND_IDEA;
        speaker->why = joins[i].keeps ? N_("\"asks\"") : N_("\"proposes\"");
      }
      return true;
    }
  }
  return false;
}

/* "Anonyme : …", "??? : …": nobody. Returns where the words begin, or NULL. */
static const char *skip_nobody(const char *text) {
  static const char *const names[] = {"anonyme", "anonymous", "anonimo", "anonima", "anon", "inconnu", "inconnue", "unknown",
                                      "unnamed", "sans nom", "quelqu un", "someone", "alguien", "x", "nn", NULL};
  const char *colon = strchr(text, ':');
  if (colon == NULL || colon - text > 20 || colon == text || (colon[1] != ' ' && colon[1] != '\302')) {
    return NULL;
  }
  g_autofree char *head = g_strndup(text, (gsize)(colon - text));
  g_autofree char *folded = text_fold(head);
  return (strspn(head, "?. ") == strlen(head)) || g_strv_contains(names, folded) ? skip(colon) : NULL;
}

/* "@Maëlle peux-tu vérifier ?": she is spoken to. Returns where the words begin, or NULL. */
static const char *skip_mention(const char *text, const People *people) {
  const char *next = NULL;
  g_autofree char *word = *text == '@' ? word_at(text + 1, &next) : NULL;
  g_autofree char *folded = word != NULL ? text_fold(word) : NULL;
  bool person = folded != NULL && (word_is(WORD_GIVEN, folded) || g_hash_table_contains(people->known, folded));
  return person && *next != '\0' ? next : NULL;
}

/* "<Marie> …", "[Marie] …", "@Marie: …" as chats write it. */
static bool take_bracketed(const char *text, const People *people, Speaker *speaker) {
  char closing = *text == '<' ? '>' : *text == '[' ? ']' : '\0';
  const char *close = closing != '\0' ? strchr(text, closing) : NULL;
  if (close != NULL && close - text < 60 && close[1] != '\0') {
    return take_person(text + 1, (gsize)(close - text - 1), people, skip(close + 1), speaker);
  }
  return false;
}

/* "Sidonie Gilles DGA à Bourg en Aurelle comment déployer…": a known given name, a
 * surname, a role or sigle, "à" or "de", the words of a place; then what is said. */
static bool take_unpunctuated(const char *text, Speaker *speaker) {
  static const char *const inside[] = {"en", "sur", "sous", "les", "lès", "lez", "la", "le", "de", "du", "des", "aux", "d'", NULL};
  const char *p = text;
  g_autofree char *given = word_at(p, &p);
  g_autofree char *surname = word_at(p, &p);
  g_autofree char *role = word_at(p, &p);
  g_autofree char *preposition = word_at(p, &p);
  g_autofree char *given_folded = text_fold(given);
  g_autofree char *role_folded = text_fold(role);
  if (!word_is(WORD_GIVEN, given_folded) || !is_capital(given) || !is_capital(surname) || !is_capital(p) ||
      !(word_is(WORD_ROLE, role_folded) || word_is(WORD_ORG, role_folded)) ||
      (strcmp(preposition, "à") != 0 && strcmp(preposition, "de") != 0 && strcmp(preposition, "a") != 0)) {
    return false;
  }
  const char *end = p;
  for (const char *q = p; *q != '\0';) {
    const char *next = NULL;
    g_autofree char *word = word_at(q, &next);
    if (is_capital(word)) {
      end = word_end(q);
      if (strchr(",.;:", end[-1]) != NULL) {
        break;
      }
    } else if (!g_strv_contains(inside, word)) {
      break;
    }
    q = next;
  }
  while (end > p && strchr(",.;:", end[-1]) != NULL) {
    end--;
  }
  const char *rest = end + strspn(end, " ,.;:");
  if (*rest == '\0') {
    return false;
  }
  speaker->author = g_strdup_printf("%s %s", given, surname);
  speaker->place = g_strndup(p, (gsize)(end - p));
  speaker->rest = rest;
  return true;
}

/* "Jacques François carnet de bord…": two words that the pad knows as one person, then no verb. */
static bool take_known_pair(const char *text, const People *people, Speaker *speaker) {
  const char *second = NULL, *third = NULL, *after = NULL;
  g_autofree char *one = word_at(text, &second);
  g_autofree char *two = word_at(second, &third);
  g_autofree char *word = word_at(third, &after);
  g_autofree char *pair = g_strdup_printf("%s %s", one, two);
  g_autofree char *folded = text_fold(pair);
  g_autofree char *next = text_fold(word);
  if (!is_capital(text) || *two == '\0' || *word == '\0' || is_capital(word) || !g_hash_table_contains(people->known, folded) ||
      strchr(folded, ' ') == NULL || g_str_has_suffix(next, "e") || g_str_has_suffix(next, "ent") || strchr(word, '\'') != NULL ||
      word_is(WORD_VERB, next) || word_is(WORD_SAYS, next) || g_unichar_isalpha(g_utf8_get_char(word)) == FALSE ||
      strlen(next) < 4) {
    return false;
  }
  speaker->author = g_steal_pointer(&pair);
  speaker->rest = third;
  return true;
}

/* After a label, before its colon: "Remarque M Briand : …", "question de Marie : …", "remarque MB …". */
static bool take_labelled_person(const char *p, const People *people, Speaker *speaker) {
  static const char *const by[] = {"de ", "d'", "d’", "par ", "from ", "by ", "of ", NULL};
  for (guint i = 0; by[i] != NULL; i++) {
    if (g_str_has_prefix(p, by[i])) {
      p += strlen(by[i]);
      break;
    }
  }
  const char *colon = find_colon(p);
  if (colon != NULL && take_person(p, (gsize)(colon - p), people, skip(colon), speaker)) {
    return true;
  }
  const char *next = NULL;
  g_autofree char *word = word_at(p, &next);
  g_autofree char *folded = text_fold(word);
  gsize n = strlen(word);
  bool initials = n >= 2 && n <= 3 && strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == n && !word_is(WORD_SIGLE, folded) &&
                  !word_is(WORD_ORG, folded);
  if (initials && *next != '\0' && (is_capital(next) || g_hash_table_contains(people->known, folded))) {
    speaker->author = g_steal_pointer(&word);
    speaker->rest = next;
    return true;
  }
  return false;
}

static bool take_label(const char *text, const People *people, Speaker *speaker) {
  gsize n = 0;
  const Label *label = label_find(text, &n);
  if (label == NULL) {
    return false;
  }
  const char *after = text + n + strspn(text + n, " ");
  after += g_str_has_prefix(after, "\302\240") ? 2 : 0;
  if (*after == ':') {
    const char *rest = skip(after);
    Speaker inner = {.kind = -1};
    const char *colon = find_colon(rest);
    bool person = colon != NULL && take_person(rest, (gsize)(colon - rest), people, skip(colon), &inner);
    *speaker = inner;
    speaker->rest = person ? inner.rest : label->strip ? rest : text;
  } else if (!label->strip || n < 2 || !take_labelled_person(after, people, speaker)) {
    return false;
  }
  speaker->kind = label->kind;
  speaker->why = label->why;
  speaker->answers = label->answers;
  return true;
}

/* "… (Marie)", "… (Paul Le Goff, Kervalan)", "… — Marie" at the end: who wrote it. */
static void take_signature(const char *text, const People *people, Speaker *speaker, const char **end) {
  gsize n = strlen(text);
  const char *from = n > 80 ? text + n - 80 : text;
  while (n > 80 && (*from & 0xC0) == 0x80) {
    from++;
  }
  const char *start = NULL;
  gsize length = 0;
  if (n > 4 && text[n - 1] == ')') {
    const char *open = strrchr(from, '(');
    start = open != NULL && open > text ? open + 1 : NULL;
    length = start != NULL ? (gsize)(text + n - 1 - start) : 0;
  } else {
    const char *dash = g_strrstr(from, " — ");
    dash = dash != NULL ? dash : g_strrstr(from, " – ");
    start = dash != NULL ? dash + strlen(" — ") : NULL;
    length = start != NULL ? strlen(start) : 0;
  }
  Person person = {0};
  if (start != NULL && person_read(start, length, people->known, &person) && person.sure && !person.says) {
    speaker->author = g_steal_pointer(&person.author);
    speaker->place = g_steal_pointer(&person.place);
    const char *open = start[-1] == '(' ? start - 1 : start - strlen(" — ");
    while (open > text && open[-1] == ' ') {
      open--;
    }
    *end = open;
  }
  person_clear(&person);
}

/* "14:05 Marie : …", "[14:05] …": the hour of a chat is not said. */
static const char *skip_chat_time(const char *text) {
  const char *p = text + (*text == '[' ? 1 : 0);
  gsize n = strspn(p, "0123456789:");
  bool time = n >= 4 && n <= 8 && strchr(p, ':') < p + n && strchr(p, ':') != NULL;
  if (*text == '[') {
    return time && p[n] == ']' ? skip(p + n + 1) : text;
  }
  return time && p[n] == ' ' && p[n + 1] != ':' ? p + n + 1 : text;
}

bool speaker_read(const char *text, const People *people, Speaker *speaker, const char **end) {
  *speaker = (Speaker){.kind = -1, .rest = text};
  *end = NULL;
  const char *from = skip_chat_time(text);
  if (*text == '[' && from != text) {
    speaker->rest = from;
  }
  if (take_label(from, people, speaker) || take_bracketed(from, people, speaker)) {
    return true;
  }
  from += *from == '@' ? 1 : 0;
  const char *colon = find_colon(from);
  if (colon != NULL && take_person(from, (gsize)(colon - from), people, skip(colon), speaker)) {
    Speaker inner = {.kind = -1};
    if (take_label(speaker->rest, people, &inner)) { /* "Marie : question : …" */
      speaker->kind = inner.kind;
      speaker->why = inner.why;
      speaker->rest = inner.author == NULL ? inner.rest : speaker->rest;
      g_free(inner.author);
      g_free(inner.place);
    }
    return true;
  }
  const char *nobody = skip_nobody(from);
  nobody = nobody != NULL ? nobody : skip_mention(text, people);
  if (nobody != NULL) {
    speaker->rest = nobody;
    return false;
  }
  if (take_dotted(from, people, speaker) || take_place_and_dot(from, people, speaker) ||
      take_dashed(from, people, speaker) || take_reported(from, people, speaker) || take_unpunctuated(from, speaker) ||
      take_known_pair(from, people, speaker)) {
    return true;
  }
  take_signature(text, people, speaker, end);
  return speaker->author != NULL;
}

char *speaker_take_topic(const char *text, const People *people, Speaker *speaker) {
  const char *colon = find_colon(text);
  const char *close = colon;
  while (close != NULL && close > text && close[-1] == ' ') {
    close--;
  }
  if (close == NULL || close == text || close[-1] != ')') {
    return NULL;
  }
  const char *open = close - 1;
  while (open > text && *open != '(') {
    open--;
  }
  Person person = {0};
  char *rewritten = NULL;
  if (open > text && person_read(open + 1, (gsize)(close - open - 2), people->known, &person) && person.sure) {
    speaker->author = g_steal_pointer(&person.author);
    speaker->place = g_steal_pointer(&person.place);
    g_autofree char *topic = g_strndup(text, (gsize)(open - text));
    rewritten = g_strdup_printf("%s%s%s", g_strchomp(topic), close == colon ? "" : " ", colon);
  }
  person_clear(&person);
  return rewritten;
}

/* After "? ": an arrow, its length; 0 none. */
static gsize arrow_at(const char *p) {
  static const char *const arrows[] = {"→", "⇒", "➔", "->", "=>", "-->", "==>", NULL};
  for (guint i = 0; arrows[i] != NULL; i++) {
    if (g_str_has_prefix(p, arrows[i])) {
      return strlen(arrows[i]);
    }
  }
  return 0;
}

const char *speaker_next(const char *text, const People *people, bool *answers) {
  *answers = false;
  for (const char *p = text; (p = strpbrk(p, ".?!")) != NULL; p++) {
    const char *next = p + 1 + strspn(p + 1, " ");
    gsize arrow = *p == '?' ? arrow_at(next) : 0;
    if (arrow > 0 && next[arrow] != '\0') {
      *answers = true;
      return next + arrow;
    }
    bool sentence = p - text > 12 && p[1] == ' ' && g_ascii_islower(p[-1]) && g_ascii_islower(p[-2]) && g_ascii_islower(p[-3]);
    const char *colon = (sentence || *p != '.') && p[1] == ' ' && is_capital(next) ? find_colon(next) : NULL;
    Person person = {0};
    bool found = colon != NULL && colon - next < 60 && person_read(next, (gsize)(colon - next), people->known, &person) &&
                 person.sure;
    person_clear(&person);
    if (found) {
      return next;
    }
  }
  return NULL;
}

bool speaker_is_name(const char *text, const People *people) {
  Person person = {0};
  gsize n = strcspn(text, ":,(;");
  bool found = person_read(text, n, people->known, &person);
  bool name = found && (person.sure || person.words >= 2);
  person_clear(&person);
  return name;
}

#include "sources/speaker.h"

#include "base/text.h"
#include "logbook/entry.h"
#include "sources/person.h"
#include "sources/words.h"

#include <string.h>

/* Two people of one name: neither has a place that is sure. */
#define SEVERAL_PLACES "?"

struct People {
  GHashTable *known; /* folded names, given names, initials → place ("" unknown, or several) */
};

/* Labels before a colon (folded). `strip`: the label only names the kind; else it belongs to the sentence. */
static const struct { const char *label; EntryKind kind; bool strip; const char *why; } labels[] = {
  {"retour d experience", KIND_EXPERIENCE, true, "label \"retour d'expérience\""},
  {"retours d experience", KIND_EXPERIENCE, true, "label \"retour d'expérience\""},
  {"experience", KIND_EXPERIENCE, true, "label \"expérience\""},
  {"temoignage", KIND_EXPERIENCE, true, "label \"témoignage\""},
  {"experiencia", KIND_EXPERIENCE, true, "label \"experiencia\""},
  {"questionnement", KIND_QUESTION, true, "label \"question\""},
  {"questions", KIND_QUESTION, true, "label \"question\""},
  {"question", KIND_QUESTION, true, "label \"question\""},
  {"pregunta", KIND_QUESTION, true, "label \"pregunta\""},
  {"duda", KIND_QUESTION, true, "label \"duda\""},
  {"problemes", KIND_PROBLEM, true, "label \"problème\""},
  {"probleme", KIND_PROBLEM, true, "label \"problème\""},
  {"difficulte", KIND_PROBLEM, true, "label \"difficulté\""},
  {"problem", KIND_PROBLEM, true, "label \"problem\""},
  {"problema", KIND_PROBLEM, true, "label \"problema\""},
  {"remarque", KIND_IDEA, true, "label \"remarque\""},
  {"commentaire", KIND_IDEA, true, "label \"commentaire\""},
  {"remark", KIND_IDEA, true, "label \"remark\""},
  {"comment", KIND_IDEA, true, "label \"comment\""},
  {"proposition", KIND_IDEA, true, "label \"proposition\""},
  {"suggestion", KIND_IDEA, true, "label \"suggestion\""},
  {"proposal", KIND_IDEA, true, "label \"proposal\""},
  {"propuesta", KIND_IDEA, true, "label \"propuesta\""},
  {"idee", KIND_IDEA, true, "label \"idée\""},
  {"idea", KIND_IDEA, true, "label \"idea\""},
  {"ressource", KIND_RESOURCE, true, "label \"ressource\""},
  {"resource", KIND_RESOURCE, true, "label \"resource\""},
  {"recurso", KIND_RESOURCE, true, "label \"recurso\""},
  {"annonce", KIND_ANNOUNCEMENT, true, "label \"annonce\""},
  {"announcement", KIND_ANNOUNCEMENT, true, "label \"announcement\""},
  {"anuncio", KIND_ANNOUNCEMENT, true, "label \"anuncio\""},
  {"humeur", KIND_FEELING, true, "label \"humeur\""},
  {"ressenti", KIND_FEELING, true, "label \"ressenti\""},
  {"reponse", KIND_COUNT, true, NULL},
  {"answer", KIND_COUNT, true, NULL},
  {"respuesta", KIND_COUNT, true, NULL},
  {"alerte", KIND_ALERT, false, "label \"alerte\""},
  {"alert", KIND_ALERT, false, "label \"alert\""},
  {"alerta", KIND_ALERT, false, "label \"alerta\""},
  {"urgent", KIND_ALERT, false, "label \"urgent\""},
  {"attention", KIND_ALERT, false, "label \"attention\""},
  {"warning", KIND_ALERT, false, "label \"warning\""},
  {"rappel", KIND_ANNOUNCEMENT, false, "label \"rappel\""},
  {"reminder", KIND_ANNOUNCEMENT, false, "label \"reminder\""},
};

People *people_new(void) {
  People *people = g_new0(People, 1);
  people->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  return people;
}

void people_free(People *people) {
  if (people != NULL) {
    g_hash_table_unref(people->known);
    g_free(people);
  }
}

static void learn(People *people, const char *name, const char *place) {
  g_autofree char *folded = text_fold(name);
  if (strlen(folded) < 2 || word_is(WORD_COMMON, folded) || word_is(WORD_SIGLE, folded)) {
    return;
  }
  const char *before = g_hash_table_lookup(people->known, folded);
  if (before == NULL || (place != NULL && *before == '\0')) {
    g_hash_table_insert(people->known, g_steal_pointer(&folded), g_strdup(place != NULL ? place : ""));
  } else if (place != NULL && strcmp(before, place) != 0) {
    g_hash_table_insert(people->known, g_steal_pointer(&folded), g_strdup(SEVERAL_PLACES));
  }
}

const char *people_place(const People *people, const char *author) {
  g_autofree char *folded = text_fold(author);
  const char *place = g_hash_table_lookup(people->known, folded);
  return place == NULL || *place == '\0' || strcmp(place, SEVERAL_PLACES) == 0 ? NULL : place;
}

void people_learn(People *people, const char *name, const char *place) {
  g_auto(GStrv) words = g_strsplit(name, " ", 6);
  g_autoptr(GString) initials = g_string_new(NULL);
  for (guint i = 0; words[i] != NULL; i++) {
    gunichar first = g_utf8_get_char(words[i]);
    if (g_unichar_isupper(first)) {
      g_string_append_unichar(initials, first);
      for (const char *dash = words[i]; (dash = strchr(dash, '-')) != NULL && dash[1] != '\0'; dash++) {
        g_string_append_unichar(initials, g_utf8_get_char(dash + 1));
        if (i == 0) {
          learn(people, initials->str, place); /* "JF" for "Jean-François" */
        }
      }
      learn(people, words[i], place);
    }
  }
  learn(people, name, place);
  if (initials->len > 1) {
    learn(people, initials->str, place);
  }
}

/* Takes the first words with a capital of a line that lists people. */
void people_learn_participant(People *people, const char *line) {
  Person person = {0};
  gsize whole = strcspn(line, ":;"), n = strcspn(line, ":,(;/");
  if (person_read(line, whole, people->known, &person) || person_read(line, n, people->known, &person)) {
    people_learn(people, person.author, person.place);
  }
  person_clear(&person);
}

void speaker_clear(Speaker *speaker) {
  g_free(speaker->author);
  g_free(speaker->place);
  *speaker = (Speaker){.kind = -1};
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

/* "<Marie> …", "[Marie] …", "@Marie: …" as chats write it. */
static bool take_bracketed(const char *text, const People *people, Speaker *speaker) {
  char closing = *text == '<' ? '>' : *text == '[' ? ']' : '\0';
  const char *close = closing != '\0' ? strchr(text, closing) : NULL;
  if (close != NULL && close - text < 60 && close[1] != '\0') {
    return take_person(text + 1, (gsize)(close - text - 1), people, skip(close + 1), speaker);
  }
  return false;
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

/* Length in `text` of the words of `label`, 0 when it does not begin so. */
static gsize label_length(const char *text, const char *label) {
  guint words = 1;
  for (const char *p = label; *p != '\0'; p++) {
    words += *p == ' ' ? 1 : 0;
  }
  const char *p = text;
  for (guint seen = 0; *p != '\0'; p = g_utf8_next_char(p)) {
    gunichar c = g_utf8_get_char(p);
    if (!g_unichar_isalnum(c) && ++seen == words) {
      break;
    }
  }
  g_autofree char *start = g_strndup(text, (gsize)(p - text));
  g_autofree char *folded = text_fold(start);
  return strcmp(folded, label) == 0 ? (gsize)(p - text) : 0;
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
  if (strlen(text) < 4) {
    return false;
  }
  for (guint i = 0; i < G_N_ELEMENTS(labels); i++) {
    gsize n = g_unichar_tolower(g_utf8_get_char(text)) < 128 &&
                      g_ascii_tolower(*text) != labels[i].label[0] ? 0 : label_length(text, labels[i].label);
    if (n == 0) {
      continue;
    }
    const char *after = text + n + strspn(text + n, " ");
    if (g_str_has_prefix(after, "\302\240")) {
      after += 2;
    }
    int kind = labels[i].kind == KIND_COUNT ? -1 : (int)labels[i].kind;
    if (*after == ':') {
      const char *rest = skip(after);
      Speaker inner = {.kind = -1};
      const char *colon = find_colon(rest);
      bool person = colon != NULL && take_person(rest, (gsize)(colon - rest), people, skip(colon), &inner);
      *speaker = inner;
      speaker->rest = person ? inner.rest : labels[i].strip ? rest : text;
    } else if (!labels[i].strip || !take_labelled_person(after, people, speaker)) {
      continue;
    }
    speaker->kind = kind;
    speaker->why = labels[i].why;
    return true;
  }
  return false;
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
  if (take_dotted(from, people, speaker) || take_dashed(from, people, speaker) ||
      take_unpunctuated(from, speaker) || take_known_pair(from, people, speaker)) {
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

bool speaker_is_name(const char *text, const People *people) {
  Person person = {0};
  gsize n = strcspn(text, ":,(;");
  bool found = person_read(text, n, people->known, &person);
  bool name = found && (person.sure || person.words >= 2);
  person_clear(&person);
  return name;
}

#include "sources/speaker.h"

#include "base/text.h"
#include "logbook/entry.h"
#include "sources/forms.h"
#include "sources/labels.h"
#include "sources/parts.h"
#include "sources/person.h"
#include "sources/words.h"

#include <string.h>

void speaker_clear(Speaker *speaker) {
  g_free(speaker->author);
  g_free(speaker->place);
  *speaker = (Speaker){.kind = -1};
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
  const char *colon = parts_colon(p);
  if (colon != NULL && parts_take_person(p, (gsize)(colon - p), people, parts_skip(colon), speaker)) {
    return true;
  }
  const char *next = NULL;
  g_autofree char *word = parts_word(p, &next);
  g_autofree char *folded = text_fold(word);
  gsize n = strlen(word);
  bool initials = n >= 2 && n <= 3 && strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == n && !word_is(WORD_SIGLE, folded) &&
                  !word_is(WORD_ORG, folded);
  if (initials && *next != '\0' && (parts_is_capital(next) || g_hash_table_contains(people->known, folded))) {
    speaker->author = g_steal_pointer(&word);
    speaker->rest = next;
    return true;
  }
  return false;
}

/* "Question – …": the dash stands for the colon. Its length, 0 none. */
static gsize dash_at(const char *p) {
  static const char *const dashes[] = {"- ", "– ", "— ", NULL};
  for (guint i = 0; dashes[i] != NULL; i++) {
    if (g_str_has_prefix(p, dashes[i])) {
      return strlen(dashes[i]);
    }
  }
  return 0;
}

static bool take_label(const char *text, const People *people, Speaker *speaker) {
  gsize n = 0;
  const Label *label = label_find(text, &n);
  if (label == NULL) {
    return false;
  }
  const char *after = text + n + strspn(text + n, " ");
  after += g_str_has_prefix(after, "\302\240") ? 2 : 0;
  gsize dash = label->strip ? dash_at(after) : 0;
  if (*after == ':' || dash > 0) {
    const char *rest = parts_skip(after + dash);
    Speaker inner = {.kind = -1};
    const char *colon = parts_colon(rest);
    bool person = colon != NULL && parts_take_person(rest, (gsize)(colon - rest), people, parts_skip(colon), &inner);
    *speaker = inner;
    speaker->rest = person ? inner.rest : label->strip ? rest : text;
  } else if (n < 2 || !take_labelled_person(after, people, speaker)) {
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
  if (n > 4 && (text[n - 1] == ')' || text[n - 1] == ']')) {
    const char *open = strrchr(from, text[n - 1] == ')' ? '(' : '[');
    start = open != NULL && open > text ? open + 1 : NULL;
    length = start != NULL ? (gsize)(text + n - 1 - start) : 0;
  } else {
    const char *dash = g_strrstr(from, " — ");
    dash = dash != NULL ? dash : g_strrstr(from, " – ");
    start = dash != NULL ? dash + strlen(" — ") : NULL;
    length = start != NULL ? strlen(start) : 0;
  }
  const char *ends = start == NULL ? from : text + n;
  for (const char *p = ends; (p = strpbrk(p, ".!?")) != NULL; p++) { /* "Le pont ferme. Marie" */
    g_autofree char *name = p[1] == ' ' && parts_is_capital(p + 2) ? text_fold(p + 2) : NULL;
    if (name != NULL && p > text + 8 && g_hash_table_contains(people->known, name)) {
      speaker->author = g_strdup(p + 2);
      *end = p + 1;
      return;
    }
  }
  Person person = {0};
  if (start != NULL && person_read(start, length, people->known, &person) && person.sure && !person.says) {
    speaker->author = g_steal_pointer(&person.author);
    speaker->place = g_steal_pointer(&person.place);
    const char *open = start[-1] == '(' || start[-1] == '[' ? start - 1 : start - strlen(" — ");
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
    return time && p[n] == ']' ? parts_skip(p + n + 1) : text;
  }
  return time && p[n] == ' ' && p[n + 1] != ':' ? p + n + 1 : text;
}

/* "Kassim : nous avons…": an unheard name is one when what follows is said by somebody. */
static bool speaks_of_itself(const char *text) {
  static const char *const opens[] = {"je",      "j",        "moi",   "nous",     "on",         "mon",      "ma",
                                      "mes",     "notre",    "nos",   "oui",      "non",        "ok",       "merci",
                                      "bonjour", "d accord", "bravo", "pour moi", "chez nous",  "chez moi", "i",
                                      "i m",     "we",       "my",    "our",      "yes",        "thanks",   "hello",
                                      "yo",      "nosotros", "mi",    "gracias",  "de acuerdo", NULL};
  g_autofree char *start = g_strndup(text, strcspn(text, ",.!?"));
  g_autofree char *folded = text_fold(start);
  for (guint i = 0; opens[i] != NULL; i++) {
    gsize n = strlen(opens[i]);
    if (strncmp(folded, opens[i], n) == 0 && (folded[n] == ' ' || folded[n] == '\0')) {
      return true;
    }
  }
  return false;
}

bool speaker_read(const char *text, const People *people, Speaker *speaker, const char **end) {
  *speaker = (Speaker){.kind = -1, .rest = text};
  *end = NULL;
  const char *from = skip_chat_time(text);
  if (*text == '[' && from != text) {
    speaker->rest = from;
  }
  if (take_label(from, people, speaker)) {
    if (speaker->author == NULL) {
      take_signature(speaker->rest, people, speaker, end);
    }
    return true;
  }
  if (forms_bracketed(from, people, speaker)) {
    return true;
  }
  from += *from == '@' ? 1 : 0;
  const char *colon = parts_colon(from);
  if (colon != NULL && parts_take_person(from, (gsize)(colon - from), people, parts_skip(colon), speaker)) {
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
  const char *nobody = forms_nobody(from != text && text[0] == '@' ? text : from, people);
  if (nobody != NULL) {
    speaker->rest = nobody;
    return false;
  }
  if (colon != NULL && person_may_be(from, (gsize)(colon - from)) && speaks_of_itself(parts_skip(colon))) {
    speaker->author = g_strchomp(g_strndup(from, (gsize)(colon - from)));
    speaker->rest = parts_skip(colon);
    return true;
  }
  if (forms_read(from, people, speaker)) {
    return true;
  }
  take_signature(text, people, speaker, end);
  return speaker->author != NULL;
}

char *speaker_take_topic(const char *text, const People *people, Speaker *speaker) {
  const char *colon = parts_colon(text);
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

char *speaker_take_place(char *text, const People *people) {
  gsize n = strlen(text);
  char closing = n > 4 ? text[n - 1] : '\0';
  char *open = closing == ')' ? strrchr(text, '(') : closing == ']' ? strrchr(text, '[') : NULL;
  if (open != NULL && open > text + 3) {
    g_autofree char *inside = g_strndup(open + 1, (gsize)(text + n - open) - 2);
    if (people_speak_from(people, inside)) {
      *open = '\0';
      g_strchomp(text);
      return g_steal_pointer(&inside);
    }
  }
  const char *colon = parts_colon(text);
  g_autofree char *head = colon != NULL && colon > text ? g_strndup(text, (gsize)(colon - text)) : NULL;
  if (head != NULL && *parts_skip(colon) != '\0' && people_speak_from(people, g_strstrip(head))) {
    const char *rest = parts_skip(colon);
    memmove(text, rest, strlen(rest) + 1);
    return g_steal_pointer(&head);
  }
  return NULL;
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
    bool sentence =
        p - text > 12 && p[1] == ' ' && g_ascii_islower(p[-1]) && g_ascii_islower(p[-2]) && g_ascii_islower(p[-3]);
    const char *colon = (sentence || *p != '.') && p[1] == ' ' && parts_is_capital(next) ? parts_colon(next) : NULL;
    Person person = {0};
    bool found = colon != NULL && colon - next < 60 &&
                 person_read(next, (gsize)(colon - next), people->known, &person) && person.sure;
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

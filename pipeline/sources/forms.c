#include "sources/forms.h"

#include "base/i18n.h"
#include "base/text.h"
#include "logbook/entry.h"
#include "sources/parts.h"
#include "sources/person.h"
#include "sources/words.h"

#include <string.h>

/* "Marie Le Goff - il faudrait…": only for someone who is surely a person. */
static bool take_dashed(const char *text, const People *people, Speaker *speaker) {
  static const char *const dashes[] = {" - ", " – ", " — ", " > ", "> ", " → ", NULL};
  for (guint i = 0; dashes[i] != NULL; i++) {
    const char *dash = strstr(text, dashes[i]);
    if (dash == NULL || dash - text > 70) {
      continue;
    }
    Person person = {0};
    bool found = person_read(text, (gsize)(dash - text), people->known, &person) && person.sure;
    person_clear(&person);
    if (found) {
      return parts_take_person(text, (gsize)(dash - text), people, dash + strlen(dashes[i]), speaker);
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
  return parts_take_person(part, strlen(part), people, parts_skip(close + 1), speaker);
}

/* "Gildas (Saint-Maudez). Plus de masques…", "Gildas (Saint-Maudez) plus de masques…": the parentheses stand for the
 * colon, unless the sentence is about him ("Gildas (Saint-Maudez) est malade"). */
static bool take_place_in_parentheses(const char *text, const People *people, Speaker *speaker) {
  static const char *const about[] = {"a",       "ont", "est",  "sont", "etait", "etaient", "avait",
                                      "avaient", "va",  "vont", "et",   "ou",    "and",     "or",
                                      "y",       "has", "is",   "was",  "es",    "ha",      NULL};
  const char *open = strchr(text, '('), *close = strchr(text, ')');
  if (open == NULL || close == NULL || open > close || open - text < 2 || close - text > 100 ||
      memchr(text, ':', (gsize)(close - text)) != NULL) {
    return false;
  }
  bool dotted = g_str_has_prefix(close, "). ");
  if (dotted) {
    return parts_take_person(text, (gsize)(close + 1 - text), people, close + strlen("). "), speaker);
  }
  const char *rest = close[1] == ' ' ? close + 2 : "", *next = NULL;
  g_autofree char *word = parts_word(rest, &next);
  g_autofree char *folded = text_fold(word);
  Person person = {0};
  bool found = *next != '\0' && g_unichar_isalpha(g_utf8_get_char(rest)) && !g_strv_contains(about, folded) &&
               person_read(text, (gsize)(close + 1 - text), people->known, &person) && person.sure &&
               person.place != NULL;
  person_clear(&person);
  return found && parts_take_person(text, (gsize)(close + 1 - text), people, rest, speaker);
}

/* What may stand between a name and what it said: "nous a rappelé que …". */
static bool is_reporting(const char *folded) {
  static const char *const verbs[] = {
      "dit",     "rappelle", "rappele",  "signale",  "indique",  "precise",   "explique", "ajoute",  "souligne",
      "informe", "annonce",  "confirme", "note",     "constate", "remarque",  "observe",  "estime",  "pense",
      "trouve",  "raconte",  "temoigne", "repond",   "repondu",  "says",      "said",     "reports", "reported",
      "notes",   "noted",    "adds",     "added",    "explains", "explained", "thinks",   "dice",    "dijo",
      "explica", "anade",    "senala",   "recuerda", "cree",     NULL};
  return g_strv_contains(verbs, folded);
}

static bool is_between(const char *folded) {
  static const char *const words[] = {"a",     "se",        "nous", "vous", "leur", "lui", "has",
                                      "aussi", "egalement", "also", "nos",  "ha",   NULL};
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
  return found && strlen(rest) >= 8 && parts_take_person(text, (gsize)(from - text), people, rest, speaker);
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
  const char *colon = strchr(text, ':');
  if (colon == NULL || colon - text > 20 || colon == text || (colon[1] != ' ' && colon[1] != '\302')) {
    return NULL;
  }
  g_autofree char *head = g_strndup(text, (gsize)(colon - text));
  g_autofree char *folded = text_fold(head);
  return (strspn(head, "?. ") == strlen(head)) || parts_is_nobody(folded) ? parts_skip(colon) : NULL;
}

/* "@Maëlle peux-tu vérifier ?": she is spoken to. Returns where the words begin, or NULL. */
static const char *skip_mention(const char *text, const People *people) {
  const char *next = NULL;
  g_autofree char *word = *text == '@' ? parts_word(text + 1, &next) : NULL;
  g_autofree char *folded = word != NULL ? text_fold(word) : NULL;
  bool person = folded != NULL && (word_is(WORD_GIVEN, folded) || g_hash_table_contains(people->known, folded));
  return person && *next != '\0' ? next : NULL;
}

/* "<Marie> …", "[Marie] …", "@Marie: …" as chats write it. */
bool forms_bracketed(const char *text, const People *people, Speaker *speaker) {
  char closing = *text == '<' ? '>' : *text == '[' ? ']' : '\0';
  const char *close = closing != '\0' ? strchr(text, closing) : NULL;
  if (close != NULL && close - text < 60 && close[1] != '\0') {
    return parts_take_person(text + 1, (gsize)(close - text - 1), people, parts_skip(close + 1), speaker);
  }
  return false;
}

/* "Sidonie Gilles DGA à Bourg en Aurelle comment déployer…": a known given name, a
 * surname, a role or sigle, "à" or "de", the words of a place; then what is said. */
static bool take_unpunctuated(const char *text, Speaker *speaker) {
  static const char *const inside[] = {"en", "sur", "sous", "les", "lès", "lez", "la",
                                       "le", "de",  "du",   "des", "aux", "d'",  NULL};
  const char *p = text;
  g_autofree char *given = parts_word(p, &p);
  g_autofree char *surname = parts_word(p, &p);
  g_autofree char *role = parts_word(p, &p);
  g_autofree char *preposition = parts_word(p, &p);
  g_autofree char *given_folded = text_fold(given);
  g_autofree char *role_folded = text_fold(role);
  if (!word_is(WORD_GIVEN, given_folded) || !parts_is_capital(given) || !parts_is_capital(surname) ||
      !parts_is_capital(p) || !(word_is(WORD_ROLE, role_folded) || word_is(WORD_ORG, role_folded)) ||
      (strcmp(preposition, "à") != 0 && strcmp(preposition, "de") != 0 && strcmp(preposition, "a") != 0)) {
    return false;
  }
  const char *end = p;
  for (const char *q = p; *q != '\0';) {
    const char *next = NULL;
    g_autofree char *word = parts_word(q, &next);
    if (parts_is_capital(word)) {
      end = q + strcspn(q, " ");
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
  g_autofree char *one = parts_word(text, &second);
  g_autofree char *two = parts_word(second, &third);
  g_autofree char *word = parts_word(third, &after);
  g_autofree char *pair = g_strdup_printf("%s %s", one, two);
  g_autofree char *folded = text_fold(pair);
  g_autofree char *next = text_fold(word);
  if (!parts_is_capital(text) || *two == '\0' || *word == '\0' || parts_is_capital(word) ||
      !g_hash_table_contains(people->known, folded) || strchr(folded, ' ') == NULL || g_str_has_suffix(next, "e") ||
      g_str_has_suffix(next, "ent") || strchr(word, '\'') != NULL || word_is(WORD_VERB, next) ||
      word_is(WORD_SAYS, next) || g_unichar_isalpha(g_utf8_get_char(word)) == FALSE || strlen(next) < 4) {
    return false;
  }
  speaker->author = g_steal_pointer(&pair);
  speaker->rest = third;
  return true;
}

const char *forms_nobody(const char *text, const People *people) {
  const char *rest = skip_nobody(text);
  return rest != NULL ? rest : skip_mention(text, people);
}

bool forms_read(const char *text, const People *people, Speaker *speaker) {
  return take_dotted(text, people, speaker) || take_dashed(text, people, speaker) ||
         take_reported(text, people, speaker) || take_place_in_parentheses(text, people, speaker) ||
         take_unpunctuated(text, speaker) || take_known_pair(text, people, speaker);
}

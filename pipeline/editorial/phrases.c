/* How an entry is introduced, and what is told after it. */
#include "editorial/phrase_tables.h"

#include "base/text.h"

#include <string.h>

/* Agreements are told from this many on, and not for entries that follow each other closely. */
#define AGREED_LEAST 3
#define AGREED_EVERY 3

/* --- before the words ------------------------------------------------------------ */

/* `template` names only what is given. Returns (g_free). */
static char *fill_template(const char *template, const char *where, const char *name) {
  GString *out = g_string_new(NULL);
  g_autofree char *capital = where == NULL ? NULL : text_capitalise(where);
  for (const char *at = template; *at != '\0'; at++) {
    if (at[0] != '{') {
      g_string_append_c(out, *at);
      continue;
    }
    g_string_append(out, at[1] == 'w' ? where : at[1] == 'W' ? capital : name);
    at += 2;
  }
  return g_string_free(out, FALSE);
}

/* A variant that differs from place to place, and from the one just used. Not by id: where an entry stands in the
 * logbook is not heard; nor by its words: a corrected one keeps its opening, and those after it theirs. */
static guint next_variant(const Entry *entry, const PhraseMemory *memory) {
  if (memory->any && memory->kind == entry->kind)
    return (memory->variant + 1) % PHRASE_VARIANTS;
  return (g_str_hash(entry->place == NULL ? "" : entry->place) + (guint)entry->kind) % PHRASE_VARIANTS;
}

/* Do the words say their own kind ("Question pour la mairie : …")? */
static bool says_kind(const char *words, const KindPhrases *kind) {
  g_autofree char *head = g_utf8_substring(words, 0, MIN(g_utf8_strlen(words, 64), 24));
  g_autofree char *folded = text_fold(head);
  return g_str_has_prefix(folded, kind->opening);
}

/* The first template from `variant` on whose words are not those of the entry. */
static const char *fresh_template(const char *const *templates, guint variant, const char *words) {
  for (guint i = 0; i < PHRASE_VARIANTS; i++)
    if (!phrase_repeats(templates[(variant + i) % PHRASE_VARIANTS], words))
      return templates[(variant + i) % PHRASE_VARIANTS];
  return templates[variant];
}

static bool is_rough(const Entry *entry) {
  return (entry->title == NULL || *entry->title == '\0') && entry->text != NULL &&
         g_unichar_islower(g_utf8_get_char(entry->text + strspn(entry->text, " ")));
}

/* Folded verbs of notes about somebody: "ne sait pas…", "cherche une salle". Not those that are nouns too. */
static const char *const VERBS[] = {"ne",        "n",       "travaille", "cherche",  "propose",  "souhaite", "pense",
                                    "constate",  "signale", "suggere",   "rappelle", "craint",   "aimerait", "voudrait",
                                    "participe", "prefere", "raconte",   "espere",   "apprecie", NULL};

/* "Quelqu'un, à Nantes, " before a verb that lacks its subject. Returns (g_free), or NULL. */
static char *intro_subject(const Phrases *phrases, const Entry *entry, const char *name, const char *where) {
  if (phrases->somebody == NULL || !is_rough(entry))
    return NULL;
  g_autofree char *folded = text_fold(entry->text);
  g_strchug(folded);
  folded[strcspn(folded, " '")] = '\0';
  if (!g_strv_contains(VERBS, folded))
    return NULL;
  const char *who = name == NULL ? phrases->somebody : name;
  return where == NULL ? g_strconcat(who, " ", NULL) : g_strconcat(who, ", ", where, ", ", NULL);
}

static char *intro_named(const Phrases *phrases, const char *name, const char *where, const char *template) {
  g_autofree char *who = where == NULL ? g_strdup(name) : fill_template(phrases->named_at, where, name);
  if (template == NULL)
    return g_strconcat(who, phrases->colon, NULL);
  /* "Maryvonne, à Port-Aurelle, demande : " */
  g_autofree char *subject = where == NULL ? g_strdup(who) : g_strconcat(who, ",", NULL);
  return fill_template(template, where, subject);
}

static char *intro_anonymous(const Phrases *phrases, const Entry *entry, const char *words, const char *where,
                             bool is_again, guint variant) {
  const KindPhrases *kind = &phrases->kinds[entry->kind];
  if (where != NULL && is_again)
    return fill_template(phrases->again, where, NULL);
  if (says_kind(words, kind))
    return where == NULL ? g_strdup("") : fill_template(phrases->here, where, NULL);
  bool is_note = entry->kind == KIND_EXPERIENCE && is_rough(entry);
  const char *const *templates = is_note ? (where != NULL ? phrases->noted_at : phrases->noted)
                                         : (where != NULL ? kind->with_place : kind->without_place);
  return fill_template(fresh_template(templates, variant, words), where, NULL);
}

/* The first answer is called one; further ones are now and then, else by their kind. */
static char *intro_reply(const Phrases *phrases, const Entry *entry, const char *words, const char *where,
                         bool is_again, guint variant, guint answers) {
  bool at = where != NULL && !is_again;
  if (answers == 0)
    return fill_template(at ? phrases->reply_at : phrases->reply, where, NULL);
  if (answers % 2 == 1)
    return intro_anonymous(phrases, entry, words, where, is_again, variant);
  guint turn = answers / 2 % PHRASE_VARIANTS;
  return fill_template(at ? phrases->more_at[turn] : phrases->more[turn], where, NULL);
}

/* A language without a table: the place or the name alone. */
static char *intro_plain(const char *name, const char *place) {
  const char *who = name != NULL ? name : place;
  return who == NULL ? g_strdup("") : g_strconcat(who, ": ", NULL);
}

/* "Un souci, à Kervalan : " → "Un souci, à Kervalan. ", where the words have a colon of their own. Takes `intro`. */
static char *end_intro(char *intro, const char *colon, const char *words) {
  if (!g_str_has_suffix(intro, colon) || !phrase_opens_with_colon(words))
    return intro;
  char *stopped = g_strdup_printf("%.*s. ", (int)(strlen(intro) - strlen(colon)), intro);
  g_free(intro);
  return stopped;
}

static char *intro_of(const Entry *entry, const char *words, bool is_urgent, bool is_reply, PhraseMemory *memory) {
  const Phrases *phrases = phrase_table(entry->language);
  const char *place = entry_said_place(entry);
  g_autofree char *name = entry_said_name(entry);
  g_autofree char *where = place == NULL ? NULL : phrase_where(place, entry->language);
  bool is_again = memory->any && place != NULL && g_strcmp0(memory->place, place) == 0;
  guint variant = next_variant(entry, memory);
  guint answers = memory->answers;
  memory->answers = is_reply ? answers + 1 : 0;
  memory->place = place;
  memory->variant = variant;
  memory->kind = entry->kind;
  memory->any = true;
  if (phrases == NULL)
    return intro_plain(name, place);
  char *subject = is_urgent || is_reply ? NULL : intro_subject(phrases, entry, name, is_again ? NULL : where);
  if (subject != NULL)
    return subject;
  if (is_urgent && name == NULL)
    return fill_template(where == NULL ? phrases->urgent : phrases->urgent_at, where, NULL);
  if (name != NULL)
    return intro_named(phrases, name, is_again ? NULL : where,
                       is_reply       ? phrases->reply_named
                       : variant == 0 ? NULL
                                      : phrases->kinds[entry->kind].named);
  if (is_reply)
    return intro_reply(phrases, entry, words, where, is_again, variant, answers);
  return intro_anonymous(phrases, entry, words, where, is_again, variant);
}

char *phrase_intro(const Entry *entry, bool is_urgent, bool is_reply, PhraseMemory *memory) {
  g_autofree char *words = phrase_words(entry);
  const Phrases *phrases = phrase_table(entry->language);
  return end_intro(intro_of(entry, words, is_urgent, is_reply, memory), phrases == NULL ? ": " : phrases->colon, words);
}

/* --- the words -------------------------------------------------------------------- */

/* The first sentence of the words, where more follow it, is what the entry is about; an introduction that ends with
 * a full stop is a sentence before it. */
static guint headline_of(const char *intro, const char *words) {
  if (phrase_first_sentence(words) == strlen(words))
    return 0;
  return phrase_first_sentence(intro) < strlen(intro) ? 2 : 1;
}

char *phrase_entry(const Entry *entry, bool is_urgent, bool is_reply, PhraseMemory *memory) {
  const Phrases *phrases = phrase_table(entry->language);
  const char *agreed = phrases == NULL ? NULL : phrases->kinds[entry->kind].agreed;
  bool may_tell = !memory->any || memory->since_agreed >= AGREED_EVERY - 1;
  g_autofree char *intro = phrase_intro(entry, is_urgent, is_reply, memory);
  g_autofree char *words = phrase_words(entry);
  memory->headline = headline_of(intro, words);
  memory->since_agreed++;
  if (agreed == NULL || entry->endorsements < AGREED_LEAST || !may_tell)
    return g_strconcat(intro, words, NULL);
  memory->since_agreed = 0;
  return g_strdup_printf("%s%s %" G_GINT64_FORMAT " %s", intro, words, entry->endorsements, agreed);
}

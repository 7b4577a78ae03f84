/* Hostile entries in a bulletin: a line of the input is an entry (its first bytes choose kind, priority, attribution,
 * agreements and whether it has an author, a title or a parent), and the whole is composed by a script that has all. */
#include "fuzz.h"

#include "editorial/compose.h"
#include "editorial/names.h"
#include "editorial/phrases.h"
#include "editorial/rundown_file.h"
#include "editorial/similar.h"

#include "base/wav.h"

#define ENTRIES_MOST 12
#define AUTHOR "Soizic Kermeur"

static const char bulletin_script[] =
    "title: Le carnet, {date}\nlanguage: fr\nlength: \"4:00\"\nfit: exact\nleast: \"0:30\"\n"
    "voices: {presenter: claire, reader: paul, alerts: marc, en: emma}\nbed: {file: nappe, gain: -13, duck: -10}\n"
    "pauses: {least: 0.6, most: 3.8}\norder:\n  - jingle: ouverture\n  - headlines: 3\n    lead: \"À la une.\"\n"
    "  - entries: {kinds: [alert, announcement], most: 8, lead: \"D'abord.\"}\n"
    "  - entries: {kinds: [question, problem], least: 1, most: 10, voice: reader}\n"
    "  - entries: {most: 10}\n  - say: \"C'était {count, plural, one {une nouvelle} other {# nouvelles}}.\"\n"
    "  - jingle: fermeture\n";

static const Script *script_once(void) {
  static Script *script;
  if (script == NULL) {
    g_autoptr(GBytes) bytes = g_bytes_new_static(bulletin_script, sizeof bulletin_script - 1);
    GError *error = NULL;
    script = script_parse("scripts/essai.yaml", bytes, &error);
    if (script == NULL)
      g_error("%s", error->message);
  }
  return script;
}

static bool measure_bulletin(GPtrArray *items, gpointer user, GError **error) {
  (void)user;
  (void)error;
  for (guint i = 0; i < items->len; i++) {
    RundownItem *item = items->pdata[i];
    promise(item->type != ITEM_SPEECH || (item->text != NULL && *item->text != '\0' && item->voice != NULL));
    item->frames = item->type == ITEM_SPEECH ? (gint64)strlen(item->text) * FRAME_RATE / 14 : 6 * FRAME_RATE;
  }
  return true;
}

static char byte_at(const char *line, gsize i) {
  return i < strlen(line) ? line[i] : '\0';
}

/* A line that the store would take. Returns (entry_free), or NULL. */
static Entry *entry_of_line(const char *line, gint64 id) {
  g_autoptr(Entry) entry = entry_new();
  guint kind = (guchar)byte_at(line, 0), how = (guchar)byte_at(line, 1), who = (guchar)byte_at(line, 2);
  const char *text = strlen(line) > 3 ? line + 3 : "";
  const char *bar = strchr(text, '|');
  entry->id = id;
  entry->date = g_strdup("2026-03-17");
  entry->kind = (EntryKind)(kind % KIND_COUNT);
  entry->priority = (EntryPriority)(how % PRIORITY_COUNT);
  entry->attribution = (Attribution)(who % ATTRIBUTION_COUNT);
  entry->endorsements = how / 8;
  entry->language = g_strdup(who & 16 ? "en" : "fr");
  entry->author = who & 8 ? g_strdup(AUTHOR) : NULL;
  entry->parent = who & 32 && id > 1 ? id - 1 : 0;
  entry->title = bar != NULL && how & 4 ? g_strndup(text, (gsize)(bar - text)) : NULL;
  entry->place = bar != NULL && !(how & 4) ? g_strndup(text, (gsize)(bar - text)) : NULL;
  entry->text = g_strdup(bar != NULL ? bar + 1 : text);
  entry->status = STATUS_APPROVED;
  return entry_check(entry, NULL) ? g_steal_pointer(&entry) : NULL;
}

static GPtrArray *entries_of(const char *text) {
  GPtrArray *entries = g_ptr_array_new_with_free_func((GDestroyNotify)entry_free);
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (char **line = lines; *line != NULL && entries->len < ENTRIES_MOST; line++) {
    Entry *entry = g_utf8_validate(*line, -1, NULL) ? entry_of_line(*line, entries->len + 1) : NULL;
    if (entry != NULL)
      g_ptr_array_add(entries, entry);
  }
  return entries;
}

static void check_words(const Entry *entry) {
  PhraseMemory memory = {0};
  g_autofree char *said = phrase_entry(entry, entry->priority == PRIORITY_URGENT, false, &memory);
  g_autofree char *reply = phrase_entry(entry, false, true, &memory),
                  *intro = phrase_intro(entry, true, false, &memory);
  g_autofree char *title = phrase_title(entry), *headline = phrase_headline(entry), *words = phrase_words(entry);
  const char *all[] = {said, reply, intro, title, words};
  for (guint i = 0; i < G_N_ELEMENTS(all); i++)
    promise(all[i] != NULL && g_utf8_validate(all[i], -1, NULL));
  promise(text_columns(title) <= PHRASES_TITLE_COLUMNS);
  promise(headline == NULL || g_utf8_validate(headline, -1, NULL));
  phrase_headline_is_clean(entry);
  g_autoptr(GPtrArray) names = names_in_anonymous(entry);
  promise(names->len <= NAMES_MOST);
  /* An author who is in no word of theirs is never said where the attribution forbids it. */
  bool may_be_named = entry->attribution == ATTRIBUTION_FIRST_NAME || entry->attribution == ATTRIBUTION_FULL;
  g_autofree char *written = g_strjoin(" ", entry->text, entry->title ? entry->title : "", entry->place, NULL);
  bool in_words =
      strcasestr(written, "Soizic") != NULL || strcasestr(written, "Kermeur") != NULL; /* "kermeur" opens a sentence */
  promise(may_be_named || in_words || (strstr(said, "Soizic") == NULL && strstr(said, "Kermeur") == NULL));
  g_autoptr(Shingles) one = shingles_new(words);
  g_autoptr(Shingles) two = shingles_new(said);
  double likeness = shingles_likeness(one, two);
  promise(likeness >= 0 && likeness <= 1);
}

static void check_explanations(const GPtrArray *explanations, guint entries) {
  promise(explanations->len == entries);
  for (guint i = 0; i < explanations->len; i++) {
    const Explanation *one = explanations->pdata[i];
    promise(one->why != NULL && fuzz_is_printable(one->title, false));
  }
}

static void check_file(const Rundown *rundown) {
  GError *error = NULL;
  g_autofree char *file = rundown_format(rundown);
  g_autoptr(GBytes) bytes = g_bytes_new(file, strlen(file));
  g_autoptr(Rundown) read = rundown_parse("rundown.yaml", bytes, &error);
  if (read == NULL)
    g_error("a bulletin that cannot be read back: %s\n%s", error->message, file);
  promise(rundown_sounds_like(rundown, read) && !read->edited);
}

static void fuzz_bulletin(const guint8 *data, gsize nbytes) {
  g_autofree char *text = fuzz_clean_text(data, nbytes);
  g_autoptr(GPtrArray) entries = entries_of(text != NULL ? text : ""), explanations = NULL;
  ComposeInput input = {.script = script_once(),
                        .entries = entries,
                        .station_name = "Radio du Port",
                        .date = "2026-03-17",
                        .hour = 12,
                        .minute = 5};
  GError *error = NULL;
  g_autoptr(Rundown) rundown = compose_rundown(&input, measure_bulletin, NULL, &explanations, &error);
  if (rundown == NULL)
    fuzz_refused(error);
  for (guint i = 0; i < entries->len && !fuzz_reads_only; i++)
    check_words(entries->pdata[i]);
  if (rundown == NULL || fuzz_reads_only)
    return;
  check_explanations(explanations, entries->len);
  check_file(rundown);
}

FUZZ_TARGET(fuzz_bulletin)

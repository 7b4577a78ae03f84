/* The bulletin being made: chosen, put in order, its words changed, its sound made and heard. */
#include "desk/answers.h"

#include "base/text.h"
#include "base/wav.h"
#include "commands/proposals.h"
#include "desk/bulletin.h"
#include "desk/jobs.h"
#include "desk/sounds.h"
#include "editorial/rundown_file.h"
#include "logbook/entries.h"
#include "podcast/cues.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* --- what it is ------------------------------------------------------------------------------------- */

static void tell_bulletin(Visit *visit, const Bulletin *bulletin, guint job) {
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "edition", bulletin->edition);
  json_add_string(builder, "made", bulletin->made);
  if (job)
    json_add_int(builder, "job", job);
  if (bulletin->rundown)
    cues_add_rundown(builder, bulletin->rundown);
  json_builder_end_object(builder);
  visit_json(visit, job ? 202 : 200, builder);
}

void answer_rundown(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Bulletin) bulletin = bulletin_open(visit, &error);
  if (bulletin)
    tell_bulletin(visit, bulletin, 0);
  else
    visit_fail(visit, 0, error);
}

/* Returns (g_free). */
static char *rundown_page(const Bulletin *bulletin) {
  g_autofree char *script = g_uri_escape_string(bulletin->slot.script, NULL, FALSE);
  return g_strdup_printf("/rundown?script=%s&date=%s", script, bulletin->slot.date);
}

/* --- verbs that take long ------------------------------------------------------------------------------ */

static void start_job(Visit *visit, const char *const *verb, const char *note) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Bulletin) bulletin = bulletin_open(visit, &error);
  if (!bulletin) {
    visit_fail(visit, 0, error);
    return;
  }
  const Slot *slot = &bulletin->slot;
  g_autoptr(GPtrArray) arguments = g_ptr_array_new();
  for (; *verb; verb++)
    g_ptr_array_add(arguments, (gpointer)*verb);
  const char *rest[] = {"--script", slot->script, "--date", slot->date, NULL};
  for (guint i = 0; rest[i]; i++)
    g_ptr_array_add(arguments, (gpointer)rest[i]);
  g_ptr_array_add(arguments, NULL);
  guint job = jobs_start(visit->desk->jobs, bulletin->edition, visit->session->station->language, visit_who(visit),
                         (const char *const *)arguments->pdata, &error);
  if (job == 0) {
    visit_fail(visit, 0, error);
    return;
  }
  visit_note(visit, note, bulletin->edition);
  g_autofree char *where = rundown_page(bulletin);
  if (visit->wants_json)
    tell_bulletin(visit, bulletin, job);
  else
    visit_done(visit, where, "started", NULL);
}

void answer_choose(Visit *visit) {
  static const char *const verb[] = {"rundown", NULL}, *const again[] = {"rundown", "--again", NULL};
  start_job(visit, visit_is_set(visit, "again") ? again : verb, "rundown.choose");
}

void answer_produce(Visit *visit) {
  static const char *const verb[] = {"produce", NULL};
  start_job(visit, verb, "rundown.produce");
}

void answer_job(Visit *visit) {
  static const char *const names[] = {"unknown", "running", "done", "failed"};
  g_autoptr(GError) error = NULL;
  gint64 number = visit_number(visit, "job", &error);
  g_autofree char *why = NULL;
  JobState state = number > 0 && number <= G_MAXUINT ? jobs_state(visit->desk->jobs, (guint)number, &why) : JOB_UNKNOWN;
  if (state == JOB_UNKNOWN) {
    visit_refuse(visit, 404, _("there is no such job"));
    return;
  }
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "state", names[state]);
  json_add_string(builder, "why", state == JOB_FAILED ? why : NULL);
  json_builder_end_object(builder);
  visit_json(visit, 200, builder);
}

char *explain_bulletin(const Visit *visit, const Bulletin *bulletin, GError **error) {
  const Slot *slot = &bulletin->slot;
  if (!bulletin->rundown) { /* nothing is made by asking */
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                _("this bulletin has no rundown yet: choose its highlights first"));
    return NULL;
  }
  const char *arguments[] = {"rundown",    "--explain", "--dry-run", "--json", "--script",
                             slot->script, "--date",    slot->date,  NULL};
  return visit_ask(visit, arguments, error);
}

void answer_explain(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Bulletin) bulletin = bulletin_open(visit, &error);
  char *text = bulletin ? explain_bulletin(visit, bulletin, &error) : NULL;
  visit_printed(visit, text, error);
}

/* --- changes --------------------------------------------------------------------------------------------- */

/* Pauses stay where they are: it changes places with what is heard between here and there. */
static bool move(const Visit *visit, Rundown *rundown, guint item, GError **error) {
  gint64 to = visit_number(visit, "to", error);
  if (error && *error)
    return false;
  gpointer *items = rundown->items->pdata;
  guint last = MIN((guint)MIN(to, G_MAXINT), rundown->items->len - 1);
  for (guint at = item, next = item; next != last;) {
    next = last > item ? next + 1 : next - 1;
    if (((const RundownItem *)items[next])->type == ITEM_PAUSE)
      continue;
    gpointer moved = items[at];
    items[at] = items[next];
    items[next] = moved;
    at = next;
  }
  return true;
}

/* Is anything heard without the items from `first` to `last`? */
static bool is_heard_without(const Rundown *rundown, guint first, guint last) {
  for (guint i = 0; i < rundown->items->len; i++)
    if ((i < first || i > last) && ((const RundownItem *)rundown->items->pdata[i])->type != ITEM_PAUSE)
      return true;
  return false;
}

/* With what introduces it. A rundown of nothing could not be read again. */
static bool drop(const Visit *visit, Rundown *rundown, guint item, GError **error) {
  (void)visit;
  guint first = amend_first_of(rundown, item);
  if (!is_heard_without(rundown, first, item)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("it is the last one: a bulletin of nothing cannot be made"));
    return false;
  }
  g_ptr_array_remove_range(rundown->items, first, item - first + 1);
  return true;
}

static bool need_speech(const RundownItem *item, GError **error) {
  if (item->type != ITEM_SPEECH)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("nobody speaks in this item"));
  return item->type == ITEM_SPEECH;
}

/* A text that is changed is read anew; words to be said stand as they are. */
static bool change_words(const Visit *visit, Rundown *rundown, guint index, GError **error) {
  RundownItem *item = rundown->items->pdata[index];
  const char *text = visit_value(visit, "text"), *spoken = visit_text(visit, "spoken");
  if (!need_speech(item, error))
    return false;
  if (text && text_is_blank(text)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("no words: take the item out instead"));
    return false;
  }
  if (text) {
    g_free(item->text);
    item->text = text_squeeze(text);
    g_clear_pointer(&item->spoken, g_free);
    item->own_spoken = false;
  }
  if (!text_is_blank(spoken)) {
    g_free(item->spoken);
    item->spoken = text_squeeze(spoken);
    item->own_spoken = true;
  }
  return true;
}

static bool change_voice(const Visit *visit, Rundown *rundown, guint index, GError **error) {
  static const char *const endings[] = {"yaml", NULL};
  RundownItem *item = rundown->items->pdata[index];
  const char *voice = visit_text(visit, "voice");
  g_autofree char *path =
      need_speech(item, error) ? station_find(visit->session->station, "voices", voice, endings, error) : NULL;
  if (!path)
    return false;
  g_free(item->voice);
  item->voice = g_strdup(voice);
  return true;
}

static bool change_lock(const Visit *visit, Rundown *rundown, guint item, GError **error) {
  (void)item;
  (void)error;
  rundown->locked = visit_is_set(visit, "locked");
  return true;
}

static bool change_keep(const Visit *visit, Rundown *rundown, guint index, GError **error) {
  RundownItem *item = rundown->items->pdata[index];
  if (item->entry == 0) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("only what tells of an entry can be kept"));
    return false;
  }
  bool keeps = visit_is_set(visit, "keep");
  g_autoptr(Entry) entry = NULL;
  if (keeps && !entries_look_up(visit->session->store, item->entry, &entry, error))
    return false; /* without its sum it would never be told that the entry is another since */
  g_free(item->kept_sum);
  item->kept = keeps;
  item->kept_sum = entry ? kept_sum_of(entry) : NULL;
  return true;
}

/* --- an entry that waited ---------------------------------------------------------------------------------- */

static gint64 entry_at(const Rundown *rundown, guint index) {
  return index < rundown->items->len ? ((const RundownItem *)rundown->items->pdata[index])->entry : 0;
}

/* After the last entry, and after a pause like the one before that. */
static guint place_after_entries(Rundown *rundown) {
  guint last = rundown->items->len;
  while (last > 0 && entry_at(rundown, last - 1) == 0)
    last--;
  if (last == 0) /* none yet: where the bulletin would close */
    return rundown->items->len;
  guint first = amend_first_of(rundown, last - 1);
  const RundownItem *before = first > 0 ? rundown->items->pdata[first - 1] : NULL;
  if (before && before->type == ITEM_PAUSE)
    g_ptr_array_insert(rundown->items, (gint)last++, rundown_item_copy(before));
  return last;
}

/* In the place of the item that is named, else at the end of the entries. */
static bool put_entry(const Visit *visit, Rundown *rundown, guint index, GError **error) {
  bool is_swap = !text_is_blank(visit_text(visit, "item"));
  gint64 entry = visit_number(visit, "entry", error);
  if (error && *error)
    return false;
  g_auto(Slot) slot = {.date = g_strdup(rundown->date), .script = g_strdup(rundown->script)};
  g_autoptr(Proposals) proposals = proposals_open(visit->session, &slot, error);
  if (!proposals)
    return false;
  g_autoptr(GPtrArray) items = rundown_item_of(rundown, entry) ? NULL : amend_items(&proposals->input, entry);
  if (!items || (is_swap && entry_at(rundown, index) == 0)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                items ? _("another entry can only take the place of an entry")
                      : _("this entry is in the bulletin already, or may not be heard in it"));
    return false;
  }
  guint first = is_swap ? amend_first_of(rundown, index) : 0;
  if (is_swap)
    g_ptr_array_remove_range(rundown->items, first, index - first + 1);
  guint at = is_swap ? first : place_after_entries(rundown);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_insert(rundown->items, (gint)(at + i), rundown_item_copy(items->pdata[i]));
  return true;
}

/* --- a person's own voice ------------------------------------------------------------------------------------ */

/* What was said stays as the transcript's words. The file is kept already ("sound"). */
static bool change_sound(const Visit *visit, Rundown *rundown, guint index, GError **error) {
  RundownItem *item = rundown->items->pdata[index];
  if (item->type != ITEM_SPEECH && item->type != ITEM_SOUND) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("nobody speaks in this item"));
    return false;
  }
  g_free(item->file);
  item->file = g_strdup(visit_text(visit, "sound"));
  item->type = ITEM_SOUND;
  g_clear_pointer(&item->voice, g_free);
  g_clear_pointer(&item->spoken, g_free);
  item->own_spoken = false;
  return true;
}

static bool needs_item(const Visit *visit, BulletinChange change) {
  if (change == put_entry)
    return !text_is_blank(visit_text(visit, "item"));
  return change != change_lock && change != bulletin_take_back;
}

/* After a change of words or a voice its length is measured, in the background. */
static void make_change(Visit *visit, BulletinChange change, bool is_measured, const char *note, const char *done) {
  g_autoptr(GError) error = NULL;
  bool conflict = false;
  g_autoptr(Bulletin) bulletin = bulletin_change(visit, change, needs_item(visit, change), &conflict, &error);
  if (!bulletin) {
    visit_fail(visit, conflict ? 409 : 0, error);
    return;
  }
  const Slot *slot = &bulletin->slot;
  const char *const measure[] = {"rundown", "--settle", "--script", slot->script, "--date", slot->date, NULL};
  guint job = is_measured ? jobs_start(visit->desk->jobs, bulletin->edition, visit->session->station->language,
                                       visit_who(visit), measure, NULL) /* its lengths come with the next */
                          : 0;
  visit_note(visit, note, bulletin->edition);
  web_events_send(visit->desk->events, "rundown", "{}");
  g_autofree char *where = rundown_page(bulletin);
  if (visit->wants_json)
    tell_bulletin(visit, bulletin, job);
  else
    visit_done(visit, where, done, NULL);
}

void answer_item_move(Visit *visit) {
  make_change(visit, move, false, "rundown.move", "moved");
}

void answer_item_drop(Visit *visit) {
  make_change(visit, drop, false, "rundown.drop", "dropped");
}

void answer_item_words(Visit *visit) {
  make_change(visit, change_words, true, "rundown.words", "saved");
}

void answer_item_voice(Visit *visit) {
  make_change(visit, change_voice, true, "rundown.voice", "saved");
}

void answer_item_put(Visit *visit) {
  make_change(visit, put_entry, true, "rundown.put", "added");
}

void answer_item_keep(Visit *visit) {
  bool keeps = visit_is_set(visit, "keep");
  make_change(visit, change_keep, false, keeps ? "rundown.keep" : "rundown.free", keeps ? "kept" : "freed");
}

void answer_rundown_undo(Visit *visit) {
  make_change(visit, bulletin_take_back, true, "rundown.undo", "undone");
}

/* It is decoded and kept before the bulletin is held: that may take long. */
void answer_item_sound(Visit *visit) {
  g_autoptr(GError) error = NULL;
  char *name = sound_keep(visit, &error);
  if (!name) {
    visit_fail(visit, 0, error);
    return;
  }
  g_hash_table_replace(visit->values, g_strdup("sound"), name);
  make_change(visit, change_sound, true, "rundown.sound", "saved");
}

void answer_rundown_lock(Visit *visit) {
  bool locks = visit_is_set(visit, "locked");
  make_change(visit, change_lock, false, locks ? "rundown.lock" : "rundown.unlock", locks ? "locked" : "unlocked");
}

/* --- listening ----------------------------------------------------------------------------------------------- */

void answer_edition_file(Visit *visit) {
  const char *file = visit_text(visit, "file");
  g_autofree char *path = bulletin_file(visit, visit_text(visit, "edition"), file);
  if (path)
    web_reply_file(visit->reply, path, sound_type(file));
  else
    visit_refuse(visit, 404, _("there is nothing at this address"));
}

/* What there is of it is given at once, the rest as it is made. */
void answer_making(Visit *visit) {
  const char *type = NULL;
  gint64 from = 0;
  int fd = bulletin_making(visit, visit_text(visit, "edition"), &type, &from);
  if (fd >= 0)
    web_reply_growing(visit->reply, visit->desk->growing, fd, from, type);
  else
    visit_refuse(visit, 404, _("this bulletin is not being made"));
}

/* As the bulletin would say them, by the station's voices and lexicon. */
void answer_say(Visit *visit) {
  const char *text = visit_text(visit, "text"), *voice = visit_text(visit, "voice"),
             *language = visit_text(visit, "language");
  g_autofree char *path = station_path(visit->session->station, ".desk-say-XXXXXX.wav", NULL);
  int fd = text_is_blank(text) || strcmp(text, "-") == 0 /* standard input */ ? -1
                                                                              : g_mkstemp_full(path, O_RDWR | O_CLOEXEC,
                                                                                               0600);
  if (fd < 0) {
    visit_refuse(visit, 422, _("no words to say"));
    return;
  }
  close(fd);
  g_autofree char *voice_option = g_strconcat("--voice=", voice, NULL);
  g_autofree char *language_option = g_strconcat("--language=", language, NULL);
  g_autofree char *output = g_strconcat("--output=", path, NULL);
  const char *arguments[7] = {"say", output};
  guint n = 2;
  if (*voice)
    arguments[n++] = voice_option;
  if (*language)
    arguments[n++] = language_option;
  arguments[n++] = "--";
  arguments[n++] = text;
  g_autoptr(GError) error = NULL;
  g_autofree char *said = visit_ask(visit, arguments, &error);
  g_autoptr(GBytes) bytes = said ? file_read(path, 64u << 20, &error) : NULL;
  g_unlink(path);
  if (bytes)
    web_reply_bytes(visit->reply, 200, "audio/wav", bytes);
  else
    visit_fail(visit, 0, error);
}

void answer_lexicon(Visit *visit) {
  const char *word = visit_text(visit, "word"), *say = visit_text(visit, "say"),
             *language = visit_text(visit, "language");
  if (text_is_blank(word) || text_is_blank(say)) {
    visit_refuse(visit, 422, _("say which word, and how it sounds"));
    return;
  }
  g_autofree char *say_option = g_strconcat("--say=", say, NULL);
  g_autofree char *language_option = g_strconcat("--lexicon-language=", language, NULL);
  const char *arguments[7] = {"lexicon", "add", say_option};
  guint n = 3;
  if (*language)
    arguments[n++] = language_option;
  arguments[n++] = "--";
  arguments[n++] = word;
  g_autoptr(GError) error = NULL;
  g_autofree char *said = visit_ask(visit, arguments, &error);
  if (!said) {
    visit_fail(visit, 0, error);
    return;
  }
  visit_note(visit, "lexicon.add", word);
  visit_done(visit, "/rundown", "saved", NULL);
}

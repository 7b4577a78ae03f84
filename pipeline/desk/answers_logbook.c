/* The logbook: entries found, added, changed, looked at; nothing silently overwritten. */
#include "desk/answers.h"

#include "base/clock.h"
#include "base/text.h"
#include "commands/entry_print.h"
#include "desk/access.h"
#include "desk/entries.h"
#include "desk/page.h"
#include "logbook/revisions.h"

#include <inttypes.h>
#include <string.h>

/* --- reading ------------------------------------------------------------------------------------------- */

void answer_entries(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries = desk_entries(visit, &error);
  if (!entries) {
    visit_fail(visit, 0, error);
    return;
  }
  bool has_more = entries->len > ENTRIES_A_PAGE;
  guint n = MIN(entries->len, ENTRIES_A_PAGE);
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_builder_set_member_name(builder, "entries");
  json_builder_begin_array(builder);
  for (guint i = 0; i < n; i++) {
    json_builder_begin_object(builder);
    entry_json_members(builder, entries->pdata[i]);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
  json_builder_set_member_name(builder, "before");
  if (has_more)
    json_builder_add_int_value(builder, ((const Entry *)entries->pdata[n - 1])->id);
  else
    json_builder_add_null_value(builder);
  json_builder_end_object(builder);
  visit_json(visit, 200, builder);
}

static void add_version(JsonBuilder *builder, const Entry *entry) {
  g_autofree char *version = g_strdup_printf("%" PRId64, entry->changed_us); /* a number that JavaScript would round */
  json_add_string(builder, "version", version);
}

static void add_history(JsonBuilder *builder, const GPtrArray *revisions) {
  json_builder_set_member_name(builder, "history");
  json_builder_begin_array(builder);
  for (guint i = 0; i < revisions->len; i++) {
    const Revision *revision = revisions->pdata[i];
    json_builder_begin_object(builder);
    json_add_instant(builder, "at", revision->at_us);
    json_add_string(builder, "who", revision->who);
    json_add_string(builder, "what", revision->what);
    json_add_string(builder, "text", revision->entry->text);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
}

static void tell_entry(Visit *visit, unsigned status, gint64 id) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Entry) entry = entries_get(visit->session->store, id, &error);
  g_autoptr(GPtrArray) revisions = entry ? revisions_of(visit->session->store, id, &error) : NULL;
  if (!revisions) {
    visit_fail(visit, 0, error);
    return;
  }
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  entry_json_members(builder, entry);
  add_version(builder, entry);
  add_history(builder, revisions);
  json_builder_end_object(builder);
  visit_json(visit, status, builder);
}

void answer_entry(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Entry) entry = desk_entry(visit, &error);
  if (entry)
    tell_entry(visit, 200, entry->id);
  else
    visit_fail(visit, 404, error);
}

/* --- adding --------------------------------------------------------------------------------------------------- */

static gint64 add_entry(Visit *visit, Entry *entry, GError **error) {
  if (!desk_apply(visit, entry, error))
    return 0;
  const char *who = *visit_who(visit) ? visit_who(visit) : entry->source_name;
  return entries_add(visit->session->store, entry, who, error);
}

/* A form comes back with what was typed, whatever was in its way. */
static void refuse_entry(Visit *visit, const Entry *entry, const GError *error) {
  if (visit->wants_json)
    visit_fail(visit, 0, error);
  else
    show_entry(visit, entry, NULL, error->message, (unsigned)carnet_error_http_status(error));
}

void answer_entry_add(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Entry) entry = desk_new_entry(visit);
  gint64 id = add_entry(visit, entry, &error);
  if (id == 0) {
    refuse_entry(visit, entry, error);
  } else {
    g_autofree char *about = g_strdup_printf("%" PRId64, id);
    visit_note(visit, "entry.add", about);
    if (visit->wants_json)
      tell_entry(visit, 201, id);
    else
      visit_done(visit, "/logbook", "added", NULL);
  }
}

/* A field that people do not see is empty; a program fills it in. */
static bool is_trap(const Visit *visit) {
  return *visit_text(visit, "website") != '\0';
}

static void refuse_contribution(Visit *visit, const char *why, unsigned status) {
  if (visit->wants_json)
    visit_refuse(visit, status, why);
  else
    show_contribute(visit, why, status);
}

void answer_contribute(Visit *visit) {
  g_autofree char *place = access_place(visit), *key = g_strconcat("contribute ", place, NULL);
  g_autoptr(GError) error = NULL;
  guint seconds = MAX(throttle_wait(visit->desk->throttle, key, clock_monotonic_us()),
                      throttle_wait(visit->desk->loose, "contribute", clock_monotonic_us()));
  g_clear_pointer(&visit->user, user_free); /* whoever he is: here he is anybody */
  g_clear_pointer(&visit->login, login_free);
  if (!visit->session->station->desk.takes_contributions) {
    visit_refuse(visit, 404, _("there is nothing at this address"));
    return;
  }
  if (seconds > 0) {
    refuse_contribution(visit, _("enough for now: try again in some minutes"), 429);
    return;
  }
  throttle_failed(visit->desk->throttle, key, clock_monotonic_us()); /* so many an hour, from here and altogether */
  throttle_failed(visit->desk->loose, "contribute", clock_monotonic_us());
  g_autoptr(Entry) entry = desk_new_entry(visit);
  g_clear_pointer(&entry->source_name, g_free);
  entry->source_name = g_strdup("public form");
  gint64 id = is_trap(visit) ? -1 : add_entry(visit, entry, &error);
  if (id == 0) {
    refuse_contribution(visit, error->message, (unsigned)carnet_error_http_status(error));
    return;
  }
  g_autofree char *about = g_strdup_printf("%" PRId64, id);
  visit_note(visit, id > 0 ? "contribute" : "contribute.trap", id > 0 ? about : NULL);
  visit_done(visit, "/contribute", "thanks", NULL);
}

/* --- changing --------------------------------------------------------------------------------------------------- */

/* A program that does not say which one it read writes over what is there. */
static bool is_as_read(const Visit *visit, const Entry *entry) {
  const char *given = visit_value(visit, "version");
  g_autofree char *now = g_strdup_printf("%" PRId64, entry->changed_us);
  return !given || strcmp(given, now) == 0;
}

static void tell_conflict(Visit *visit, const Entry *mine, const Entry *there) {
  const char *wrong = _("Somebody else has changed this entry meanwhile. Below are your words; beside them what stands "
                        "there now. Save again to put yours in its place.");
  if (!visit->wants_json) {
    show_entry(visit, mine, there, wrong, 409);
    return;
  }
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "error", wrong);
  json_builder_set_member_name(builder, "entry");
  json_builder_begin_object(builder);
  entry_json_members(builder, there);
  add_version(builder, there);
  json_builder_end_object(builder);
  json_builder_end_object(builder);
  visit_json(visit, 409, builder);
}

/* Held by one transaction: nobody comes between looking and writing. */
static bool change(Visit *visit, Entry *entry, GError **error) {
  Store *store = visit->session->store;
  g_autoptr(Entry) there = NULL;
  if (!store_begin(store, error))
    return false;
  there = entries_get(store, entry->id, error);
  bool is_same = there && there->changed_us == entry->changed_us;
  if (there && !is_same)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_AGAIN, _("entry %" PRId64 " was changed by somebody else meanwhile"),
                entry->id);
  if (is_same && entries_update(store, entry, visit_who(visit), error) && store_commit(store, error))
    return true;
  store_rollback(store);
  return false;
}

void answer_entry_edit(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Entry) entry = desk_entry(visit, &error);
  if (!entry) {
    visit_fail(visit, 404, error);
    return;
  }
  if (!desk_may_change(visit, entry)) {
    visit_refuse(visit, 403, _("an editor has looked at it already: only editors change it now"));
    return;
  }
  g_autoptr(Entry) there = entry_copy(entry);
  bool is_right = desk_apply(visit, entry, &error);
  if (!is_as_read(visit, there)) { /* first: a form that comes back with the version of now would hide it */
    tell_conflict(visit, entry, there);
    return;
  }
  bool is_same = is_right && entry_equal(entry, there);
  if (!is_right || (!is_same && !change(visit, entry, &error))) {
    refuse_entry(visit, entry, error);
    return;
  }
  g_autofree char *about = g_strdup_printf("%" PRId64, entry->id);
  if (!is_same)
    visit_note(visit, "entry.edit", about);
  if (visit->wants_json)
    tell_entry(visit, 200, entry->id);
  else
    visit_done(visit, "/logbook", is_same ? "same" : "saved", NULL);
}

/* What was read is what is approved: words that were changed since are looked at first. */
static bool refuse_unseen(Visit *visit, const Entry *entry) {
  if (is_as_read(visit, entry))
    return false;
  visit_refuse(visit, 409, _("somebody has changed this entry meanwhile: look at it first"));
  return true;
}

void answer_entry_status(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Entry) entry = desk_entry(visit, &error);
  if (!entry) {
    visit_fail(visit, 404, error);
    return;
  }
  int status = entry_status_parse(visit_text(visit, "status"));
  if (status < 0) {
    visit_refuse(visit, 422, _("status: approved, rejected, withdrawn, pending or draft"));
    return;
  }
  if (refuse_unseen(visit, entry))
    return;
  entry->status = (EntryStatus)status;
  if (!change(visit, entry, &error)) {
    visit_fail(visit, 0, error);
    return;
  }
  g_autofree char *what = g_strconcat("entry.", entry_status_name(entry->status), NULL);
  g_autofree char *about = g_strdup_printf("%" PRId64, entry->id);
  visit_note(visit, what, about);
  if (visit->wants_json)
    tell_entry(visit, 200, entry->id);
  else
    visit_done(visit, "/logbook", entry_status_name(entry->status), NULL);
}

void answer_entry_undo(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Entry) entry = desk_entry(visit, &error);
  if (!entry) {
    visit_fail(visit, 404, error);
    return;
  }
  if (refuse_unseen(visit, entry))
    return;
  if (!revisions_undo(visit->session->store, entry->id, visit_who(visit), &error)) {
    visit_fail(visit, 0, error);
    return;
  }
  g_autofree char *about = g_strdup_printf("%" PRId64, entry->id);
  visit_note(visit, "entry.undo", about);
  g_autofree char *where = g_strconcat("/entries/", about, NULL);
  if (visit->wants_json)
    tell_entry(visit, 200, entry->id);
  else
    visit_done(visit, where, "undone", NULL);
}

#include "desk/entries.h"

#include "base/clock.h"
#include "base/text.h"
#include "commands/entry_options.h"

#include <inttypes.h>
#include <string.h>

static bool is_editor(const Visit *visit) {
  return visit_role(visit) >= ROLE_EDITOR;
}

char *desk_source(const Visit *visit) {
  if (is_editor(visit))
    return NULL;
  return visit->user ? g_strconcat("desk: ", visit->user->name, NULL) : g_strdup("public form");
}

static bool is_own(const Visit *visit, const Entry *entry) {
  g_autofree char *source = desk_source(visit);
  return source && g_strcmp0(entry->source_name, source) == 0;
}

/* --- what is asked for ------------------------------------------------------------------------------ */

/* An empty field of a form asks for nothing. Returns (g_free). */
static char *given(const Visit *visit, const char *name) {
  const char *value = visit_text(visit, name);
  return text_is_blank(value) ? NULL : g_strdup(value);
}

GPtrArray *desk_entries(const Visit *visit, GError **error) {
  g_auto(FilterOptions) options = {.date = given(visit, "date"),
                                   .kind = given(visit, "kind"),
                                   .status = given(visit, "status"),
                                   .priority = given(visit, "priority"),
                                   .place = given(visit, "place"),
                                   .source = is_editor(visit) ? given(visit, "source") : desk_source(visit),
                                   .search = given(visit, "search"),
                                   .limit = ENTRIES_A_PAGE + 1};
  EntryFilter filter;
  if (!filter_options_read(visit->session, &options, &filter, error))
    return NULL;
  g_autoptr(Entry) before = NULL;
  filter.newest_first = true;
  if (*visit_text(visit, "before")) {
    gint64 id = entry_id_parse(visit_text(visit, "before"), error);
    before = id ? entries_get(visit->session->store, id, error) : NULL;
    if (before && !is_editor(visit) && !is_own(visit, before)) {
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("there is no entry %" PRId64), id);
      return NULL;
    }
    if (!before)
      return NULL;
    filter.before_date = before->date;
    filter.before_id = before->id;
  }
  return entries_find(visit->session->store, &filter, error);
}

Entry *desk_entry(const Visit *visit, GError **error) {
  gint64 id = entry_id_parse(visit_text(visit, "id"), error);
  g_autoptr(Entry) entry = id ? entries_get(visit->session->store, id, error) : NULL;
  if (entry && !is_editor(visit) && !is_own(visit, entry)) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("there is no entry %" PRId64), id);
    return NULL;
  }
  return g_steal_pointer(&entry);
}

bool desk_may_change(const Visit *visit, const Entry *entry) {
  bool is_open = entry->status == STATUS_PENDING || entry->status == STATUS_DRAFT;
  return is_editor(visit) || (is_own(visit, entry) && is_open);
}

/* --- what is said of an entry ---------------------------------------------------------------------------- */

static char *value_of(const Visit *visit, const char *name) {
  const char *value = visit_value(visit, name);
  return value ? text_with_lf(value) : NULL;
}

Entry *desk_new_entry(const Visit *visit) {
  const Station *station = visit->session->station;
  Entry *entry = entry_new();
  entry->date = zone_day(station->zone, clock_now_us());
  entry->language = g_strdup(station->language);
  entry->kind = KIND_ANNOUNCEMENT;
  entry->status = STATUS_PENDING;
  entry->source_name = desk_source(visit);
  return entry;
}

/* What is sent along unchanged is not looked at: the file may have gone since. */
static char *sound_of(const Visit *visit, const Entry *entry) {
  if (visit_is_set(visit, "nosound"))
    return g_strdup("");
  const char *sound = visit_value(visit, "sound");
  return sound && g_strcmp0(sound, entry->sound) != 0 ? g_strdup(sound) : NULL;
}

bool desk_apply(const Visit *visit, Entry *entry, GError **error) {
  bool all = is_editor(visit);
  g_auto(EntryOptions) options = {.text = value_of(visit, "text"),
                                  .kind = given(visit, "kind"),
                                  .title = value_of(visit, "title"),
                                  .place = value_of(visit, "place"),
                                  .author = value_of(visit, "author"),
                                  .attribution = given(visit, "attribution"),
                                  .date = given(visit, "date"),
                                  .language = given(visit, "language"),
                                  .sound = all ? sound_of(visit, entry) : NULL,
                                  .priority = all ? given(visit, "priority") : NULL,
                                  .expires = all ? value_of(visit, "expires") : NULL,
                                  .status = all ? given(visit, "status") : NULL};
  return entry_options_apply(visit->session, &options, entry, error) &&
         entries_check(visit->session->store, entry, error);
}

/* What keeps a station well: its scripts, the doctor, a copy of the logbook; near-duplicates made one. */
#include "desk/answers.h"

#include "base/clock.h"
#include "base/text.h"
#include "desk/entries.h"
#include "desk/page.h"
#include "editorial/script.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#define SCRIPT_MOST (1u << 20)
#define LOCK_WAIT_MS 5000

/* --- near-duplicates ------------------------------------------------------------------------------ */

static bool is_out(const Entry *entry) {
  return entry->status == STATUS_WITHDRAWN || entry->status == STATUS_REJECTED;
}

/* The one is withdrawn; who said it counts for the other. */
static bool merge(Visit *visit, gint64 id, gint64 into, GError **error) {
  Store *store = visit->session->store;
  if (!store_begin(store, error))
    return false;
  g_autoptr(Entry) entry = entries_get(store, id, error);
  g_autoptr(Entry) other = entry ? entries_get(store, into, error) : NULL;
  bool ok = other && id != into;
  if (other && !ok)
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("an entry is not merged with itself"));
  if (ok && (is_out(entry) || is_out(other))) {
    ok = false;
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("one of the two was taken out already"));
  }
  if (ok) {
    other->endorsements += entry->endorsements + 1;
    entry->status = STATUS_WITHDRAWN;
    ok = entries_update(store, other, visit_who(visit), error) && entries_update(store, entry, visit_who(visit), error);
  }
  if (ok && store_commit(store, error))
    return true;
  store_rollback(store);
  return false;
}

void answer_entry_merge(Visit *visit) {
  g_autoptr(GError) error = NULL;
  gint64 id = visit_number(visit, "id", &error), into = error ? 0 : visit_number(visit, "into", &error);
  if (error || !merge(visit, id, into, &error)) {
    visit_fail(visit, 0, error);
    return;
  }
  g_autofree char *about = g_strdup_printf("%" PRId64 " → %" PRId64, id, into);
  g_autofree char *where = g_strdup_printf("/entries/%" PRId64, into);
  visit_note(visit, "entry.merge", about);
  visit_done(visit, where, "merged", NULL);
}

/* --- scripts -------------------------------------------------------------------------------------------- */

/* NULL with INPUT: the station has no such script. */
static char *script_path(const Visit *visit, GError **error) {
  static const char *const endings[] = {"yaml", NULL};
  return station_find(visit->session->station, "scripts", visit_text(visit, "script"), endings, error);
}

/* `there`: what somebody else wrote meanwhile, shown beside it (NULL: nothing). */
static void show_script(Visit *visit, const char *text, const char *version, const char *there, const char *wrong,
                        unsigned status) {
  g_autofree char *escaped = g_uri_escape_string(visit_text(visit, "script"), NULL, FALSE);
  g_autofree char *action = g_strconcat("/api/scripts/", escaped, NULL);
  g_autofree char *title = g_strdup_printf(_("Script %s"), visit_text(visit, "script"));
  Xml *xml = page_open(visit, &(DeskPage){.title = title, .section = "station"});
  if (wrong)
    page_words(xml, "bad", wrong);
  if (there) {
    xml_open_class(xml, "section", "card there");
    xml_element(xml, "h2", _("What stands there now"));
    xml_open(xml, "pre");
    xml_lines(xml, there);
    xml_close(xml);
    xml_close(xml);
  }
  page_form(xml, visit, action, "card keep");
  page_hidden(xml, "version", version);
  page_area(xml, "text", _("The running order and its words (YAML)"), text, 28);
  xml_open_class(xml, "p", "row");
  page_button(xml, _("Save"), "main");
  page_link(xml, "button quiet", "/station", _("Back"));
  xml_close(xml);
  xml_close(xml);
  page_words(xml, "soft",
             _("title, language, length, fit and voices say what it is; under order each line is a jingle, say, "
               "headlines, entries, sound, pause or breath. scripts/README.md explains every field."));
  page_close(visit, xml, status);
}

static void tell_script_conflict(Visit *visit, const char *text, const char *version, const char *there) {
  const char *wrong =
      _("Somebody else has changed this script meanwhile. Below are your words; beside them what stands "
        "there now. Save again to put yours in its place.");
  if (!visit->wants_json) {
    show_script(visit, text, version, there, wrong, 409);
    return;
  }
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "error", wrong);
  json_add_string(builder, "text", there);
  json_add_string(builder, "version", version);
  json_builder_end_object(builder);
  visit_json(visit, 409, builder);
}

/* Only what can be read takes the place of what is there. */
void answer_script(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = script_path(visit, &error);
  g_autofree char *lock_path = station_path(visit->session->station, "scripts", ".desk.lock", NULL);
  g_autoptr(FileLock) lock = path ? file_lock_take(lock_path, LOCK_WAIT_MS, &error) : NULL;
  g_autofree char *there = lock ? file_read_text(path, SCRIPT_MOST, &error) : NULL;
  if (!there) {
    visit_fail(visit, path ? 0 : 404, error);
    return;
  }
  g_autofree char *text = text_with_lf(visit_text(visit, "text")), *version = text_version(there);
  const char *given = visit_value(visit, "version");
  if (given && strcmp(given, version) != 0) { /* first: a form that comes back with the version of now would hide it */
    tell_script_conflict(visit, text, version, there);
    return;
  }
  g_autofree char *shown = g_path_get_basename(path);
  g_autoptr(GBytes) bytes = g_bytes_new(text, strlen(text));
  g_autoptr(Script) script = script_parse(shown, bytes, &error);
  if (script && file_write(path, text, -1, 0644, &error)) {
    visit_note(visit, "script", shown);
    visit_done(visit, "/station", "saved", NULL);
  } else if (visit->wants_json) {
    visit_fail(visit, 0, error);
  } else {
    show_script(visit, text, version, NULL, error->message, (unsigned)carnet_error_http_status(error));
  }
}

void page_edit_script(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autofree char *path = script_path(visit, &error);
  g_autofree char *text = path ? file_read_text(path, SCRIPT_MOST, &error) : NULL;
  g_autofree char *version = text ? text_version(text) : NULL;
  if (text)
    show_script(visit, text, version, NULL, NULL, 200);
  else
    visit_fail(visit, 404, error);
}

/* --- the doctor, and a copy ---------------------------------------------------------------------------------- */

static char *ask_doctor(Visit *visit, GError **error) {
  const char *arguments[] = {"doctor", "--json", NULL};
  return visit_ask_anyway(visit, arguments, error);
}

void answer_doctor(Visit *visit) {
  g_autoptr(GError) error = NULL;
  char *text = ask_doctor(visit, &error);
  visit_printed(visit, text, error);
}

static void add_finding(Xml *xml, JsonObject *finding) {
  const char *level = json_string_of(finding, "level");
  xml_open(xml, "tr");
  xml_open(xml, "td");
  xml_open_class(xml, "span", g_strcmp0(level, "ok") == 0 ? "badge approved" : "badge rejected");
  xml_text(xml, level ? _(level) : "");
  xml_close(xml);
  xml_close(xml);
  xml_element(xml, "td", json_string_of(finding, "subject"));
  xml_open(xml, "td");
  xml_text(xml, json_string_of(finding, "what"));
  if (json_string_of(finding, "mend"))
    page_words(xml, "soft", json_string_of(finding, "mend"));
  xml_close(xml);
  xml_close(xml);
}

void page_doctor(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autofree char *text = ask_doctor(visit, &error);
  g_autoptr(JsonNode) node = text ? json_parse("doctor", text, -1, NULL) : NULL;
  Xml *xml = page_open(visit, &(DeskPage){.title = _("How the station is"), .section = "station"});
  if (error)
    page_words(xml, "bad", error->message);
  if (node && JSON_NODE_HOLDS_ARRAY(node)) {
    JsonArray *findings = json_node_get_array(node);
    xml_open(xml, "table");
    for (guint i = 0; i < json_array_get_length(findings); i++)
      add_finding(xml, json_array_get_object_element(findings, i));
    xml_close(xml);
  }
  xml_open_class(xml, "p", "row");
  page_link(xml, "button quiet", "/station", _("Back"));
  xml_close(xml);
  page_close(visit, xml, 200);
}

void answer_backup(Visit *visit) {
  g_autofree char *path = station_path(visit->session->station, ".desk-backup-XXXXXX.sqlite", NULL);
  g_autofree char *day = zone_day(visit->session->station->zone, clock_now_us());
  g_autofree char *name = g_strdup_printf("attachment; filename=\"logbook-%s.sqlite\"", day);
  g_autoptr(GError) error = NULL;
  int fd = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    close(fd);
  g_unlink(path); /* an existing file is replaced only when it is a logbook */
  bool ok = fd >= 0 && store_backup(visit->session->store, path, &error);
  g_autoptr(GBytes) bytes = ok ? file_read(path, G_MAXUINT32, &error) : NULL;
  g_unlink(path);
  if (!bytes) {
    visit_refuse(visit, 500, error ? error->message : _("no room for a copy"));
    return;
  }
  visit_note(visit, "backup", NULL);
  web_reply_bytes(visit->reply, 200, "application/vnd.sqlite3", bytes);
  web_reply_header(visit->reply, "Content-Disposition", name);
}

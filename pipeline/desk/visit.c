#include "desk/visit.h"

#include "base/clock.h"
#include "desk/jobs.h"
#include "desk/page.h"

#include <string.h>

const char *visit_value(const Visit *visit, const char *name) {
  return g_hash_table_lookup(visit->values, name);
}

const char *visit_text(const Visit *visit, const char *name) {
  const char *value = visit_value(visit, name);
  return value ? value : "";
}

bool visit_is_set(const Visit *visit, const char *name) {
  static const char *const yes[] = {"1", "on", "yes", "true", NULL};
  return g_strv_contains(yes, visit_text(visit, name));
}

gint64 visit_number(const Visit *visit, const char *name, GError **error) {
  gint64 number = 0;
  if (g_ascii_string_to_signed(visit_text(visit, name), 10, 0, G_MAXINT64, &number, NULL))
    return number;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("%s: must be a whole number"), name);
  return 0;
}

Role visit_role(const Visit *visit) {
  return visit->user ? visit->user->role : ROLE_NOBODY;
}

const char *visit_who(const Visit *visit) {
  return visit->user ? visit->user->name : "";
}

char *visit_ask(const Visit *visit, const char *const *arguments, GError **error) {
  return jobs_ask(visit->desk->jobs, visit->language, visit_who(visit), arguments, error);
}

char *visit_ask_anyway(const Visit *visit, const char *const *arguments, GError **error) {
  return jobs_ask_anyway(visit->desk->jobs, visit->language, visit_who(visit), arguments, error);
}

/* --- answers ---------------------------------------------------------------------------------------- */

void visit_printed(Visit *visit, char *json, const GError *error) {
  g_autofree char *text = json;
  if (text)
    web_reply_text(visit->reply, 200, "application/json; charset=utf-8", text);
  else
    visit_fail(visit, 0, error);
}

void visit_json(Visit *visit, unsigned status, JsonBuilder *builder) {
  g_autofree char *text = json_text(builder, false);
  web_reply_text(visit->reply, status, "application/json; charset=utf-8", text);
}

const char *visit_own_path(const Visit *visit, const char *name, const char *otherwise) {
  const char *path = visit_text(visit, name);
  bool is_plain = path[0] == '/' && path[1] != '/';
  for (const char *at = path; *at && is_plain; at++)
    is_plain = (guchar)*at > ' ' && *at != 0x7f && *at != '\\';
  return is_plain ? path : otherwise;
}

void visit_done(Visit *visit, const char *where, const char *done, JsonBuilder *builder) {
  if (visit->wants_json) {
    g_autoptr(JsonBuilder) empty = json_builder_new();
    json_builder_begin_object(empty);
    json_builder_end_object(empty);
    visit_json(visit, 200, builder ? builder : empty);
    return;
  }
  const char *back = visit_own_path(visit, "back", where);
  g_autofree char *path = g_strndup(back, strcspn(back, "#"));
  const char *anchor = back + strlen(path);
  g_autofree char *told =
      done ? g_strdup_printf("%s%cdone=%s%s", path, strchr(path, '?') ? '&' : '?', done, anchor) : g_strdup(back);
  web_reply_see(visit->reply, told);
}

void visit_refuse(Visit *visit, unsigned status, const char *why) {
  if (visit->wants_json) {
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    json_add_string(builder, "error", why);
    json_builder_end_object(builder);
    visit_json(visit, status, builder);
    return;
  }
  Xml *xml = page_open(visit, &(DeskPage){.title = _("This cannot be done"), .is_bare = visit->user == NULL});
  page_words(xml, "bad", why);
  xml_open(xml, "p");
  page_link(xml, "button main", visit->user ? "/" : "/login", visit->user ? _("To the logbook") : _("Log in"));
  xml_close(xml);
  page_close(visit, xml, status);
}

void visit_fail(Visit *visit, unsigned status, const GError *error) {
  visit_refuse(visit, status ? status : (unsigned)carnet_error_http_status(error),
               g_str_has_prefix(error->message, "--") ? error->message + 2 /* an option's name */ : error->message);
}

void visit_note(Visit *visit, const char *what, const char *about) {
  g_autoptr(GError) error = NULL;
  if (!audit_add(visit->session->store, *visit_who(visit) ? visit_who(visit) : "-", what, about, clock_now_us(),
                 &error))
    g_warning("%s: %s", what, error->message);
}

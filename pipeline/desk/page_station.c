/* The station's people; an import and what it would bring. */
#include "desk/answers.h"

#include "base/clock.h"
#include "base/text.h"
#include "desk/page.h"

#include <inttypes.h>
#include <string.h>

#define SHOWN_MOST 200u /* drafts */

static void roles_of(const char *names[]) {
  for (guint i = ROLE_CONTRIBUTOR; i < ROLE_COUNT; i++)
    names[i - ROLE_CONTRIBUTOR] = role_name((Role)i);
}

/* --- people -------------------------------------------------------------------------------------------- */

static void add_user(Xml *xml, const Visit *visit, const User *user) {
  const char *roles[ROLE_COUNT];
  g_autofree char *change = g_strdup_printf("/api/users/%" PRId64, user->id);
  g_autofree char *reset = g_strconcat(change, "/reset", NULL), *seen = page_instant(visit, user->seen_us);
  roles_of(roles);
  xml_open_class(xml, "li", "card");
  xml_element(xml, "h3", user->name);
  xml_open_class(xml, "p", "marks");
  xml_element(xml, "span", _(role_name(user->role)));
  if (!user->is_active)
    xml_element(xml, "span", _("locked out"));
  xml_element(xml, "span", user->password ? seen : _("has not come yet"));
  xml_close(xml);
  xml_open_class(xml, "div", "row");
  page_form(xml, visit, change, "row");
  page_choice(xml, "role", _("Role"), roles, ROLE_COUNT - ROLE_CONTRIBUTOR, role_name(user->role), NULL);
  page_button(xml, _("Change"), "quiet");
  xml_close(xml);
  page_form(xml, visit, change, NULL);
  page_hidden(xml, "active", user->is_active ? "no" : "yes");
  page_button(xml, user->is_active ? _("Lock out") : _("Let in"), "quiet");
  xml_close(xml);
  page_form(xml, visit, reset, NULL);
  page_button(xml, _("New code"), "quiet");
  xml_close(xml);
  xml_close(xml);
  xml_close(xml);
}

static void add_users(Xml *xml, const Visit *visit, const char *code) {
  g_autoptr(GPtrArray) users = users_list(visit->session->store, NULL);
  const char *roles[ROLE_COUNT];
  roles_of(roles);
  xml_open(xml, "section");
  xml_element(xml, "h2", _("People"));
  if (code) {
    page_words(xml, "good",
               _("Here is the one-time code. It is shown once, and good for three days: give it by hand or by "
                 "telephone. With it one chooses a password at /join."));
    xml_element(xml, "code", code);
  }
  xml_open_class(xml, "ul", "plain");
  for (guint i = 0; users && i < users->len; i++)
    add_user(xml, visit, users->pdata[i]);
  xml_close(xml);
  page_form(xml, visit, "/api/users", "card");
  xml_element(xml, "h3", _("Invite somebody"));
  page_field(xml, &(Field){.name = "name", .label = _("Name"), .type = "text", .is_required = true});
  page_choice(xml, "role", _("Role"), roles, ROLE_COUNT - ROLE_CONTRIBUTOR, "editor", NULL);
  page_words(xml, "soft",
             _("A contributor writes; an editor changes all content; a producer schedules, airs and publishes; an "
               "admin keeps people and the station."));
  page_button(xml, _("Invite"), "main");
  xml_close(xml);
  xml_close(xml);
}

static void add_audit(Xml *xml, const Visit *visit) {
  g_autoptr(GPtrArray) deeds = audit_list(visit->session->store, 50, NULL);
  xml_open(xml, "details");
  xml_element(xml, "summary", _("Who did what"));
  xml_open_class(xml, "ol", "plain");
  for (guint i = 0; deeds && i < deeds->len; i++) {
    const Deed *deed = deeds->pdata[i];
    g_autofree char *at = page_instant(visit, deed->at_us);
    g_autofree char *line =
        g_strdup_printf("%s – %s: %s %s", at, deed->who, deed->what, deed->about ? deed->about : "");
    xml_element(xml, "li", line);
  }
  xml_close(xml);
  xml_close(xml);
}

/* Heard by the script; without it by `carnet voices --sample`. */
static void add_voices(Xml *xml, const Visit *visit) {
  g_autoptr(GPtrArray) voices = page_files(visit, "voices", ".yaml");
  xml_element(xml, "h2", _("Voices"));
  xml_open_class(xml, "ul", "row voices");
  xml_attribute(xml, "data-sample", _("Good morning. This is how I read the logbook."));
  for (guint i = 0; i < voices->len; i++) {
    xml_open(xml, "li");
    xml_attribute(xml, "data-voice", voices->pdata[i]);
    xml_text(xml, voices->pdata[i]);
    xml_close(xml);
  }
  xml_close(xml);
}

static void add_scripts(Xml *xml, const Visit *visit) {
  g_autoptr(GPtrArray) scripts = page_files(visit, "scripts", ".yaml");
  xml_element(xml, "h2", _("Scripts"));
  xml_open_class(xml, "p", "row");
  for (guint i = 0; i < scripts->len; i++) {
    g_autofree char *escaped = g_uri_escape_string(scripts->pdata[i], NULL, FALSE);
    g_autofree char *href = g_strconcat("/scripts/", escaped, NULL);
    page_link(xml, "button quiet", href, scripts->pdata[i]);
  }
  xml_close(xml);
}

static void add_care(Xml *xml) {
  xml_element(xml, "h2", _("Care"));
  xml_open_class(xml, "p", "row");
  page_link(xml, "button quiet", "/settings", _("Settings"));
  page_link(xml, "button quiet", "/jingles", _("Jingles"));
  page_link(xml, "button quiet", "/doctor", _("How the station is"));
  page_link(xml, "button quiet", "/api/backup", _("Copy the logbook"));
  xml_close(xml);
}

void show_station(Visit *visit, const char *code) {
  Xml *xml = page_open(visit, &(DeskPage){.title = _("Station"), .section = "station"});
  add_users(xml, visit, code);
  xml_open(xml, "section");
  add_scripts(xml, visit);
  add_voices(xml, visit);
  add_care(xml);
  xml_close(xml);
  add_audit(xml, visit);
  page_close(visit, xml, 200);
}

void page_station(Visit *visit) {
  show_station(visit, NULL);
}

/* --- an import -------------------------------------------------------------------------------------------- */

static void add_draft(Xml *xml, JsonObject *draft) {
  const char *kind = json_string_of(draft, "kind"), *place = json_string_of(draft, "place");
  xml_open(xml, "li");
  xml_open_class(xml, "p", "marks");
  xml_element(xml, "span", kind ? _(kind) : "");
  xml_element(xml, "span", place);
  xml_element(xml, "span", json_string_of(draft, "date"));
  xml_element(xml, "span", json_string_of(draft, "author"));
  xml_close(xml);
  xml_element(xml, "h3", json_string_of(draft, "title"));
  xml_open_class(xml, "p", "text");
  xml_lines(xml, json_string_of(draft, "text"));
  xml_close(xml);
  xml_close(xml);
}

static void add_drafts(Xml *xml, const char *text) {
  g_autoptr(JsonNode) node = json_parse("import", text, -1, NULL);
  JsonArray *drafts = node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
  guint n = drafts ? json_array_get_length(drafts) : 0;
  g_autofree char *heading = g_strdup_printf(ngettext("%u entry would be made", "%u entries would be made", n), n);
  xml_element(xml, "h2", heading);
  xml_open_class(xml, "ol", "entries");
  for (guint i = 0; i < n && i < SHOWN_MOST; i++)
    add_draft(xml, json_array_get_object_element(drafts, i));
  xml_close(xml);
}

void show_import(Visit *visit, const char *drafts, const char *wrong) {
  static const char *const formats[] = {"pad", "csv"};
  g_autofree char *text = text_with_lf(visit_text(visit, "text"));
  Xml *xml = page_open(visit, &(DeskPage){.title = _("Import"), .section = "logbook"});
  if (wrong)
    page_words(xml, "bad", wrong);
  page_form(xml, visit, "/api/import", "card keep");
  page_area(xml, "text", _("Paste a pad or a table here, or drop a file"), text, drafts ? 5 : 14);
  xml_open_class(xml, "div", "fields");
  page_choice(xml, "format", _("What it is"), formats, 2, visit_value(visit, "format"), NULL);
  page_field(xml, &(Field){.name = "source",
                           .label = _("Name of the source"),
                           .type = "text",
                           .value = visit_value(visit, "source"),
                           .hint = _("imported again under the same name, what changed is updated")});
  page_field(xml, &(Field){.name = "date",
                           .label = _("Day, where it tells none"),
                           .type = "date",
                           .value = visit_value(visit, "date")});
  xml_close(xml);
  xml_open_class(xml, "p", "row");
  page_button(xml, _("See what it holds"), drafts ? NULL : "main");
  if (drafts)
    page_button_named(xml, _("Import it"), "main", "write", "yes");
  page_link(xml, "button quiet", "/logbook", _("Back"));
  xml_close(xml);
  xml_close(xml);
  if (drafts)
    add_drafts(xml, drafts);
  page_close(visit, xml, wrong ? 422 : 200);
}

void page_import(Visit *visit) {
  show_import(visit, NULL, NULL);
}

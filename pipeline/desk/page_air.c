/* On the air, and the week: what is, and what comes. */
#include "desk/answers.h"

#include "base/clock.h"
#include "commands/schedule.h"
#include "daemon/control.h"
#include "desk/page.h"

#include <inttypes.h>
#include <string.h>

/* --- on the air ------------------------------------------------------------------------------------- */

/* A light has a word: colour alone tells nobody. `state`: good, bad, or idle. */
static void add_light(Xml *xml, const char *name, const char *text, const char *state) {
  g_autofree char *class = g_strconcat("light ", state, NULL);
  xml_open_class(xml, "li", class);
  xml_element(xml, "span", name);
  xml_element(xml, "strong", text);
  xml_close(xml);
}

static const char *connection_light(const char *state) {
  return strcmp(state, "on-air") == 0                                  ? "good"
         : strcmp(state, "lost") == 0 || strcmp(state, "refused") == 0 ? "bad"
                                                                       : "idle";
}

/* What our own listener hears (EBU R 128, short term). */
static void add_level(Xml *xml, double lufs) {
  g_autofree char *value = g_strdup_printf("%.1f", CLAMP(lufs, -60.0, 0.0)),
                  *words = g_strdup_printf("%.0f LUFS", lufs);
  xml_open_class(xml, "p", "length");
  xml_open(xml, "meter");
  xml_attribute(xml, "min", "-60");
  xml_attribute(xml, "max", "0");
  xml_attribute(xml, "value", value);
  xml_attribute(xml, "aria-label", _("Level"));
  xml_close(xml);
  xml_element(xml, "span", words);
  xml_close(xml);
}

static void add_mount(Xml *xml, JsonObject *mount) {
  const char *connection = json_string_of(mount, "connection"), *audible = json_string_of(mount, "audible"),
             *title = json_string_of(mount, "title"), *message = json_string_of(mount, "message");
  gint64 listeners = json_int_of(mount, "listeners", -1);
  xml_open_class(xml, "li", "card");
  xml_element(xml, "h2", json_string_of(mount, "mount"));
  page_words(xml, "text", title ? title : _("between bulletins"));
  xml_open_class(xml, "ul", "lights");
  add_light(xml, _("Process"), _("runs"), "good");
  add_light(xml, _("Connection"), _(connection), connection_light(connection));
  add_light(xml, _("Sound"), audible ? _(audible) : _("nobody listens"),
            !audible                          ? "idle"
            : strcmp(audible, "audible") == 0 ? "good"
                                              : "bad");
  xml_close(xml);
  if (json_object_has_member(mount, "level_lufs") && !json_object_get_null_member(mount, "level_lufs"))
    add_level(xml, json_object_get_double_member(mount, "level_lufs"));
  if (listeners >= 0) {
    g_autofree char *text =
        g_strdup_printf(ngettext("%" PRId64 " listener", "%" PRId64 " listeners", (gulong)listeners), listeners);
    page_words(xml, "soft", text);
  }
  if (message)
    page_words(xml, "bad", message);
  xml_close(xml);
}

static void add_time(Xml *xml, const Visit *visit, const char *instant) {
  gint64 at_us = instant ? instant_parse(instant, NULL, NULL) : 0;
  g_autofree char *text = page_instant(visit, at_us);
  xml_open(xml, "time");
  xml_attribute(xml, "datetime", instant);
  xml_text(xml, text);
  xml_close(xml);
}

static void add_next(Xml *xml, const Visit *visit, JsonArray *next) {
  guint n = json_array_get_length(next);
  xml_element(xml, "h2", _("Next"));
  if (n == 0)
    page_empty(xml, _("Nothing is planned."), "/schedule", _("Plan a bulletin"));
  xml_open_class(xml, "ol", "plain next");
  for (guint i = 0; i < n; i++) {
    JsonObject *slot = json_array_get_object_element(next, i);
    xml_open(xml, "li");
    add_time(xml, visit, json_string_of(slot, "start"));
    xml_element(xml, "span", json_string_of(slot, "script"));
    xml_element(xml, "strong", _(json_string_of(slot, "state")));
    xml_element(xml, "span", json_string_of(slot, "why"));
    xml_close(xml);
  }
  xml_close(xml);
}

static void add_alarms(Xml *xml, const Visit *visit, JsonArray *alarms) {
  guint n = json_array_get_length(alarms);
  xml_element(xml, "h2", _("Alarms"));
  if (n == 0)
    page_words(xml, "soft", _("None."));
  xml_open_class(xml, "ol", "plain");
  for (guint i = n; i-- > 0;) {
    JsonObject *alarm = json_array_get_object_element(alarms, i);
    xml_open_class(xml, "li", "warn");
    add_time(xml, visit, json_string_of(alarm, "at"));
    xml_element(xml, "span", json_string_of(alarm, "text"));
    xml_close(xml);
  }
  xml_close(xml);
}

static bool is_heard(JsonArray *mounts) {
  bool heard = false;
  for (guint i = 0; i < json_array_get_length(mounts); i++)
    heard = heard || json_string_of(json_array_get_object_element(mounts, i), "edition");
  return heard;
}

static void add_status(Xml *xml, const Visit *visit, JsonObject *status) {
  JsonArray *mounts = json_object_get_array_member(status, "mounts");
  xml_open_class(xml, "ul", "mounts");
  for (guint i = 0; i < json_array_get_length(mounts); i++)
    add_mount(xml, json_array_get_object_element(mounts, i));
  xml_close(xml);
  if (visit_role(visit) >= ROLE_PRODUCER && is_heard(mounts)) {
    page_form(xml, visit, "/api/air/end", "act");
    page_button(xml, _("End what is heard now"), "quiet");
    xml_close(xml);
  }
  if (json_array_get_length(mounts) == 0)
    page_words(xml, "soft", _("The station has no mount (station.yaml)."));
  add_next(xml, visit, json_object_get_array_member(status, "next"));
  add_alarms(xml, visit, json_object_get_array_member(status, "alarms"));
}

static void add_urgent(Xml *xml, const Visit *visit) {
  page_form(xml, visit, "/api/entries", "card urgent");
  xml_element(xml, "h2", _("Urgent"));
  page_words(xml, "soft", _("It breaks in at once on every mount, and is repeated until you withdraw it."));
  page_area(xml, "text", _("What is to be said"), NULL, 2);
  page_hidden(xml, "kind", "alert");
  page_hidden(xml, "priority", "urgent");
  page_hidden(xml, "status", "approved");
  page_hidden(xml, "back", "/air");
  page_button(xml, _("Say it now"), "danger");
  xml_close(xml);
}

void page_air(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autofree char *text = control_ask(visit->session->station->folder, &error);
  g_autoptr(JsonNode) node = text ? json_parse("status", text, -1, &error) : NULL;
  Xml *xml = page_open(visit, &(DeskPage){.title = _("On air"), .section = "air", .refresh_s = 5});
  xml_open(xml, "section");
  xml_attribute(xml, "id", "list");
  xml_attribute(xml, "aria-label", _("On air"));
  if (node) {
    add_status(xml, visit, json_node_get_object(node));
  } else {
    xml_open_class(xml, "ul", "lights");
    add_light(xml, _("Process"), _("does not answer"), "bad");
    xml_close(xml);
    page_words(xml, "bad", error->message);
  }
  xml_close(xml);
  if (node && visit->session->station->run.urgent)
    add_urgent(xml, visit);
  page_close(visit, xml, 200);
}

/* --- the week -------------------------------------------------------------------------------------------- */

static void add_cancel(Xml *xml, const Visit *visit, const PlannedSlot *slot, const char *time) {
  g_autofree char *start = instant_format(slot->start_us);
  g_autofree char *label = g_strdup_printf(_("Cancel %s at %s"), slot->script, time);
  page_form(xml, visit, "/api/schedule/cancel", "act");
  page_hidden(xml, "start", start);
  page_hidden(xml, "script", slot->script);
  page_button_labelled(xml, _("Cancel"), "quiet", label, NULL);
  xml_close(xml);
  xml_open(xml, "details");
  xml_element(xml, "summary", _("Move"));
  page_form(xml, visit, "/api/schedule/cancel", "act");
  page_hidden(xml, "start", start);
  page_hidden(xml, "script", slot->script);
  page_field(xml, &(Field){.name = "to", .label = _("Day and time"), .type = "datetime-local", .is_required = true});
  page_button(xml, _("Move it there"), NULL);
  xml_close(xml);
  xml_close(xml);
}

static void add_slot(Xml *xml, const Visit *visit, const PlannedSlot *slot, ScheduleScripts *scripts) {
  const Station *station = visit->session->station;
  g_autoptr(GDateTime) at = zone_time(station->zone, slot->start_us);
  g_autofree char *time = g_date_time_format(at, "%H:%M"), *day = g_date_time_format(at, "%Y-%m-%d");
  gint64 length_us = schedule_script_length(slot->script, scripts);
  g_autofree char *length = length_us ? duration_format(length_us, false) : NULL;
  const char *state = schedule_state(station, visit->session->store, slot, length_us, NULL);
  g_autofree char *script = g_uri_escape_string(slot->script, NULL, FALSE);
  g_autofree char *href = g_strdup_printf("/rundown?script=%s&date=%s", script, day);
  xml_open(xml, "tr");
  xml_element(xml, "td", time);
  xml_element(xml, "td", length ? length : "");
  xml_open(xml, "td");
  page_link(xml, NULL, href, *slot->title ? slot->title : slot->script);
  xml_close(xml);
  xml_element(xml, "td", state ? _(state) : "");
  xml_open(xml, "td");
  if (visit_role(visit) >= ROLE_PRODUCER && slot->start_us > clock_now_us())
    add_cancel(xml, visit, slot, time);
  xml_close(xml);
  xml_close(xml);
}

static void add_day(Xml *xml, const Visit *visit, const char *day, const Week *week, ScheduleScripts *scripts) {
  static const char *const headings[] = {N_("at"), N_("length"), N_("what"), N_("state"), N_("actions")};
  g_autofree char *shown = page_day(visit, day), *change = schedule_clock_change(visit->session->station, day);
  guint n = 0;
  for (guint i = 0; i < week->slots->len; i++) {
    const PlannedSlot *slot = week->slots->pdata[i];
    g_autofree char *its = zone_day(visit->session->station->zone, slot->start_us);
    if (strcmp(its, day) != 0)
      continue;
    if (n++ == 0) {
      xml_open_class(xml, "table", "slots");
      xml_element(xml, "caption", shown);
      page_headings(xml, headings, G_N_ELEMENTS(headings));
    }
    add_slot(xml, visit, slot, scripts);
  }
  if (n > 0)
    xml_close(xml);
  else if (change)
    xml_element(xml, "h2", shown);
  if (change)
    page_words(xml, "warn", change);
}

static void add_plan(Xml *xml, const Visit *visit) {
  page_form(xml, visit, "/api/schedule", "card");
  xml_element(xml, "h2", _("Plan a bulletin"));
  page_field(
      xml, &(Field){.name = "when",
                    .label = _("When"),
                    .type = "text",
                    .hint = _("such as \"every weekday 12:00\", \"Mondays and Thursdays 18:30\", \"2026-12-24 18:00\""),
                    .is_required = true});
  page_field(xml,
             &(Field){.name = "script", .label = _("Script"), .type = "text", .value = "midi", .is_required = true});
  page_button(xml, _("Plan"), "main");
  xml_close(xml);
}

void page_schedule(Visit *visit) {
  g_autoptr(GError) error = NULL;
  const Station *station = visit->session->station;
  g_autofree char *from = page_asked_day(visit, &error);
  g_autoptr(ScheduleScripts) scripts = schedule_scripts_new(station);
  g_autoptr(Week) week = from ? schedule_week(station, scripts, from, 7, &error) : NULL;
  if (!week) {
    visit_fail(visit, 0, error);
    return;
  }
  g_autofree char *before = day_add(from, -7), *after = day_add(from, 7);
  g_autofree char *before_href = g_strconcat("/schedule?date=", before, NULL);
  g_autofree char *after_href = g_strconcat("/schedule?date=", after, NULL);
  Xml *xml = page_open(visit, &(DeskPage){.title = _("Schedule"), .section = "schedule"});
  xml_open_class(xml, "p", "row");
  page_link(xml, "button quiet", before_href, _("The week before"));
  page_link(xml, "button quiet", after_href, _("The week after"));
  xml_close(xml);
  for (guint i = 0; i < week->notes->len; i++)
    page_words(xml, "warn", ((const CalendarNote *)week->notes->pdata[i])->text);
  xml_open(xml, "section");
  xml_attribute(xml, "id", "list");
  xml_attribute(xml, "aria-label", _("Schedule"));
  if (week->slots->len == 0)
    page_empty(xml, _("Nothing is planned in these seven days."), NULL, NULL);
  for (int i = 0; i < 7; i++) {
    g_autofree char *day = day_add(from, i);
    add_day(xml, visit, day, week, scripts);
  }
  xml_close(xml);
  page_words(xml, "soft",
             _("In your own calendar program: subscribe to /api/calendar.ics?token=… of this desk; your account "
               "page makes a token. Calendars in schedules/ may be changed by any program."));
  if (visit_role(visit) >= ROLE_PRODUCER)
    add_plan(xml, visit);
  page_close(visit, xml, 200);
}

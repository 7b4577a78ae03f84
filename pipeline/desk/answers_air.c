/* On the air and before it: what the station that runs says, the calendar's slots, what is published. */
#include "desk/answers.h"

#include "base/clock.h"
#include "base/text.h"
#include "commands/schedule.h"
#include "commands/slot.h"
#include "daemon/control.h"
#include "desk/jobs.h"
#include "desk/page.h"
#include "podcast/catalogue.h"
#include "schedule/write.h"

#include <string.h>

#define CALENDAR_DAYS 60

/* An edition's name is an argument: it may not look like an option. */
static bool is_edition(Visit *visit) {
  g_auto(Slot) slot = {0};
  g_autoptr(GError) error = NULL;
  bool is_one = slot_from_edition(visit_text(visit, "edition"), &slot, &error);
  if (!is_one)
    visit_fail(visit, 422, error);
  return is_one;
}

void answer_status(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autofree char *status = control_ask(visit->session->station->folder, &error);
  if (status)
    web_reply_text(visit->reply, 200, "application/json; charset=utf-8", status);
  else
    visit_fail(visit, 0, error);
}

static void give_order(Visit *visit, const char *order, const char *note, const char *about) {
  g_autoptr(GError) error = NULL;
  if (!control_order(visit->session->station->folder, order, &error)) {
    visit_fail(visit, 0, error);
    return;
  }
  visit_note(visit, note, about);
  visit_done(visit, "/air", "ordered", NULL);
}

void answer_air_now(Visit *visit) {
  g_autofree char *order = g_strconcat("air ", visit_text(visit, "edition"), NULL);
  if (is_edition(visit))
    give_order(visit, order, "air.now", visit_text(visit, "edition"));
}

void answer_air_end(Visit *visit) {
  give_order(visit, "end", "air.end", NULL);
}

void answer_events(Visit *visit) {
  visit->reply->events = visit->desk->events;
  visit->reply->listener = visit->user->id;
  visit->reply->only = visit_role(visit) < ROLE_EDITOR ? "logbook" : NULL;
}

/* --- the schedule ------------------------------------------------------------------------------------ */

void answer_schedule(Visit *visit) {
  g_autoptr(GError) error = NULL;
  const Station *station = visit->session->station;
  g_autofree char *from = page_asked_day(visit, &error);
  g_autoptr(ScheduleScripts) scripts = schedule_scripts_new(station);
  g_autoptr(Week) week = from ? schedule_week(station, scripts, from, 7, &error) : NULL;
  if (!week) {
    visit_fail(visit, 0, error);
    return;
  }
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_builder_set_member_name(builder, "slots");
  json_builder_begin_array(builder);
  for (guint i = 0; i < week->slots->len; i++) {
    const PlannedSlot *slot = week->slots->pdata[i];
    gint64 length_us = schedule_script_length(slot->script, scripts);
    const char *state = schedule_state(station, visit->session->store, slot, length_us, NULL);
    json_builder_begin_object(builder);
    json_add_instant(builder, "start", slot->start_us);
    json_add_string(builder, "script", slot->script);
    json_add_string(builder, "title", slot->title);
    json_add_strv(builder, "mounts", slot->mounts);
    json_add_int(builder, "priority", slot->priority);
    json_add_double(builder, "length", (double)length_us / US_PER_SECOND);
    json_add_string(builder, "state", state);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
  json_builder_set_member_name(builder, "notes");
  json_builder_begin_array(builder);
  for (guint i = 0; i < week->notes->len; i++)
    json_builder_add_string_value(builder, ((const CalendarNote *)week->notes->pdata[i])->text);
  json_builder_end_array(builder);
  json_builder_end_object(builder);
  visit_json(visit, 200, builder);
}

void answer_slot_add(Visit *visit) {
  const char *when = visit_text(visit, "when"), *script = visit_text(visit, "script");
  if (text_is_blank(when) || text_is_blank(script)) {
    visit_refuse(visit, 422, _("say when, and with which script"));
    return;
  }
  g_autofree char *option = g_strconcat("--script=", script, NULL);
  const char *arguments[] = {"schedule", "add", option, "--", when, NULL};
  g_autoptr(GError) error = NULL;
  g_autofree char *said = visit_ask(visit, arguments, &error);
  if (!said) {
    visit_fail(visit, 0, error);
    return;
  }
  visit_note(visit, "schedule.add", when);
  visit_done(visit, "/schedule", "planned", NULL);
}

/* By its instant: the verb takes it as the list has it. */
void answer_slot_cancel(Visit *visit) {
  g_autoptr(GError) error = NULL;
  gint64 start_us = instant_parse(visit_text(visit, "start"), NULL, &error);
  g_autofree char *start = start_us ? instant_format(start_us) : NULL;
  g_autofree char *option = g_strconcat("--script=", visit_text(visit, "script"), NULL);
  g_autofree char *to = g_strconcat("--to=", visit_text(visit, "to"), NULL);
  bool is_moved = !text_is_blank(visit_text(visit, "to"));
  const char *move[] = {"schedule", "cancel", option, g_strdelimit(to, "T", ' ') /* as a browser's field has it */,
                        "--",       start,    NULL};
  const char *cancel[] = {"schedule", "cancel", option, "--", start, NULL};
  const char *const *arguments = is_moved ? move : cancel;
  g_autofree char *said = start ? visit_ask(visit, arguments, &error) : NULL;
  if (!said) {
    visit_fail(visit, 0, error);
    return;
  }
  visit_note(visit, is_moved ? "schedule.move" : "schedule.cancel", start);
  visit_done(visit, "/schedule", is_moved ? "moved" : "cancelled", NULL);
}

static gint64 length_of(const char *script, gpointer scripts) {
  return schedule_script_length(script, scripts);
}

/* Asked by programs, again and again: read here, without another process. */
void answer_calendar(Visit *visit) {
  g_autoptr(GError) error = NULL;
  const Station *station = visit->session->station;
  g_autofree char *today = zone_day(station->zone, clock_now_us());
  g_autoptr(ScheduleScripts) scripts = schedule_scripts_new(station);
  g_autoptr(Week) week = schedule_week(station, scripts, today, CALENDAR_DAYS, &error);
  g_autofree char *text = week ? week_text(week, length_of, scripts, clock_now_us()) : NULL;
  if (text)
    web_reply_text(visit->reply, 200, "text/calendar; charset=utf-8", text);
  else
    visit_fail(visit, 0, error);
}

/* --- the podcast ------------------------------------------------------------------------------------------ */

void answer_episodes(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Catalogue) catalogue = catalogue_open(visit->session->station, &error);
  if (!catalogue) {
    visit_fail(visit, 0, error);
    return;
  }
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_builder_set_member_name(builder, "episodes");
  json_builder_begin_array(builder);
  for (guint i = 0; i < catalogue->episodes->len; i++) {
    const Episode *episode = catalogue->episodes->pdata[i];
    json_builder_begin_object(builder);
    json_add_string(builder, "edition", episode->edition);
    json_add_string(builder, "title", episode->title);
    json_add_string(builder, "guid", episode->guid);
    json_add_instant(builder, "published", episode->published_us);
    json_add_double(builder, "length", (double)episode->duration_ms / 1000);
    json_add_bool(builder, "keep", episode->keep);
    json_builder_end_object(builder);
  }
  json_builder_end_array(builder);
  json_builder_end_object(builder);
  visit_json(visit, 200, builder);
}

static void publish(Visit *visit, const char *const *arguments, const char *note) {
  g_autoptr(GError) error = NULL;
  guint job =
      jobs_start(visit->desk->jobs, "podcast", visit->session->station->language, visit_who(visit), arguments, &error);
  if (job == 0) {
    visit_fail(visit, 0, error);
    return;
  }
  visit_note(visit, note, visit_text(visit, "edition"));
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_int(builder, "job", job);
  json_builder_end_object(builder);
  if (visit->wants_json)
    visit_json(visit, 202, builder);
  else
    visit_done(visit, "/podcast", "started", NULL);
}

void answer_publish(Visit *visit) {
  const char *note = visit_text(visit, "note");
  g_autofree char *option = text_is_blank(note) ? NULL : g_strconcat("--note=", note, NULL);
  const char *arguments[] = {"publish", visit_text(visit, "edition"), option, NULL};
  if (is_edition(visit))
    publish(visit, arguments, "publish");
}

void answer_retract(Visit *visit) {
  const char *arguments[] = {"publish", "--retract", visit_text(visit, "edition"), NULL};
  if (is_edition(visit))
    publish(visit, arguments, "retract");
}

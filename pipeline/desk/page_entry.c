/* One entry: its fields, what became of it, and how it was before; a stranger's form. */
#include "desk/answers.h"

#include "base/clock.h"
#include "base/text.h"
#include "desk/entries.h"
#include "desk/page.h"
#include "editorial/similar.h"
#include "logbook/revisions.h"

#include <inttypes.h>
#include <string.h>

#define ALIKE_MOST 500 /* entries that are compared */

static void add_choices(Xml *xml, const Entry *entry) {
  const char *names[KIND_COUNT];
  for (guint i = 0; i < KIND_COUNT; i++)
    names[i] = entry_kind_name((EntryKind)i);
  page_choice(xml, "kind", _("Kind"), names, KIND_COUNT, entry_kind_name(entry->kind), NULL);
}

/* As it was typed, when a form comes back: what could not be read is not in the entry. */
static const char *typed_or(const Visit *visit, const char *name, const char *otherwise) {
  const char *typed = strcmp(visit->request->method, "POST") == 0 ? visit_value(visit, name) : NULL;
  return typed ? typed : otherwise;
}

/* What only an editor says. */
static void add_editors_part(Xml *xml, const Visit *visit, const Entry *entry) {
  const char *priorities[PRIORITY_COUNT], *statuses[STATUS_COUNT];
  for (guint i = 0; i < PRIORITY_COUNT; i++)
    priorities[i] = entry_priority_name((EntryPriority)i);
  for (guint i = 0; i < STATUS_COUNT; i++)
    statuses[i] = entry_status_name((EntryStatus)i);
  g_autoptr(GDateTime) at = entry->expires_us ? zone_time(visit->session->station->zone, entry->expires_us) : NULL;
  g_autofree char *expires = at ? g_date_time_format(at, "%Y-%m-%d %H:%M") : NULL;
  page_choice(xml, "status", _("Status"), statuses, STATUS_COUNT, entry_status_name(entry->status), NULL);
  page_choice(xml, "priority", _("Priority"), priorities, PRIORITY_COUNT, entry_priority_name(entry->priority), NULL);
  page_field(xml, &(Field){.name = "expires",
                           .label = _("Not on air from then on"),
                           .type = "text",
                           .value = typed_or(visit, "expires", expires),
                           .hint = _("2020-03-17 18:00; empty: it does not expire")});
}

/* A recorded sound that is heard instead of the words. */
static void add_sound(Xml *xml, const Entry *entry) {
  g_autofree char *escaped = g_uri_escape_string(entry->sound, NULL, FALSE);
  g_autofree char *src = g_strconcat("/api/sounds/", escaped, NULL);
  page_hidden(xml, "sound", entry->sound);
  page_words(xml, "soft", _("This recording is heard; the words are its transcript, and are read if it cannot be."));
  page_audio(xml, src, entry->sound, "metadata");
  page_check(xml, "nosound", _("without the recording"));
}

static void add_fields(Xml *xml, const Visit *visit, const Entry *entry) {
  const char *attributions[ATTRIBUTION_COUNT];
  for (guint i = 0; i < ATTRIBUTION_COUNT; i++)
    attributions[i] = attribution_name((Attribution)i);
  page_field(xml, &(Field){.name = "title", .label = _("A few words"), .type = "text", .value = entry->title});
  page_area(xml, "text", _("What is to be said"), entry->text, 6);
  xml_open_class(xml, "div", "fields");
  add_choices(xml, entry);
  page_field(xml, &(Field){.name = "place", .label = _("Place"), .type = "text", .value = entry->place});
  page_field(xml, &(Field){.name = "author", .label = _("Who wrote it"), .type = "text", .value = entry->author});
  page_choice(xml, "attribution", _("What is said of who wrote it"), attributions, ATTRIBUTION_COUNT,
              attribution_name(entry->attribution), NULL);
  page_field(
      xml, &(Field){.name = "date", .label = _("Day"), .type = "date", .value = typed_or(visit, "date", entry->date)});
  page_field(xml, &(Field){.name = "language", .label = _("Language"), .type = "text", .value = entry->language});
  if (visit_role(visit) >= ROLE_EDITOR)
    add_editors_part(xml, visit, entry);
  xml_close(xml);
  if (entry->sound && visit_role(visit) >= ROLE_EDITOR)
    add_sound(xml, entry);
}

/* What else of it is not as it is in the form: it would be written over unseen. */
static void add_differences(Xml *xml, const Visit *visit, const Entry *mine, const Entry *there) {
  g_autofree char *expires = page_instant(visit, there->expires_us);
  const struct {
    const char *field, *label, *value;
  } fields[] = {{"kind", _("Kind"), _(entry_kind_name(there->kind))},
                {"place", _("Place"), there->place},
                {"author", _("Who wrote it"), there->author},
                {"attribution", _("What is said of who wrote it"), _(attribution_name(there->attribution))},
                {"date", _("Day"), there->date},
                {"sound", _("Recording"), there->sound},
                {"language", _("Language"), there->language},
                {"status", _("Status"), _(entry_status_name(there->status))},
                {"priority", _("Priority"), _(entry_priority_name(there->priority))},
                {"expires", _("Not on air from then on"), expires}};
  g_autofree char *differ = entry_differences(mine, there);
  g_auto(GStrv) names = g_strsplit(differ ? differ : "", " ", -1);
  for (guint i = 0; i < G_N_ELEMENTS(fields); i++) {
    if (!g_strv_contains((const char *const *)names, fields[i].field))
      continue;
    g_autofree char *line = g_strdup_printf(_("%s: %s"), fields[i].label, fields[i].value ? fields[i].value : "–");
    page_words(xml, NULL, line);
  }
}

static void add_there(Xml *xml, const Visit *visit, const Entry *mine, const Entry *there) {
  xml_open_class(xml, "section", "card there");
  xml_element(xml, "h2", _("What stands there now"));
  xml_element(xml, "h3", there->title);
  xml_open_class(xml, "p", "text");
  xml_attribute(xml, "lang", there->language);
  xml_lines(xml, there->text);
  xml_close(xml);
  add_differences(xml, visit, mine, there);
  xml_close(xml);
}

static void add_history(Xml *xml, const Visit *visit, const Entry *entry) {
  g_autoptr(GPtrArray) revisions = revisions_of(visit->session->store, entry->id, NULL);
  g_autofree char *undo = g_strdup_printf("/api/entries/%" PRId64 "/undo", entry->id);
  xml_open_class(xml, "section", "card");
  xml_element(xml, "h2", _("How it came to be"));
  if (entry->source_name) {
    g_autofree char *from = g_strdup_printf(_("Out of %s"), entry->source_name);
    page_words(xml, "soft", from);
  }
  xml_open_class(xml, "ol", "history");
  for (guint i = revisions ? revisions->len : 0; i-- > 0;) {
    const Revision *revision = revisions->pdata[i];
    g_autofree char *at = page_instant(visit, revision->at_us);
    g_autofree char *line = g_strdup_printf("%s – %s: %s", at, revision->who, revision->what);
    xml_open(xml, "li");
    xml_open(xml, "details");
    xml_element(xml, "summary", line);
    xml_open_class(xml, "p", "text");
    xml_lines(xml, revision->entry->text);
    xml_close(xml);
    xml_close(xml);
    xml_close(xml);
  }
  xml_close(xml);
  if (visit_role(visit) >= ROLE_EDITOR) {
    g_autofree char *version = g_strdup_printf("%" PRId64, entry->changed_us);
    page_form(xml, visit, undo, NULL);
    page_hidden(xml, "version", version);
    page_button(xml, _("Take the last change back"), "quiet");
    xml_close(xml);
  }
  xml_close(xml);
}

/* Others of its day that say the same (editorial/similar.h): one of them is enough. */
static void add_alike(Xml *xml, const Visit *visit, const Entry *entry) {
  EntryFilter filter = ENTRY_FILTER_ALL;
  filter.date_from = filter.date_until = entry->date;
  filter.limit = ALIKE_MOST;
  g_autoptr(GPtrArray) others = entries_find(visit->session->store, &filter, NULL);
  g_autoptr(Shingles) own = shingles_new(entry->text);
  bool is_first = true;
  for (guint i = 0; others && i < others->len; i++) {
    const Entry *other = others->pdata[i];
    g_autoptr(Shingles) its = shingles_new(other->text);
    if (other->id == entry->id || other->status == STATUS_WITHDRAWN || shingles_likeness(own, its) < SIMILAR_SAME)
      continue;
    if (is_first) {
      xml_open_class(xml, "section", "card");
      xml_element(xml, "h2", _("Others that say the same"));
    }
    is_first = false;
    g_autofree char *action = g_strdup_printf("/api/entries/%" PRId64 "/merge", other->id);
    g_autofree char *into = g_strdup_printf("%" PRId64, entry->id);
    page_words(xml, "text", other->text);
    page_form(xml, visit, action, NULL);
    page_hidden(xml, "into", into);
    page_button(xml, _("Merge it into this one"), "quiet");
    xml_close(xml);
  }
  if (!is_first)
    xml_close(xml);
}

void show_entry(Visit *visit, const Entry *entry, const Entry *there, const char *wrong, unsigned status) {
  bool is_new = entry->id == 0;
  g_autofree char *title = is_new ? g_strdup(_("A new entry")) : g_strdup_printf(_("Entry %" PRId64), entry->id);
  g_autofree char *action = is_new ? g_strdup("/api/entries") : g_strdup_printf("/api/entries/%" PRId64, entry->id);
  g_autofree char *version = g_strdup_printf("%" PRId64, there ? there->changed_us : entry->changed_us);
  Xml *xml = page_open(visit, &(DeskPage){.title = title, .section = "logbook"});
  if (wrong)
    page_words(xml, "bad", wrong);
  if (there)
    add_there(xml, visit, entry, there);
  if (is_new || desk_may_change(visit, entry)) {
    page_form(xml, visit, action, "card keep");
    if (!is_new)
      page_hidden(xml, "version", version);
    add_fields(xml, visit, entry);
    xml_open_class(xml, "p", "row");
    page_button(xml, there ? _("Save mine") : _("Save"), "main");
    page_link(xml, "button quiet", "/logbook", _("Back"));
    xml_close(xml);
    xml_close(xml);
  } else {
    xml_open_class(xml, "p", "text");
    xml_lines(xml, entry->text);
    xml_close(xml);
  }
  if (!is_new && visit_role(visit) >= ROLE_EDITOR)
    add_alike(xml, visit, entry);
  if (!is_new)
    add_history(xml, visit, entry);
  page_close(visit, xml, status);
}

/* With a recording that came just now, or without. */
void page_entry_new(Visit *visit) {
  const char *sound = visit_text(visit, "sound");
  g_autofree char *path = *sound ? station_find(visit->session->station, "sounds", sound, NULL, NULL) : NULL;
  g_autoptr(Entry) entry = desk_new_entry(visit);
  if (path)
    entry->sound = g_strdup(sound);
  show_entry(visit, entry, NULL, NULL, 200);
}

void page_entry(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Entry) entry = desk_entry(visit, &error);
  if (entry)
    show_entry(visit, entry, NULL, NULL, 200);
  else
    visit_fail(visit, 404, error);
}

/* No cookie, no script, no name that is asked for. */
void show_contribute(Visit *visit, const char *wrong, unsigned status) {
  int kind = entry_kind_parse(typed_or(visit, "kind", ""));
  g_autofree char *text = text_with_lf(typed_or(visit, "text", ""));
  g_autoptr(Entry) entry = entry_new();
  entry->kind = kind >= 0 ? (EntryKind)kind : entry->kind;
  Xml *xml = page_open(visit, &(DeskPage){.title = _("Send an entry"), .is_bare = true});
  if (wrong)
    page_words(xml, "bad", wrong);
  page_words(xml, NULL,
             _("What have you seen, what do you ask, what could help others? An editor of the station looks at it "
               "before it is read on air; your name is not."));
  xml_open(xml, "form");
  xml_attribute(xml, "method", "post");
  xml_attribute(xml, "action", "/api/contribute");
  xml_attribute(xml, "class", "card");
  page_area(xml, "text", _("What is to be said"), text, 6);
  add_choices(xml, entry);
  page_field(xml,
             &(Field){.name = "place", .label = _("Place"), .type = "text", .value = typed_or(visit, "place", NULL)});
  xml_open_class(xml, "div", "trap");
  xml_attribute(xml, "aria-hidden", "true");
  page_field(xml, &(Field){.name = "website", .label = _("Leave this empty"), .type = "text"});
  xml_close(xml);
  page_button(xml, _("Send"), "main");
  xml_close(xml);
  page_close(visit, xml, status);
}

/* Off unless the station wants it. */
void page_contribute(Visit *visit) {
  if (visit->session->station->desk.takes_contributions)
    show_contribute(visit, NULL, 200);
  else
    visit_refuse(visit, 404, _("there is nothing at this address"));
}

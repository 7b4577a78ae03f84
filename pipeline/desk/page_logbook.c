/* The logbook: a line to add an entry, what is looked for, the entries as cards. */
#include "desk/answers.h"

#include "base/clock.h"
#include "base/text.h"
#include "commands/entry_print.h"
#include "desk/entries.h"
#include "desk/page.h"

#include <inttypes.h>
#include <string.h>

#define SHOWN_BYTES 1500 /* of a text in the list */

static void names_of(const char *names[], guint n, const char *(*name)(guint i)) {
  for (guint i = 0; i < n; i++)
    names[i] = name(i);
}

static const char *kind_name(guint i) {
  return entry_kind_name((EntryKind)i);
}

static const char *status_name(guint i) {
  return entry_status_name((EntryStatus)i);
}

/* --- a line to add an entry ------------------------------------------------------------------------------ */

static void add_quick(Xml *xml, const Visit *visit) {
  const char *kinds[KIND_COUNT];
  names_of(kinds, KIND_COUNT, kind_name);
  page_form(xml, visit, "/api/entries", "quick card");
  xml_open(xml, "label");
  xml_open_class(xml, "span", "hidden");
  xml_text(xml, _("A new entry"));
  xml_close(xml);
  xml_open(xml, "input");
  xml_attribute(xml, "type", "text");
  xml_attribute(xml, "name", "text");
  xml_attribute(xml, "id", "new");
  xml_attribute(xml, "autocomplete", "off");
  xml_attribute(xml, "required", "required");
  xml_attribute(xml, "placeholder", _("What is new? One line, then Enter"));
  xml_close(xml);
  xml_close(xml);
  page_choice(xml, "kind", _("Kind"), kinds, KIND_COUNT, "announcement", NULL);
  page_button(xml, _("Add"), "main");
  xml_close(xml);
}

/* --- what is looked for --------------------------------------------------------------------------------------- */

static bool is_filtered(const Visit *visit) {
  static const char *const names[] = {"date", "kind", "status", "place", "search", "source", "priority"};
  bool filtered = false;
  for (guint i = 0; i < G_N_ELEMENTS(names); i++)
    filtered = filtered || *visit_text(visit, names[i]);
  return filtered;
}

static void add_filter(Xml *xml, const Visit *visit) {
  const char *kinds[KIND_COUNT], *statuses[STATUS_COUNT];
  names_of(kinds, KIND_COUNT, kind_name);
  names_of(statuses, STATUS_COUNT, status_name);
  xml_open(xml, "form");
  xml_attribute(xml, "method", "get");
  xml_attribute(xml, "action", "/logbook");
  xml_attribute(xml, "class", "filter");
  xml_attribute(xml, "role", "search");
  page_field(xml,
             &(Field){.name = "search", .label = _("Words"), .type = "search", .value = visit_value(visit, "search")});
  page_field(xml, &(Field){.name = "date", .label = _("Day"), .type = "date", .value = visit_value(visit, "date")});
  page_choice(xml, "status", _("Status"), statuses, STATUS_COUNT, visit_value(visit, "status"), _("all"));
  page_choice(xml, "kind", _("Kind"), kinds, KIND_COUNT, visit_value(visit, "kind"), _("all"));
  page_field(xml, &(Field){.name = "place", .label = _("Place"), .type = "text", .value = visit_value(visit, "place")});
  page_button(xml, _("Show"), NULL);
  if (is_filtered(visit))
    page_link(xml, "button quiet", "/logbook", _("Show all"));
  xml_close(xml);
}

/* The same question; further on, from `last` (NULL: here). Returns (g_free). */
static char *this_page(const Visit *visit, const Entry *last) {
  GHashTableIter iter;
  gpointer name, value;
  GString *href = g_string_new("/logbook?");
  g_hash_table_iter_init(&iter, visit->request->query);
  while (g_hash_table_iter_next(&iter, &name, &value)) {
    if (strcmp(name, "done") == 0 || (last && strcmp(name, "before") == 0))
      continue;
    g_autofree char *escaped = g_uri_escape_string(value, NULL, FALSE), *key = g_uri_escape_string(name, NULL, FALSE);
    g_string_append_printf(href, "%s=%s&", key, escaped);
  }
  if (last)
    g_string_append_printf(href, "before=%" PRId64, last->id);
  else
    g_string_truncate(href, href->len - 1); /* the last sign */
  return g_string_free(href, FALSE);
}

/* --- an entry --------------------------------------------------------------------------------------------------- */

static void add_badge(Xml *xml, const char *class, const char *text) {
  g_autofree char *both = g_strconcat("badge ", class, NULL);
  xml_open_class(xml, "span", both);
  xml_text(xml, text);
  xml_close(xml);
}

static void add_marks(Xml *xml, const Visit *visit, const Entry *entry) {
  g_autofree char *day = page_day(visit, entry->date);
  xml_open_class(xml, "p", "marks");
  page_icon(xml, entry_kind_name(entry->kind));
  xml_element(xml, "span", _(entry_kind_name(entry->kind)));
  xml_element(xml, "span", entry->place);
  xml_element(xml, "span", day);
  if (entry->endorsements > 0) {
    g_autofree char *agreed = g_strdup_printf("+%" PRId64, entry->endorsements);
    xml_element(xml, "span", agreed);
  }
  if (entry->priority != PRIORITY_NORMAL)
    add_badge(xml, entry_priority_name(entry->priority), _(entry_priority_name(entry->priority)));
  if (entry->expires_us > 0 && entry->expires_us <= clock_now_us())
    add_badge(xml, "expired", _("expired"));
  add_badge(xml, entry_status_name(entry->status), _(entry_status_name(entry->status)));
  xml_close(xml);
}

static void add_status_button(Xml *xml, const Visit *visit, const Entry *entry, const char *status, const char *text,
                              const char *class) {
  g_autofree char *action = g_strdup_printf("/api/entries/%" PRId64 "/status", entry->id);
  g_autofree char *name = g_strdup_printf(_("%s entry %" PRId64), text, entry->id);
  g_autofree char *back = this_page(visit, NULL);
  page_form(xml, visit, action, "act");
  g_autofree char *version = g_strdup_printf("%" PRId64, entry->changed_us);
  page_hidden(xml, "status", status);
  page_hidden(xml, "version", version);
  page_hidden(xml, "back", back);
  xml_open(xml, "button");
  xml_attribute(xml, "class", class);
  xml_attribute(xml, "aria-label", name);
  xml_attribute(xml, "data-key", status);
  xml_text(xml, text);
  xml_close(xml);
  xml_close(xml);
}

static void add_actions(Xml *xml, const Visit *visit, const Entry *entry) {
  g_autofree char *href = g_strdup_printf("/entries/%" PRId64, entry->id);
  g_autofree char *name = g_strdup_printf(_("Edit entry %" PRId64), entry->id);
  xml_open_class(xml, "div", "row");
  if (visit_role(visit) >= ROLE_EDITOR) {
    if (entry->status != STATUS_APPROVED)
      add_status_button(xml, visit, entry, "approved", _("Approve"), "main");
    if (entry->status == STATUS_PENDING || entry->status == STATUS_DRAFT)
      add_status_button(xml, visit, entry, "rejected", _("Reject"), "quiet");
    if (entry->status == STATUS_APPROVED)
      add_status_button(xml, visit, entry, "withdrawn", _("Withdraw"), "quiet");
  }
  xml_open(xml, "a");
  xml_attribute(xml, "class", "button quiet");
  xml_attribute(xml, "href", href);
  xml_attribute(xml, "aria-label", name);
  xml_attribute(xml, "data-key", "edit");
  xml_text(xml, desk_may_change(visit, entry) ? _("Edit") : _("See"));
  xml_close(xml);
  xml_close(xml);
}

static void add_entry(Xml *xml, const Visit *visit, const Entry *entry) {
  g_autofree char *anchor = g_strdup_printf("e%" PRId64, entry->id);
  g_autofree char *shown = text_head(entry->text, SHOWN_BYTES);
  xml_open(xml, "li");
  xml_open(xml, "article");
  xml_attribute(xml, "id", anchor);
  xml_attribute(xml, "class", entry_status_name(entry->status));
  xml_attribute(xml, "tabindex", "-1");
  add_marks(xml, visit, entry);
  xml_element(xml, "h2", entry->title);
  xml_open_class(xml, "p", "text");
  xml_attribute(xml, "lang", entry->language);
  xml_lines(xml, shown);
  if (strlen(shown) < strlen(entry->text))
    xml_text(xml, "…");
  xml_close(xml);
  add_actions(xml, visit, entry);
  xml_close(xml);
  xml_close(xml);
}

/* --- the page -------------------------------------------------------------------------------------------------------- */

static void add_list(Xml *xml, const Visit *visit, const GPtrArray *entries) {
  guint n = MIN(entries->len, ENTRIES_A_PAGE);
  xml_open(xml, "section");
  xml_attribute(xml, "id", "list");
  xml_attribute(xml, "aria-label", _("Entries"));
  if (n == 0 && is_filtered(visit))
    page_empty(xml, _("Nothing fits."), "/logbook", _("Show all"));
  else if (n == 0)
    page_empty(xml, _("The logbook is empty. Add a first line above, or import what people wrote elsewhere."),
               visit_role(visit) >= ROLE_EDITOR ? "/import" : NULL, _("Import a pad or a table"));
  xml_open_class(xml, "ol", "entries");
  for (guint i = 0; i < n; i++)
    add_entry(xml, visit, entries->pdata[i]);
  xml_close(xml);
  if (entries->len > n) {
    g_autofree char *href = this_page(visit, entries->pdata[n - 1]);
    xml_open_class(xml, "p", "more");
    page_link(xml, "button", href, _("Older ones"));
    xml_close(xml);
  }
  xml_close(xml);
}

void page_logbook(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) entries = desk_entries(visit, &error);
  Xml *xml = page_open(visit, &(DeskPage){.title = _("Logbook"), .section = "logbook"});
  add_quick(xml, visit);
  add_filter(xml, visit);
  if (error)
    page_words(xml, "bad", error->message);
  else
    add_list(xml, visit, entries);
  if (visit_role(visit) >= ROLE_EDITOR) {
    xml_open_class(xml, "p", "row");
    page_link(xml, "button", "/import", _("Import a pad or a table"));
    page_link(xml, "button main", "/rundown", _("To the bulletin"));
    xml_close(xml);
  }
  page_close(visit, xml, error ? 422 : 200);
}

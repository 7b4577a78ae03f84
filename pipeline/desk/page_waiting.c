/* What is not in a bulletin, and why. */
#include "desk/page_waiting.h"

#include "base/text.h"
#include "commands/proposals.h"
#include "desk/answers.h"
#include "desk/page.h"

#include <inttypes.h>
#include <string.h>

#define PROPOSALS_MOST 12
#define TITLE_COLUMNS 40

/* --- what could be in ------------------------------------------------------------------------------------ */

void waiting_read(const Visit *visit, const Bulletin *bulletin, Waiting *waiting) {
  g_autoptr(Proposals) proposals = proposals_open(visit->session, &bulletin->slot, NULL);
  if (!proposals)
    return;
  waiting->proposals = amend_proposals(&proposals->input, bulletin->rundown, PROPOSALS_MOST);
  waiting->first_out = amend_first_out(&proposals->input, bulletin->rundown);
}

void waiting_clear(Waiting *waiting) {
  g_clear_pointer(&waiting->proposals, g_ptr_array_unref);
}

static void add_proposal(Xml *xml, const Explanation *proposal, bool is_first) {
  g_autofree char *number = g_strdup_printf("%" PRId64, proposal->entry);
  xml_open_class(xml, "label", "row");
  xml_open(xml, "input");
  xml_attribute(xml, "type", "radio");
  xml_attribute(xml, "class", "inline");
  xml_attribute(xml, "name", "entry");
  xml_attribute(xml, "value", number);
  xml_attribute(xml, "checked", is_first ? "checked" : NULL);
  xml_close(xml);
  xml_element(xml, "strong", proposal->title);
  xml_element(xml, "small", proposal->why);
  xml_close(xml);
}

/* "3. Le marché ouvre…" of each entry that is in. */
static void add_places(Xml *xml, const Visit *visit, const Rundown *rundown) {
  g_autoptr(GPtrArray) numbers = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = rundown->items->pdata[i];
    g_autofree char *words = text_ellipsize(item->text ? item->text : item->title ? item->title : "", TITLE_COLUMNS);
    if (item->entry == 0)
      continue;
    g_ptr_array_add(numbers, g_strdup_printf("%u", i));
    g_ptr_array_add(texts, g_strdup_printf("%u. %s", i + 1, words));
  }
  page_select(xml, "item", _("In place of"), (const char *const *)numbers->pdata, (const char *const *)texts->pdata,
              numbers->len, visit_text(visit, "swap"), _("nothing: after the last entry"));
}

void page_waiting(Xml *xml, const Visit *visit, const Bulletin *bulletin, const Waiting *waiting) {
  if (!waiting->proposals || waiting->proposals->len == 0)
    return;
  xml_open(xml, "section");
  xml_attribute(xml, "id", "waiting");
  page_form(xml, visit, "/api/rundown/put", "card act waiting");
  page_hidden(xml, "script", bulletin->slot.script);
  page_hidden(xml, "date", bulletin->slot.date);
  page_hidden(xml, "made", bulletin->made);
  xml_open(xml, "fieldset");
  xml_element(xml, "legend", _("What could still be in"));
  for (guint i = 0; i < waiting->proposals->len; i++)
    add_proposal(xml, waiting->proposals->pdata[i], i == 0);
  xml_close(xml);
  add_places(xml, visit, bulletin->rundown);
  page_button_labelled(xml, _("Put it in"), NULL, NULL, "put");
  xml_close(xml);
  xml_close(xml);
}

/* --- why these ------------------------------------------------------------------------------------------- */

static void add_candidate(Xml *xml, JsonObject *candidate) {
  gint64 entry = json_int_of(candidate, "entry", 0);
  bool is_in = json_bool_of(candidate, "in");
  g_autofree char *href = g_strdup_printf("/entries/%" PRId64, entry);
  const char *title = json_string_of(candidate, "title");
  xml_open(xml, "tr");
  xml_open(xml, "td");
  xml_open_class(xml, "span", is_in ? "badge approved" : "badge");
  xml_text(xml, is_in ? _("in") : _("out"));
  xml_close(xml);
  xml_close(xml);
  xml_open(xml, "td");
  page_link(xml, NULL, href, title ? title : "");
  xml_close(xml);
  xml_element(xml, "td", json_string_of(candidate, "why") ? json_string_of(candidate, "why") : "");
  xml_close(xml);
}

static void add_candidates(Xml *xml, JsonArray *candidates) {
  static const char *const headings[] = {N_("in or out"), N_("entry"), N_("why")};
  xml_open(xml, "table");
  page_headings(xml, headings, G_N_ELEMENTS(headings));
  for (guint i = 0; i < json_array_get_length(candidates); i++)
    add_candidate(xml, json_array_get_object_element(candidates, i));
  xml_close(xml);
}

void page_explain(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Bulletin) bulletin = bulletin_open(visit, &error);
  g_autofree char *text = bulletin ? explain_bulletin(visit, bulletin, &error) : NULL;
  g_autoptr(JsonNode) node = text ? json_parse("rundown", text, -1, &error) : NULL;
  if (!node) {
    visit_fail(visit, 0, error);
    return;
  }
  JsonArray *candidates = json_object_get_array_member(json_node_get_object(node), "candidates");
  guint n = candidates ? json_array_get_length(candidates) : 0;
  g_autofree char *back = g_strdup_printf("/rundown?script=%s&date=%s", bulletin->slot.script, bulletin->slot.date);
  Xml *xml = page_open(visit, &(DeskPage){.title = _("Why these?"), .section = "rundown"});
  xml_open_class(xml, "p", "row");
  page_link(xml, "button quiet", back, _("Back"));
  xml_close(xml);
  if (n == 0)
    page_empty(xml, _("No entry could be heard in it."), NULL, NULL);
  else
    add_candidates(xml, candidates);
  page_close(visit, xml, 200);
}

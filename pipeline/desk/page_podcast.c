/* What is published, where its sounds are, and how often they were fetched. */
#include "desk/answers.h"

#include "base/clock.h"
#include "desk/jobs.h"
#include "desk/page.h"
#include "podcast/catalogue.h"

#include <inttypes.h>
#include <string.h>

/* --- episodes ---------------------------------------------------------------------------------------------- */

/* The sounds and the transcript as anybody finds them; none, where the podcast has no address yet. */
static void add_media(Xml *xml, const Visit *visit, const Episode *episode) {
  const char *root = visit->session->station->podcast.url;
  if (!*root)
    return;
  g_autofree char *file = episode_file(episode, ".vtt"), *transcript = episode_address(root, file);
  xml_open_class(xml, "p", "marks");
  for (guint i = 0; i < episode->media->len; i++) {
    const EpisodeMedia *media = episode->media->pdata[i];
    g_autofree char *href = episode_address(root, media->file), *size = g_format_size((guint64)media->nbytes);
    const char *ending = strrchr(media->file, '.');
    g_autofree char *words = g_strdup_printf("%s, %s", ending ? ending + 1 : media->type, size);
    page_link(xml, NULL, href, words);
  }
  page_link(xml, NULL, transcript, _("transcript"));
  xml_close(xml);
}

static void add_episode(Xml *xml, const Visit *visit, const Episode *episode) {
  g_autofree char *at = page_instant(visit, episode->published_us);
  g_autofree char *length = duration_format(episode->duration_ms * 1000, false);
  g_autofree char *label = g_strdup_printf(_("Take out %s"), episode->edition);
  xml_open_class(xml, "li", "card");
  xml_element(xml, "h2", episode->title);
  xml_open_class(xml, "p", "marks");
  xml_element(xml, "span", at);
  xml_element(xml, "span", length);
  xml_element(xml, "span", episode->edition);
  xml_close(xml);
  page_words(xml, "soft", episode->note ? episode->note : "");
  add_media(xml, visit, episode);
  if (visit_role(visit) >= ROLE_PRODUCER) {
    xml_open_class(xml, "div", "row");
    page_form(xml, visit, "/api/publish", "job");
    page_hidden(xml, "edition", episode->edition);
    page_field(xml, &(Field){.name = "note", .label = _("What was corrected"), .type = "text"});
    page_button(xml, _("Publish again"), "quiet");
    xml_close(xml);
    page_form(xml, visit, "/api/retract", "job");
    page_hidden(xml, "edition", episode->edition);
    page_button_labelled(xml, _("Take out"), "quiet", label, NULL);
    xml_close(xml);
    xml_close(xml);
  }
  xml_close(xml);
}

void page_podcast(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Catalogue) catalogue = catalogue_open(visit->session->station, &error);
  if (!catalogue) {
    visit_fail(visit, 0, error);
    return;
  }
  guint job = jobs_about(visit->desk->jobs, "podcast");
  g_autofree char *why = NULL, *number = g_strdup_printf("%u", job);
  JobState state = job ? jobs_state(visit->desk->jobs, job, &why) : JOB_UNKNOWN;
  Xml *xml = page_open(
      visit, &(DeskPage){.title = _("Podcast"), .section = "podcast", .refresh_s = state == JOB_RUNNING ? 2 : 0});
  if (catalogue->episodes->len > 0) {
    xml_open_class(xml, "p", "row");
    page_link(xml, "button quiet", "/downloads", _("Downloads"));
    xml_close(xml);
  }
  xml_open(xml, "section");
  xml_attribute(xml, "id", "list");
  xml_attribute(xml, "aria-label", _("Podcast"));
  if (state == JOB_RUNNING) {
    xml_open_class(xml, "p", "busy");
    xml_attribute(xml, "data-job", number);
    xml_text(xml, _("The podcast is being written."));
    xml_close(xml);
  } else if (state == JOB_FAILED) {
    page_words(xml, "bad", why);
  }
  if (catalogue->episodes->len == 0)
    page_empty(xml, _("Nothing is published yet. Make a bulletin; then publish it from there."), "/rundown",
               _("To the bulletin"));
  xml_open_class(xml, "ol", "plain");
  for (guint i = 0; i < catalogue->episodes->len && i < 100; i++)
    add_episode(xml, visit, catalogue->episodes->pdata[i]);
  xml_close(xml);
  xml_close(xml);
  page_close(visit, xml, 200);
}

/* --- downloads -------------------------------------------------------------------------------------------- */

static char *ask_downloads(Visit *visit, GError **error) {
  const char *arguments[] = {"downloads", "--json", NULL};
  return visit_ask(visit, arguments, error);
}

void answer_downloads(Visit *visit) {
  g_autoptr(GError) error = NULL;
  char *text = ask_downloads(visit, &error);
  visit_printed(visit, text, error);
}

static void add_downloads_of(Xml *xml, JsonObject *episode) {
  g_autofree char *n = g_strdup_printf("%" PRId64, json_int_of(episode, "downloads", 0));
  xml_open(xml, "tr");
  xml_element(xml, "td", json_string_of(episode, "edition"));
  xml_element(xml, "td", json_string_of(episode, "title"));
  xml_element(xml, "td", n);
  xml_close(xml);
}

void page_downloads(Visit *visit) {
  static const char *const headings[] = {N_("edition"), N_("title"), N_("downloads")};
  g_autoptr(GError) error = NULL;
  g_autofree char *text = ask_downloads(visit, &error);
  g_autoptr(JsonNode) node = text ? json_parse("downloads", text, -1, &error) : NULL;
  JsonArray *episodes = node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
  Xml *xml = page_open(visit, &(DeskPage){.title = _("Downloads"), .section = "podcast"});
  xml_open_class(xml, "p", "row");
  page_link(xml, "button quiet", "/podcast", _("Back"));
  xml_close(xml);
  if (error)
    page_words(xml, "warn", error->message);
  if (episodes) {
    xml_open(xml, "table");
    page_headings(xml, headings, G_N_ELEMENTS(headings));
    for (guint i = 0; i < json_array_get_length(episodes); i++)
      add_downloads_of(xml, json_array_get_object_element(episodes, i));
    xml_close(xml);
  }
  page_words(xml, "soft",
             _("One address and program count once a day, when they got a minute of it; robots do not. Nothing of a "
               "listener is kept."));
  page_close(visit, xml, 200);
}

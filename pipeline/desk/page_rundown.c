/* The bulletin being made, and the same to be read by a person. */
#include "desk/answers.h"

#include "base/clock.h"
#include "base/text.h"
#include "base/wav.h"
#include "desk/bulletin.h"
#include "desk/jobs.h"
#include "desk/page.h"
#include "desk/page_waiting.h"
#include "podcast/cues.h"
#include "podcast/waveform.h"

#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#define REFRESH_S 2u        /* while something is made, without the script */
#define REFRESH_HEARD_S 20u /* and while it may be listened to, which that breaks off */

/* --- which one --------------------------------------------------------------------------------------- */

static void add_picker(Xml *xml, const Visit *visit, const Bulletin *bulletin) {
  g_autoptr(GPtrArray) scripts = page_files(visit, "scripts", ".yaml");
  xml_open(xml, "form");
  xml_attribute(xml, "method", "get");
  xml_attribute(xml, "action", "/rundown");
  xml_attribute(xml, "class", "filter");
  page_choice(xml, "script", _("Script"), (const char *const *)scripts->pdata, scripts->len, bulletin->slot.script,
              NULL);
  page_field(xml, &(Field){.name = "date", .label = _("Day"), .type = "date", .value = bulletin->slot.date});
  page_button(xml, _("Show"), "quiet");
  xml_close(xml);
}

static void add_edition(Xml *xml, const Bulletin *bulletin) {
  page_hidden(xml, "script", bulletin->slot.script);
  page_hidden(xml, "date", bulletin->slot.date);
}

/* --- how long ------------------------------------------------------------------------------------------------ */

static void add_length(Xml *xml, const Rundown *rundown) {
  g_autofree char *its = page_length(rundown->frames), *slot = page_length(rundown->slot_frames);
  g_autofree char *value = g_strdup_printf("%.1f", (double)rundown->frames / FRAME_RATE);
  g_autofree char *most = g_strdup_printf("%.1f", (double)rundown->slot_frames / FRAME_RATE);
  g_autofree char *words = g_strdup_printf(_("%s of %s"), its, slot);
  bool is_over = rundown->frames > rundown->slot_frames + FRAME_RATE / 10;
  xml_open_class(xml, "p", is_over ? "length over" : "length");
  xml_open(xml, "meter");
  xml_attribute(xml, "min", "0");
  xml_attribute(xml, "max", most);
  xml_attribute(xml, "value", value);
  xml_attribute(xml, "aria-label", _("Length"));
  xml_close(xml);
  xml_element(xml, "strong", words);
  if (is_over)
    xml_element(xml, "span", _("Too long for its slot: take something out."));
  xml_close(xml);
}

/* Each change is written at once. */
static void add_saved(Xml *xml, const Visit *visit, const Bulletin *bulletin) {
  GStatBuf file;
  if (g_stat(bulletin->path, &file) != 0)
    return;
  g_autofree char *at = page_instant(visit, file.st_mtim.tv_sec * US_PER_SECOND);
  g_autofree char *words = g_strdup_printf(_("Saved: %s"), at);
  page_words(xml, "soft", words);
}

/* --- an item --------------------------------------------------------------------------------------------------- */

static void add_item_form(Xml *xml, const Visit *visit, const Bulletin *bulletin, guint item, const char *action) {
  g_autofree char *number = g_strdup_printf("%u", item);
  page_form(xml, visit, action, "act");
  add_edition(xml, bulletin);
  page_hidden(xml, "made", bulletin->made);
  page_hidden(xml, "item", number);
}

static void add_step(Xml *xml, const Visit *visit, const Bulletin *bulletin, guint item, guint to, const char *text,
                     const char *name, const char *key) {
  g_autofree char *place = g_strdup_printf("%u", to), *label = g_strdup_printf(name, item + 1);
  add_item_form(xml, visit, bulletin, item, "/api/rundown/move");
  page_hidden(xml, "to", place);
  page_button_labelled(xml, text, "quiet icon-only", label, key);
  xml_close(xml);
}

/* How a word should sound: heard first (by the script), then kept in the lexicon. */
static void add_misread_form(Xml *xml, const Visit *visit, const Bulletin *bulletin, const RundownItem *item) {
  g_autofree char *back = g_strdup_printf("/rundown?script=%s&date=%s", bulletin->slot.script, bulletin->slot.date);
  page_form(xml, visit, "/api/lexicon", "misread");
  page_hidden(xml, "language", item->language);
  page_hidden(xml, "voice", item->voice);
  page_hidden(xml, "back", back);
  page_field(xml, &(Field){.name = "word", .label = _("A word that is misread"), .type = "text", .is_required = true});
  page_field(xml, &(Field){.name = "say", .label = _("Written as it sounds"), .type = "text", .is_required = true});
  xml_open_class(xml, "p", "row");
  page_button(xml, _("Keep it in the lexicon"), "quiet");
  xml_close(xml);
  xml_close(xml);
}

static void add_words_form(Xml *xml, const Visit *visit, const Bulletin *bulletin, guint index,
                           const GPtrArray *voices) {
  const RundownItem *item = bulletin->rundown->items->pdata[index];
  xml_open(xml, "details");
  xml_element(xml, "summary", _("Change"));
  add_item_form(xml, visit, bulletin, index, "/api/rundown/words");
  page_area(xml, "text", _("What is said (the entry keeps its own words)"), item->text, 3);
  page_button(xml, _("Save"), "main");
  xml_close(xml);
  add_item_form(xml, visit, bulletin, index, "/api/rundown/voice");
  page_choice(xml, "voice", _("Voice"), (const char *const *)voices->pdata, voices->len, item->voice, NULL);
  page_button(xml, _("Change"), NULL);
  xml_close(xml);
  if (item->spoken) {
    page_words(xml, "soft", _("As it is read:"));
    page_words(xml, "spoken", item->spoken);
  }
  add_misread_form(xml, visit, bulletin, item);
  if (item->entry) {
    g_autofree char *href = g_strdup_printf("/entries/%" PRId64, item->entry);
    xml_open(xml, "p");
    page_link(xml, NULL, href, _("The entry itself"));
    xml_close(xml);
  }
  xml_close(xml);
}

/* The next one that is no pause; itself when there is none. */
static guint neighbour(const GPtrArray *items, guint i, int step) {
  for (guint at = i + (guint)step; at < items->len; at += (guint)step) /* below 0 is beyond the end */
    if (((const RundownItem *)items->pdata[at])->type != ITEM_PAUSE)
      return at;
  return i;
}

/* What tells of an entry can stay when the rest is chosen anew, or give its place to one that waits. */
static void add_entry_tools(Xml *xml, const Visit *visit, const Bulletin *bulletin, guint i, bool has_waiting) {
  const RundownItem *item = bulletin->rundown->items->pdata[i];
  g_autofree char *label = g_strdup_printf(item->kept ? _("Unlock item %u") : _("Lock item %u"), i + 1);
  add_item_form(xml, visit, bulletin, i, "/api/rundown/keep");
  page_hidden(xml, "keep", item->kept ? "no" : "yes");
  page_button_labelled(xml, item->kept ? _("Unlock") : _("Lock"), "quiet", label, "keep");
  xml_close(xml);
  if (!has_waiting)
    return;
  g_autofree char *script = g_uri_escape_string(bulletin->slot.script, NULL, FALSE);
  g_autofree char *href = g_strdup_printf("/rundown?script=%s&date=%s&swap=%u#waiting", script, bulletin->slot.date, i);
  g_autofree char *words = g_strdup_printf(_("Swap item %u"), i + 1);
  xml_open_class(xml, "a", "button quiet");
  xml_attribute(xml, "href", href);
  xml_attribute(xml, "aria-label", words);
  xml_text(xml, _("Swap"));
  xml_close(xml);
}

static void add_tools(Xml *xml, const Visit *visit, const Bulletin *bulletin, guint i, bool has_waiting) {
  const GPtrArray *items = bulletin->rundown->items;
  xml_open_class(xml, "div", "row");
  guint before = neighbour(items, i, -1), after = neighbour(items, i, 1);
  if (before != i)
    add_step(xml, visit, bulletin, i, before, "↑", _("Move item %u up"), "up");
  if (after != i)
    add_step(xml, visit, bulletin, i, after, "↓", _("Move item %u down"), "down");
  g_autofree char *label = g_strdup_printf(_("Take out item %u"), i + 1);
  add_item_form(xml, visit, bulletin, i, "/api/rundown/drop");
  page_button_labelled(xml, _("Take out"), "quiet", label, "drop");
  xml_close(xml);
  if (((const RundownItem *)items->pdata[i])->entry)
    add_entry_tools(xml, visit, bulletin, i, has_waiting);
  xml_close(xml);
}

static void add_marks(Xml *xml, const RundownItem *item, gint64 first_out) {
  g_autofree char *length = page_length(item->frames);
  bool is_read = item->type == ITEM_SPEECH && item->voice;
  xml_open_class(xml, "p", "marks");
  xml_element(xml, "strong", length);
  xml_element(xml, "span", is_read ? item->voice : _(item_type_name(item->type)));
  xml_element(xml, "span", item->title);
  if (item->kept)
    xml_element(xml, "span", _("locked"));
  if (item->entry && item->entry == first_out)
    xml_element(xml, "span", _("goes first if another grows"));
  xml_close(xml);
}

static void add_item(Xml *xml, const Visit *visit, const Bulletin *bulletin, guint i, const GPtrArray *voices,
                     const Waiting *waiting) {
  const RundownItem *item = bulletin->rundown->items->pdata[i];
  g_autofree char *number = g_strdup_printf("%u", i);
  g_autofree char *start = g_strdup_printf("%.3f", (double)item->start_frame / FRAME_RATE);
  g_autofree char *seconds = g_strdup_printf("%.3f", (double)item->frames / FRAME_RATE);
  bool is_speech = item->type == ITEM_SPEECH;
  xml_open(xml, "li");
  xml_attribute(xml, "class", item_type_name(item->type));
  xml_attribute(xml, "data-item", number);
  xml_attribute(xml, "data-start", start);
  xml_attribute(xml, "data-seconds", seconds);
  xml_attribute(xml, "data-voice", item->voice);
  xml_attribute(xml, "tabindex", item->type != ITEM_PAUSE ? "0" : NULL);
  add_marks(xml, item, waiting->first_out);
  if (item->text || item->file) {
    xml_open_class(xml, "p", "text");
    xml_attribute(xml, "lang", item->language);
    xml_text(xml, item->text ? item->text : item->file);
    xml_close(xml);
  }
  if (item->type != ITEM_PAUSE) {
    add_tools(xml, visit, bulletin, i, waiting->proposals && waiting->proposals->len > 0);
    if (is_speech)
      add_words_form(xml, visit, bulletin, i, voices);
  }
  xml_close(xml);
}

/* --- what can be done with the whole ------------------------------------------------------------------------------ */

static void add_verb(Xml *xml, const Visit *visit, const Bulletin *bulletin, const char *action, const char *text,
                     const char *class, const char *name) {
  page_form(xml, visit, action, "job");
  add_edition(xml, bulletin);
  page_hidden(xml, name, name ? "yes" : NULL);
  page_button(xml, text, class);
  xml_close(xml);
}

static void add_verbs(Xml *xml, const Visit *visit, const Bulletin *bulletin, bool is_made) {
  const Rundown *rundown = bulletin->rundown;
  g_autofree char *read = g_strdup_printf("/read?script=%s&date=%s", bulletin->slot.script, bulletin->slot.date);
  g_autofree char *why = g_strdup_printf("/explain?script=%s&date=%s", bulletin->slot.script, bulletin->slot.date);
  xml_open_class(xml, "div", "row");
  if (!rundown) {
    add_verb(xml, visit, bulletin, "/api/rundown", _("Choose the highlights"), "main", NULL);
  } else {
    add_verb(xml, visit, bulletin, "/api/rundown/produce", is_made ? _("Make it again") : _("Make the bulletin"),
             is_made ? NULL : "main", NULL);
    page_form(xml, visit, "/api/rundown/lock", "act");
    add_edition(xml, bulletin);
    page_hidden(xml, "locked", rundown->locked ? "no" : "yes");
    page_button(xml, rundown->locked ? _("Unlock") : _("Lock"), "quiet");
    xml_close(xml);
    if (bulletin_can_undo(bulletin)) {
      page_form(xml, visit, "/api/rundown/undo", "act");
      add_edition(xml, bulletin);
      page_hidden(xml, "made", bulletin->made);
      page_button(xml, _("Undo"), "quiet");
      xml_close(xml);
    }
    add_verb(xml, visit, bulletin, "/api/rundown", _("Choose anew"), "quiet", "again");
    page_link(xml, "button quiet", read, _("Read it yourself"));
    page_link(xml, "button quiet", why, _("Why these?"));
  }
  xml_close(xml);
}

/* Its outline, with a line where each part begins (podcast/waveform.h). */
static void add_wave(Xml *xml, const Visit *visit, const Bulletin *bulletin) {
  g_autofree char *outline = bulletin_file(visit, bulletin->edition, "waveform.json");
  g_autofree char *cues_path = bulletin_file(visit, bulletin->edition, "cues.json");
  g_autofree char *text = NULL;
  g_autoptr(Rundown) cues = cues_path ? cues_load(cues_path, NULL) : NULL;
  if (!cues || !outline || !g_file_get_contents(outline, &text, NULL, NULL))
    return;
  g_autoptr(Episode) episode = episode_new();
  episode->title = g_strdup(cues->title ? cues->title : "");
  episode->duration_ms = (gint64)((double)cues->frames / FRAME_RATE * 1000);
  episode->waveform = waveform_parse(text, -1);
  episode_set_parts(episode, cues);
  g_autofree char *svg = waveform_svg(episode);
  if (svg)
    xml_raw(xml, svg);
}

static void add_player(Xml *xml, const Visit *visit, const Bulletin *bulletin) {
  static const char *const files[] = {"bulletin.opus", "bulletin.mp3", "bulletin.wav", "bulletin.flac"};
  g_autofree char *escaped = g_uri_escape_string(bulletin->edition, NULL, FALSE);
  xml_open_class(xml, "section", "card listen");
  xml_element(xml, "h2", _("Listen"));
  xml_open(xml, "audio");
  xml_attribute(xml, "controls", "controls");
  xml_attribute(xml, "preload", "metadata");
  for (guint i = 0; i < G_N_ELEMENTS(files); i++) {
    g_autofree char *path = bulletin_file(visit, bulletin->edition, files[i]);
    g_autofree char *src = g_strdup_printf("/api/editions/%s/%s", escaped, files[i]);
    if (!path)
      continue;
    xml_open(xml, "source");
    xml_attribute(xml, "src", src);
    xml_close(xml);
  }
  xml_close(xml);
  add_wave(xml, visit, bulletin);
  page_words(xml, "soft", _("This is what will be heard, to the sample."));
  if (visit_role(visit) >= ROLE_PRODUCER) {
    xml_open_class(xml, "div", "row");
    page_form(xml, visit, "/api/air", NULL);
    page_hidden(xml, "edition", bulletin->edition);
    page_button(xml, _("Air it now"), "main");
    xml_close(xml);
    page_form(xml, visit, "/api/publish", "job");
    page_hidden(xml, "edition", bulletin->edition);
    page_hidden(xml, "back", "/podcast");
    page_button(xml, _("Publish as a podcast"), NULL);
    xml_close(xml);
    xml_close(xml);
  }
  xml_close(xml);
}

/* The type of what is being made of it; NULL: nothing is. */
static const char *making_of(const Visit *visit, const Bulletin *bulletin) {
  const char *type = NULL;
  gint64 from = 0;
  int fd = bulletin_making(visit, bulletin->edition, &type, &from);
  if (fd >= 0)
    close(fd);
  return fd >= 0 ? type : NULL;
}

/* What there is of it already, played as it comes. */
static void add_making(Xml *xml, const Bulletin *bulletin, const char *type) {
  g_autofree char *escaped = g_uri_escape_string(bulletin->edition, NULL, FALSE);
  g_autofree char *src = g_strdup_printf("/api/editions/%s/making", escaped);
  xml_open_class(xml, "section", "card listen");
  xml_attribute(xml, "data-job", "made");
  xml_element(xml, "h2", _("Listen while it is made"));
  xml_open(xml, "audio");
  xml_attribute(xml, "controls", "controls");
  xml_attribute(xml, "preload", "none");
  xml_open(xml, "source");
  xml_attribute(xml, "src", src);
  xml_attribute(xml, "type", type);
  xml_close(xml);
  xml_close(xml);
  page_words(xml, "soft", _("What is there can be heard; the rest comes while you listen."));
  xml_close(xml);
}

/* What is under way about this bulletin, or went wrong. True: something is. */
static bool add_job(Xml *xml, const Visit *visit, const Bulletin *bulletin) {
  g_autofree char *why = NULL;
  guint job = jobs_about(visit->desk->jobs, bulletin->edition);
  JobState state = job ? jobs_state(visit->desk->jobs, job, &why) : JOB_UNKNOWN;
  g_autofree char *number = g_strdup_printf("%u", job);
  if (state == JOB_RUNNING) {
    xml_open_class(xml, "p", "busy");
    xml_attribute(xml, "data-job", number);
    xml_attribute(xml, "role", "status");
    xml_text(xml, _("It is being made. This page shows it as soon as it is done."));
    xml_close(xml);
  } else if (state == JOB_FAILED) {
    page_words(xml, "bad", why);
  }
  return state == JOB_RUNNING;
}

static bool is_made(const Visit *visit, const Bulletin *bulletin) {
  g_autofree char *cues = bulletin_file(visit, bulletin->edition, "cues.json");
  return cues && file_is_as_new(cues, bulletin->path);
}

static void add_rundown(Xml *xml, const Visit *visit, const Bulletin *bulletin) {
  const Rundown *rundown = bulletin->rundown;
  g_autoptr(GPtrArray) voices = page_files(visit, "voices", ".yaml");
  g_auto(Waiting) waiting = {0};
  waiting_read(visit, bulletin, &waiting);
  add_length(xml, rundown);
  add_saved(xml, visit, bulletin);
  for (guint i = 0; rundown->warnings[i]; i++)
    page_words(xml, "warn", rundown->warnings[i]);
  xml_open_class(xml, "ol", "items");
  xml_attribute(xml, "data-made", bulletin->made);
  for (guint i = 0; i < rundown->items->len; i++)
    add_item(xml, visit, bulletin, i, voices, &waiting);
  xml_close(xml);
  page_waiting(xml, visit, bulletin, &waiting);
}

/* To what it is made of. */
static void add_ways(Xml *xml, const Bulletin *bulletin) {
  g_autofree char *script = g_uri_escape_string(bulletin->slot.script, NULL, FALSE);
  g_autofree char *href = g_strconcat("/scripts/", script, NULL);
  xml_open_class(xml, "p", "row");
  page_link(xml, "button quiet", href, _("Its script"));
  page_link(xml, "button quiet", "/jingles", _("Jingles"));
  xml_close(xml);
}

void page_rundown(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Bulletin) bulletin = bulletin_open(visit, &error);
  if (!bulletin) {
    visit_fail(visit, 0, error);
    return;
  }
  bool has_sound = bulletin->rundown && is_made(visit, bulletin);
  guint job = jobs_about(visit->desk->jobs, bulletin->edition);
  bool is_busy = job && jobs_state(visit->desk->jobs, job, NULL) == JOB_RUNNING;
  const char *making = making_of(visit, bulletin);
  guint refresh_s = making ? REFRESH_HEARD_S : is_busy ? REFRESH_S : 0;
  Xml *xml = page_open(visit, &(DeskPage){.title = _("Bulletin"), .section = "rundown", .refresh_s = refresh_s});
  add_picker(xml, visit, bulletin);
  xml_open(xml, "section");
  xml_attribute(xml, "id", "list");
  xml_attribute(xml, "aria-label", _("Bulletin"));
  add_job(xml, visit, bulletin);
  if (!is_busy)
    add_verbs(xml, visit, bulletin, has_sound);
  if (making)
    add_making(xml, bulletin, making);
  else if (has_sound)
    add_player(xml, visit, bulletin);
  if (bulletin->rundown)
    add_rundown(xml, visit, bulletin);
  else if (!is_busy)
    page_words(xml, "soft", _("Nothing is chosen yet: the best approved entries of the day are put into the script."));
  xml_close(xml);
  if (visit_role(visit) >= ROLE_PRODUCER)
    add_ways(xml, bulletin);
  page_close(visit, xml, 200);
}

/* --- read by a person ---------------------------------------------------------------------------------------------- */

void page_read(Visit *visit) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Bulletin) bulletin = bulletin_open(visit, &error);
  if (!bulletin || !bulletin->rundown) {
    if (error)
      visit_fail(visit, 0, error);
    else
      visit_refuse(visit, 404, _("this bulletin has no rundown yet: choose its highlights first"));
    return;
  }
  const Rundown *rundown = bulletin->rundown;
  g_autofree char *length = page_length(rundown->frames);
  g_autofree char *back = g_strdup_printf("/rundown?script=%s&date=%s", bulletin->slot.script, bulletin->slot.date);
  Xml *xml =
      page_open(visit, &(DeskPage){.title = rundown->title ? rundown->title : bulletin->edition, .is_bare = true});
  xml_open_class(xml, "p", "row noprint");
  page_link(xml, "button quiet", back, _("Back"));
  xml_element(xml, "span", length);
  xml_element(xml, "span", _("Space or arrow down: the next one; arrow up: the one before."));
  xml_close(xml);
  xml_open_class(xml, "ol", "read");
  for (guint i = 0; i < rundown->items->len; i++) {
    const RundownItem *item = rundown->items->pdata[i];
    if (item->type == ITEM_PAUSE)
      continue;
    g_autofree char *its = page_length(item->frames);
    xml_open(xml, "li");
    xml_attribute(xml, "tabindex", "0");
    xml_attribute(xml, "class", item_type_name(item->type));
    xml_open(xml, "small");
    xml_text(xml, its);
    xml_text(xml, " ");
    xml_text(xml, item->type == ITEM_SPEECH ? (item->title ? item->title : "") : _(item_type_name(item->type)));
    xml_close(xml);
    xml_open(xml, "p");
    xml_attribute(xml, "lang", item->language);
    xml_text(xml, item->text ? item->text : item->file ? item->file : "");
    xml_close(xml);
    xml_close(xml);
  }
  xml_close(xml);
  page_close(visit, xml, 200);
}

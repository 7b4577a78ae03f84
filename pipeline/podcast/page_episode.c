#include "podcast/page.h"

#include "base/clock.h"
#include "base/json.h"
#include "podcast/waveform.h"

#include <inttypes.h>
#include <string.h>

#define SUMMARY_BYTES 200
#define READER_LETTERS_A_SECOND 14 /* of a person who reads aloud, some 150 words a minute */

/* Of one of its files, "…/episodes/2020-03-17-midi.vtt". Returns (g_free). */
static char *file_address(const Episode *episode, const char *root, const char *ending) {
  g_autofree char *file = episode_file(episode, ending);
  return episode_address(root, file);
}

/* "4.9 MB", "4,9 Mo". Returns (g_free). */
static char *megabytes(const char *language, gint64 nbytes) {
  const char *mark = word_in(language, WORD_DECIMAL_MARK);
  gint64 tenths = (nbytes + 50000) / 100000;
  return g_strdup_printf("%" PRId64 "%s%" PRId64 " %s", tenths / 10, mark, tenths % 10,
                         word_in(language, WORD_MEGABYTES));
}

static void add_download(Xml *xml, const char *href, const char *text, bool *first) {
  xml_text(xml, *first ? " " : ", ");
  page_anchor(xml, NULL, href, text);
  *first = false;
}

static void add_downloads(Xml *xml, const Episode *episode, const char *up) {
  static const char *const texts[][2] = {{".vtt", "WebVTT"}, {".srt", "SRT"}, {".txt", "TXT"}};
  bool first = true;
  xml_open_class(xml, "p", "get");
  xml_text(xml, word_in(episode->language, WORD_DOWNLOAD));
  xml_text(xml, word_in(episode->language, WORD_COLON));
  for (guint i = 0; i < episode->media->len; i++) {
    const EpisodeMedia *media = episode->media->pdata[i];
    g_autofree char *href = episode_address(up, media->file);
    g_autofree char *size = megabytes(episode->language, media->nbytes);
    const char *dot = strrchr(media->file, '.');
    g_autofree char *name = g_ascii_strup(dot ? dot + 1 : media->file, -1);
    g_autofree char *text = g_strdup_printf("%s (%s)", name, size);
    add_download(xml, href, text, &first);
  }
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autofree char *href = file_address(episode, up, texts[i][0]);
    add_download(xml, href, texts[i][1], &first);
  }
  g_autofree char *read = file_address(episode, up, ".read.html");
  add_download(xml, read, word_in(episode->language, WORD_READ_ALOUD), &first);
  xml_close(xml);
}

/* What another site puts in its page; where ours is must be known. */
static void add_embedding(Xml *xml, const Site *site, const Episode *episode) {
  if (!*site->station->podcast.url)
    return;
  g_autofree char *src = file_address(episode, site->station->podcast.url, ".embed.html");
  g_autofree char *code = g_markup_printf_escaped(
      "<iframe src=\"%s\" title=\"%s\" width=\"100%%\" height=\"190\" loading=\"lazy\" style=\"border:0\"></iframe>",
      src, episode->title);
  xml_open_class(xml, "details", "get");
  xml_element(xml, "summary", word_in(episode->language, WORD_EMBED));
  xml_element(xml, "p", word_in(episode->language, WORD_EMBED_HOW));
  xml_element(xml, "code", code);
  xml_close(xml);
}

/* A button that jumps there; without JavaScript it is not shown. */
static void add_contents(Xml *xml, const Episode *episode) {
  xml_element(xml, "h2", word_in(episode->language, WORD_CONTENTS));
  xml_open_class(xml, "ol", "parts");
  for (guint i = 0; i < episode->parts->len; i++) {
    const EpisodePart *part = episode->parts->pdata[i];
    g_autofree char *at = page_clock(part->start_ms), *from = g_strdup_printf("%" PRId64, part->start_ms);
    g_autofree char *label = g_strdup_printf("%s %s%s %s", word_in(episode->language, WORD_PLAY_FROM), at,
                                             word_in(episode->language, WORD_COLON), part->title);
    xml_open(xml, "li");
    xml_open_class(xml, "button", "at");
    xml_attribute(xml, "type", "button");
    xml_attribute(xml, "hidden", "hidden");
    xml_attribute(xml, "data-from", from);
    xml_attribute(xml, "aria-label", label);
    xml_text(xml, at);
    xml_close(xml);
    xml_text(xml, " ");
    xml_text(xml, part->title);
    for (char **link = part->links; *link; link++) {
      xml_text(xml, " ");
      xml_open(xml, "small");
      page_anchor(xml, NULL, *link, *link);
      xml_close(xml);
    }
    xml_close(xml);
  }
  xml_close(xml);
}

/* The last part that has begun at a sentence, when it is another than `*part`, which moves on; else NULL. */
static const char *next_heading(const Episode *episode, const EpisodeSentence *sentence, guint *part) {
  const char *heading = NULL;
  for (; *part < episode->parts->len; (*part)++) {
    const EpisodePart *next = episode->parts->pdata[*part];
    if (next->start_ms > sentence->from_ms)
      break;
    heading = next->title;
  }
  return heading;
}

/* Each sentence is a link to its moment: a keyboard reaches it, and it can be sent to somebody. */
static void add_transcript(Xml *xml, const Episode *episode) {
  guint part = 0;
  xml_element(xml, "h2", word_in(episode->language, WORD_TRANSCRIPT));
  xml_open_class(xml, "div", "said");
  for (guint i = 0; i < episode->sentences->len; i++) {
    const EpisodeSentence *sentence = episode->sentences->pdata[i];
    xml_element(xml, "h3", next_heading(episode, sentence, &part));
    g_autofree char *from = g_strdup_printf("%" PRId64, sentence->from_ms);
    g_autofree char *moment =
        g_strdup_printf("#t=%" PRId64 ".%03d", sentence->from_ms / 1000, (int)(sentence->from_ms % 1000));
    xml_open(xml, "p");
    xml_attribute(xml, "data-from", from);
    page_anchor(xml, NULL, moment, sentence->text);
    xml_close(xml);
  }
  xml_close(xml);
}

/* schema.org's PodcastEpisode, for machines that look for one. */
static void add_data(Xml *xml, const Site *site, const Episode *episode) {
  const EpisodeMedia *media = episode->media->pdata[0];
  const char *root = site->station->podcast.url;
  if (!*root)
    return;
  g_autofree char *path = episode_file(episode, ".html");
  g_autofree char *url = episode_address(root, path), *sound = episode_address(root, media->file);
  g_autofree char *date = instant_format(episode->published_us);
  g_autofree char *duration = g_strdup_printf("PT%" PRId64 "S", (episode->duration_ms + 500) / 1000);
  g_autoptr(JsonBuilder) builder = json_builder_new();
  json_builder_begin_object(builder);
  json_add_string(builder, "@context", "https://schema.org");
  json_add_string(builder, "@type", "PodcastEpisode");
  json_add_string(builder, "name", episode->title);
  json_add_string(builder, "url", url);
  json_add_string(builder, "datePublished", date);
  json_add_string(builder, "timeRequired", duration);
  json_add_string(builder, "inLanguage", episode->language);
  json_builder_set_member_name(builder, "associatedMedia");
  json_builder_begin_object(builder);
  json_add_string(builder, "@type", "MediaObject");
  json_add_string(builder, "contentUrl", sound);
  json_add_string(builder, "encodingFormat", media->type);
  json_builder_end_object(builder);
  json_builder_end_object(builder);
  g_autoptr(GString) text = g_string_new(NULL);
  g_autofree char *json = json_text(builder, false);
  g_string_append(text, json);
  g_string_replace(text, "<", "\\u003c", 0); /* nothing in it ends the element */
  xml_open(xml, "script");
  xml_attribute(xml, "type", "application/ld+json");
  xml_raw(xml, text->str);
  xml_close(xml);
}

/* "mardi 17 mars 2020 · 3:25 min" */
static void add_when(Xml *xml, const Site *site, const Episode *episode) {
  g_autofree char *date = page_date(site, episode), *length = page_clock(episode->duration_ms);
  g_autofree char *when = g_strdup_printf("%s · %s %s", date, length, word_in(episode->language, WORD_MINUTES));
  xml_open_class(xml, "p", "when");
  xml_text(xml, when);
  xml_close(xml);
}

char *page_episode(const Site *site, const Episode *episode) {
  g_autofree char *summary = episode_summary(episode, SUMMARY_BYTES), *wave = waveform_svg(episode);
  g_autofree char *path = episode_file(episode, ".html");
  Page page = {site, episode->language, episode->title, summary, path, "../", NULL};
  Xml *xml = page_begin(&page);
  xml_open(xml, "article");
  xml_element(xml, "h1", episode->title);
  add_when(xml, site, episode);
  if (episode->note) {
    g_autofree char *note = g_strdup_printf("%s – %s", word_in(episode->language, WORD_CHANGED), episode->note);
    xml_open_class(xml, "p", "card");
    xml_text(xml, note);
    xml_close(xml);
  }
  xml_open_class(xml, "div", "card get");
  if (wave)
    xml_raw(xml, wave);
  page_player(xml, episode, "../");
  add_downloads(xml, episode, "../");
  add_embedding(xml, site, episode);
  xml_close(xml);
  add_contents(xml, episode);
  add_transcript(xml, episode);
  xml_close(xml);
  add_data(xml, site, episode);
  return page_end(xml, &page);
}

char *page_embed(const Site *site, const Episode *episode) {
  g_autofree char *summary = episode_summary(episode, SUMMARY_BYTES), *wave = waveform_svg(episode);
  g_autofree char *path = episode_file(episode, ".embed.html");
  g_autofree char *whole = file_address(episode, "../", ".html");
  Page page = {site, episode->language, episode->title, summary, path, "../", "embed"};
  Xml *xml = page_begin(&page);
  xml_open_class(xml, "div", "card");
  xml_element(xml, "h1", episode->title);
  if (wave)
    xml_raw(xml, wave);
  page_player(xml, episode, "../");
  xml_open(xml, "p");
  xml_open(xml, "a");
  xml_attribute(xml, "href", whole);
  xml_attribute(xml, "target", "_top"); /* not in the other page's frame */
  xml_text(xml, word_in(episode->language, WORD_WHOLE));
  xml_close(xml);
  xml_close(xml);
  xml_close(xml);
  return page_end(xml, &page);
}

/* --- for a person who reads it ---------------------------------------------------------------- */

/* How long a person takes. */
static char *reading_time(const Episode *episode) {
  glong letters = 0;
  for (guint i = 0; i < episode->sentences->len; i++)
    letters += g_utf8_strlen(((EpisodeSentence *)episode->sentences->pdata[i])->text, -1);
  int seconds = (int)(letters / READER_LETTERS_A_SECOND);
  return g_strdup_printf(word_in(episode->language, WORD_READ_ALOUD_HOW), seconds / 60, seconds % 60);
}

/* A paragraph for each voice under each heading: who reads alone breathes there, two readers take turns. */
char *page_reading(const Site *site, const Episode *episode) {
  g_autofree char *path = episode_file(episode, ".read.html");
  g_autofree char *time = reading_time(episode);
  Page page = {site, episode->language, episode->title, time, path, "../", "read"};
  guint part = 0;
  const char *voice = NULL;
  Xml *xml = page_begin(&page);
  xml_element(xml, "h1", episode->title);
  add_when(xml, site, episode);
  xml_element(xml, "p", time);
  for (guint i = 0; i < episode->sentences->len; i++) {
    const EpisodeSentence *sentence = episode->sentences->pdata[i];
    const char *heading = next_heading(episode, sentence, &part);
    bool opens = i == 0 || heading || strcmp(voice, sentence->voice) != 0;
    if (opens && i > 0)
      xml_close(xml);
    xml_element(xml, "h2", heading);
    if (opens)
      xml_open_class(xml, "p", "speech");
    xml_text(xml, opens ? "" : " ");
    xml_text(xml, sentence->text);
    voice = sentence->voice;
  }
  return page_end(xml, &page);
}

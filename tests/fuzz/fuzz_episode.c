/* A published episode's record, and a WebVTT as ours: what is read, written and read again is the same; what is made of it
 * is text that can be shown, and every sentence stands in each form. */
#include "fuzz.h"

#include "podcast/episode.h"
#include "podcast/feed.h"
#include "podcast/pages.h"

static void check_pages(Episode *episode) {
  g_autoptr(GPtrArray) episodes = g_ptr_array_new();
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
  Station station = {
      .name = "R",
      .language = "fr",
      .zone = zone,
      .podcast = {.url = "https://r.example/", .title = "R", .description = "R", .author = "R", .category = "News"}};
  g_ptr_array_add(episodes, episode);
  Site site = {&station, "feed.xml", NULL, NULL, episodes};
  Feed feed = {.station = &station,
               .title = "R",
               .language = "fr",
               .file = "feed.xml",
               .guid = "27be3919-0ffb-4482-9a99-a91481c79cfc",
               .episodes = episodes};
  g_autofree char *page = page_episode(&site, episode), *home = page_home(&site), *all = page_archive(&site);
  g_autofree char *xml = feed_xml(&feed, 1);
  g_autofree char *embed = page_embed(&site, episode), *reading = page_reading(&site, episode);
  g_autofree char *month = page_month(&site, 0), *words = page_month_words(&site, 0);
  promise(page_month_end(&site, 0) == 1 && g_str_has_suffix(embed, "</html>\n") &&
          g_str_has_suffix(reading, "</html>\n"));
  promise(g_str_has_suffix(month, "</html>\n") && g_str_has_suffix(words, ");\n"));
  promise(g_utf8_validate(page, -1, NULL) && g_utf8_validate(home, -1, NULL));
  promise(g_utf8_validate(all, -1, NULL) && g_utf8_validate(xml, -1, NULL));
  promise(g_str_has_suffix(page, "</html>\n") && g_str_has_suffix(xml, "</rss>\n"));
}

static void check_transcripts(const Episode *episode) {
  g_autofree char *srt = episode_srt(episode), *text = episode_text(episode), *json = episode_segments(episode);
  promise(srt && text && json);
  for (guint i = 0; i < episode->sentences->len; i++)
    promise(strstr(text, ((EpisodeSentence *)episode->sentences->pdata[i])->text) != NULL);
}

static void fuzz_episode(const guint8 *data, gsize nbytes) {
  GError *error = NULL;
  g_autofree char *text = fuzz_text(data, nbytes);
  g_autoptr(Episode) vtt = episode_new();
  if (episode_set_sentences(vtt, text)) {
    for (guint i = 0; i < vtt->sentences->len; i++)
      promise(((EpisodeSentence *)vtt->sentences->pdata[i])->until_ms >=
              ((EpisodeSentence *)vtt->sentences->pdata[i])->from_ms);
  }
  g_autoptr(Episode) episode = episode_parse("episode.json", (const char *)data, (gssize)nbytes, &error);
  if (episode == NULL) {
    fuzz_refused(error);
    return;
  }
  g_autofree char *once = episode_json(episode);
  g_autoptr(Episode) read = episode_parse("again.json", once, -1, &error);
  if (read == NULL)
    g_error("refused when read again: %s\n%s", error->message, once);
  g_autofree char *twice = episode_json(read);
  promise(g_str_equal(once, twice));
  check_transcripts(episode);
  check_pages(episode);
}

FUZZ_TARGET(fuzz_episode)

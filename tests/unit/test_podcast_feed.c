/* An episode's record, its transcript in four forms, dates and guids of the feed. */
#include "base/error.h"
#include "podcast/episode.h"
#include "podcast/feed.h"
#include "podcast/pages.h"
#include "podcast/words.h"
#include "podcast_rundown.h"

static Episode *sample(void) {
  Episode *episode = episode_new();
  g_autoptr(Rundown) rundown = rundown_new();
  rundown->title = g_strdup("Le carnet");
  add_item(rundown, ITEM_SPEECH, "Le carnet", "Bonjour.", 48000);
  RundownItem *item = add_item(rundown, ITEM_SPEECH, "Le four & co", "Le four <est> ouvert.", 96000);
  item->links = g_strsplit("https://a.example/ mailto:x@y https://a.example/ https://u:p@b.example/", " ", -1);
  add_item(rundown, ITEM_SPEECH, "Le bac", "Le bac.", 48000);
  episode->guid = g_strdup("27be3919-0ffb-4482-9a99-a91481c79cfc");
  episode->edition = g_strdup("2020-03-17-midi");
  episode->script = g_strdup("midi");
  episode->language = g_strdup("fr");
  episode->title = g_strdup("Le carnet");
  episode->duration_ms = 4000;
  episode->published_us = G_GINT64_CONSTANT(1584442800) * 1000000;
  episode_set_parts(episode, rundown);
  g_assert_true(episode_set_sentences(
      episode,
      "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v claire>Bonjour.\n\n"
      "00:00:01.000 --> 00:00:03.000\nLe <00:00:01.500>four &lt;est&gt; ouvert &amp; <00:00:02.000>chaud.\n\n"));
  episode_add_media(episode, g_strdup("audio/mpeg"), g_strdup("media/2020-03-17-midi-0123456789ab.mp3"), 1234);
  return episode;
}

static void test_parts(void) {
  g_autoptr(Episode) episode = sample();
  g_assert_cmpuint(episode->parts->len, ==, 2); /* the bulletin's own title is no part */
  const EpisodePart *part = episode->parts->pdata[0];
  g_assert_cmpstr(part->title, ==, "Le four & co");
  g_assert_cmpint(part->start_ms, ==, 1000);
  g_assert_cmpuint(g_strv_length(part->links), ==, 1); /* once, and none that holds a password */
  g_assert_cmpstr(part->links[0], ==, "https://a.example/");
  g_autofree char *whole = episode_summary(episode, 100), *cut = episode_summary(episode, 12);
  g_assert_cmpstr(whole, ==, "Le four & co · Le bac");
  g_assert_true(strlen(cut) <= 12 && g_utf8_validate(cut, -1, NULL));
}

static void test_record(void) {
  g_autoptr(Episode) episode = sample();
  g_autofree char *text = episode_json(episode);
  g_autoptr(GError) error = NULL;
  g_autoptr(Episode) read = episode_parse("x", text, -1, &error);
  g_assert_no_error(error);
  g_autofree char *again = episode_json(read);
  g_assert_cmpstr(text, ==, again);
}

/* Bytes that are no record of ours, or that would name a file above public/. */
static void test_not_ours(void) {
  g_autoptr(Episode) episode = sample();
  g_autofree char *text = episode_json(episode);
  static const char *const wrong[][2] = {
      {"27be3919-0ffb", "27be3919-0ff"},
      {"media/2020", "media/../2020"},
      {"media/2020", "media/a/2020"},
      {"media/2020", "/etc/2020"},
      {"\"media\"", "\"medium\""},
      {"\"parts\"", "\"party\""},
      {"\"title\":\"Le carnet\"", "\"title\":null"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GString) bad = g_string_new(text);
    g_assert_cmpuint(g_string_replace(bad, wrong[i][0], wrong[i][1], 1), ==, 1);
    g_autoptr(GError) error = NULL;
    g_assert_null(episode_parse("x", bad->str, -1, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  }
  static const char *const texts[] = {"", "[]", "{}", "3", "{\"guid\":", "null"};
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_null(episode_parse("x", texts[i], -1, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  }
}

static void test_transcripts(void) {
  g_autoptr(Episode) episode = sample();
  g_autofree char *vtt = episode_vtt(episode), *srt = episode_srt(episode), *text = episode_text(episode);
  g_assert_cmpstr(
      vtt, ==,
      "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v claire>Bonjour.\n\n"
      "00:00:01.000 --> 00:00:03.000\nLe <00:00:01.500>four &lt;est&gt; ouvert &amp; <00:00:02.000>chaud.\n\n");
  g_assert_cmpstr(srt, ==,
                  "1\n00:00:00,000 --> 00:00:01,000\nBonjour.\n\n"
                  "2\n00:00:01,000 --> 00:00:03,000\nLe four <est> ouvert & chaud.\n\n");
  g_assert_cmpstr(text, ==, "Le carnet\nBonjour.\n\nLe four & co\nhttps://a.example/\nLe four <est> ouvert & chaud.\n");
  g_assert_false(episode_set_sentences(episode, "WEBVTT\n\n00:00:02.000 --> 00:00:01.000\nx\n"));
  g_assert_false(episode_set_sentences(episode, "WEBVTT\n\nx --> y\n"));
  g_assert_false(episode_set_sentences(episode, "1\n00:00:02,000 --> 00:00:03,000\nx\n"));
}

/* As Python's uuid.uuid5 makes them, and the namespace's own example (podcastindex.org/namespace/1.0, guid). */
static void test_guid(void) {
  g_autofree char *one = feed_guid("https://podnews.net/rss"), *same = feed_guid("podnews.net/rss///");
  g_assert_cmpstr(one, ==, "9b024349-ccf0-5f69-a609-6b82873eab3c");
  g_assert_cmpstr(same, ==, one);
}

static void test_dates(void) {
  g_autofree char *date = feed_date(G_GINT64_CONSTANT(1583020800) * 1000000);
  g_assert_cmpstr(date, ==, "Sun, 01 Mar 2020 00:00:00 +0000");
  g_autoptr(GDateTime) at = g_date_time_new_utc(2020, 3, 1, 0, 0, 0);
  g_autofree char *fr = word_date("fr", at), *en = word_date("en", at), *es = word_date("es", at),
                  *oc = word_date("oc", at);
  g_assert_cmpstr(fr, ==, "dimanche 1er mars 2020");
  g_assert_cmpstr(en, ==, "Sunday 1 March 2020");
  g_assert_cmpstr(es, ==, "domingo 1 de marzo de 2020");
  g_assert_cmpstr(oc, ==, en);
  for (Word word = 0; word < WORD_COUNT; word++)
    g_assert_true(*word_in("fr", word) && *word_in("en", word) && *word_in("es", word));
}

static void test_pages(void) {
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
  g_autoptr(GPtrArray) episodes = g_ptr_array_new_with_free_func((GDestroyNotify)episode_free);
  g_ptr_array_add(episodes, sample());
  Station station = {.name = "Radio",
                     .language = "fr",
                     .zone = zone,
                     .podcast = {.url = "https://r.example/",
                                 .title = "Radio",
                                 .description = "La radio",
                                 .author = "R",
                                 .category = "News",
                                 .stream = "https://r.example/live"}};
  Site site = {&station, "feed.xml", "cover.jpg", "cover.jpg", episodes};
  g_autofree char *home = page_home(&site), *page = page_episode(&site, episodes->pdata[0]);
  g_autofree char *archive = page_archive(&site), *map = page_sitemap(&site);
  g_assert_nonnull(strstr(home, "https://r.example/live"));
  g_assert_nonnull(strstr(page, "data-from=\"1000\""));
  g_assert_nonnull(strstr(page, "Le four &lt;est&gt; ouvert &amp; chaud."));
  g_assert_nonnull(strstr(page, "PodcastEpisode"));
  g_assert_nonnull(strstr(archive, "mars 2020"));
  g_assert_nonnull(strstr(map, "https://r.example/episodes/2020-03-17-midi.html"));
  g_assert_nonnull(strstr(page_style(), "prefers-color-scheme"));
  g_assert_nonnull(strstr(page_script(), "timeupdate"));
  station.podcast.url = "";
  g_assert_null(page_sitemap(&site));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/podcast/episode/parts", test_parts);
  g_test_add_func("/podcast/episode/record", test_record);
  g_test_add_func("/podcast/episode/not-ours", test_not_ours);
  g_test_add_func("/podcast/episode/transcripts", test_transcripts);
  g_test_add_func("/podcast/feed/guid", test_guid);
  g_test_add_func("/podcast/feed/dates", test_dates);
  g_test_add_func("/podcast/pages", test_pages);
  return g_test_run();
}

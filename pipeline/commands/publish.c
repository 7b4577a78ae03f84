/* carnet publish: editions become episodes of the podcast, and pages that anybody can read. */
#include "commands/bulletin_commands.h"

#include "base/clock.h"
#include "base/files.h"
#include "base/json.h"
#include "base/optional.h"
#include "base/wav.h"
#include "commands/output.h"
#include "commands/publishing.h"
#include "commands/slot.h"
#include "logbook/slots.h"
#include "sound/thumbnail.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define LOCK_WAIT_MS 10000
#define LIVE_US (24 * 3600 * US_PER_SECOND)
#define USUAL_LENGTH_US (10 * 60 * US_PER_SECOND) /* of a bulletin that is not made yet */

/* What is heard between bulletins, or at once, is no episode. */
static bool is_bulletin(const Station *station, const char *edition) {
  g_auto(Slot) slot = {0};
  return slot_from_edition(edition, &slot, NULL) && !strstr(edition, "@u") &&
         !g_strv_contains((const char *const *)station->run.filler, slot.script);
}

/* All that stand rendered in editions/ and were not taken out of the podcast. Returns (g_ptr_array_unref), or NULL. */
static GPtrArray *all_editions(const Publishing *publishing, GError **error) {
  const Station *station = publishing->station;
  g_autofree char *folder = station_path(station, "editions", NULL);
  g_autoptr(GPtrArray) names = optional_names(folder, "", error);
  GPtrArray *editions = names ? g_ptr_array_new_with_free_func(g_free) : NULL;
  for (guint i = 0; names && i < names->len; i++) {
    const char *name = names->pdata[i];
    g_autofree char *cues = g_build_filename(folder, name, "cues.json", NULL);
    if (is_bulletin(station, name) && !catalogue_was_taken_out(station, name) && g_file_test(cues, G_FILE_TEST_EXISTS))
      g_ptr_array_add(editions, g_strdup(name));
  }
  return editions;
}

static int by_name(gconstpointer a, gconstpointer b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* What is asked for: by name, all of them, or the one that was produced last. */
static GPtrArray *wanted(Publishing *publishing, char *const *names, GError **error) {
  GPtrArray *editions =
      publishing->options->all ? all_editions(publishing, error) : g_ptr_array_new_with_free_func(g_free);
  if (!editions)
    return NULL;
  for (; *names; names++)
    g_ptr_array_add(editions, g_strdup(*names));
  g_ptr_array_sort(editions, by_name);
  const PublishOptions *options = publishing->options;
  if (editions->len > 0 || options->all || options->refresh || options->retract || options->keep)
    return editions;
  g_auto(Slot) slot = {0};
  g_autoptr(GError) why = NULL;
  if (slot_latest(publishing->session, &slot, &why) &&
      (!slot.edition || is_bulletin(publishing->station, slot.edition))) {
    g_ptr_array_add(editions, slot.edition ? g_strdup(slot.edition) : g_strdup_printf("%s-%s", slot.date, slot.script));
    return editions;
  }
  g_ptr_array_unref(editions);
  if (why)
    g_propagate_error(error, g_steal_pointer(&why));
  else
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
                _("no edition was produced yet: \"carnet produce\" makes one"));
  return NULL;
}

static bool mark_kept(const Publishing *publishing, GError **error) {
  bool ok = true;
  for (char **edition = publishing->options->keep; ok && edition && *edition; edition++) {
    Episode *episode = catalogue_find(publishing->catalogue, *edition);
    ok = episode != NULL;
    if (episode) {
      episode->keep = true;
      ok = catalogue_keep(publishing->catalogue, episode, error);
    } else {
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s is not published"), *edition);
    }
  }
  return ok;
}

/* All of them are there, or nothing is done. */
static bool retract(const Publishing *publishing, GError **error) {
  char **names = publishing->options->retract;
  bool ok = true;
  for (char **edition = names; ok && edition && *edition; edition++)
    ok = catalogue_find(publishing->catalogue, *edition) != NULL;
  for (char **edition = names; edition && *edition; edition++)
    if (!ok && !catalogue_find(publishing->catalogue, *edition)) {
      g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s is not published"), *edition);
      return false;
    }
  for (char **edition = names; ok && edition && *edition; edition++)
    ok = catalogue_take_out(publishing->catalogue, *edition, error);
  return ok;
}

/* --- what was taken back since ------------------------------------------------------------------------- */

/* The episode without `entry`; where it cannot be made so, nothing of it stays for all to hear. */
static bool leave_out(const Publishing *publishing, const char *edition, gint64 entry, GError **error) {
  g_autoptr(GError) why = NULL;
  if (publish_edition(publishing, edition, &why))
    return true;
  if (g_error_matches(why, CARNET_ERROR, CARNET_ERROR_AGAIN)) {
    g_propagate_error(error, g_steal_pointer(&why));
    return false;
  }
  print_warning(_("%s is taken out: it holds entry %" PRId64 ", which was taken back or has expired (%s)"), edition,
                entry, why->message);
  return catalogue_take_out(publishing->catalogue, edition, error);
}

typedef struct {
  char *edition;
  gint64 entry; /* of it, taken back */
} Spoiled;

static void spoiled_clear(gpointer data) {
  g_free(((Spoiled *)data)->edition);
}

/* Returns an array of Spoiled (g_array_unref), or NULL: the store cannot tell. */
static GArray *spoiled_episodes(const Publishing *publishing, GError **error) {
  const GPtrArray *episodes = publishing->catalogue->episodes;
  g_autoptr(GArray) spoiled = g_array_new(FALSE, FALSE, sizeof(Spoiled));
  g_array_set_clear_func(spoiled, spoiled_clear);
  g_autoptr(GHashTable) asked = g_hash_table_new(g_int64_hash, g_int64_equal);
  bool ok = store_view(publishing->store, error);
  for (guint i = 0; ok && i < episodes->len; i++) {
    const Episode *episode = episodes->pdata[i];
    gint64 entry = publish_taken_back(publishing, episode, asked, error);
    Spoiled one = {entry > 0 ? g_strdup(episode->edition) : NULL, entry};
    if (entry > 0)
      g_array_append_val(spoiled, one);
    ok = entry >= 0;
  }
  store_rollback(publishing->store);
  return ok ? g_steal_pointer(&spoiled) : NULL;
}

static bool leave_out_all(const Publishing *publishing, GError **error) {
  g_autoptr(GArray) spoiled = spoiled_episodes(publishing, error);
  bool ok = spoiled != NULL;
  for (guint i = 0; ok && i < spoiled->len; i++) {
    const Spoiled *one = &g_array_index(spoiled, Spoiled, i);
    ok = leave_out(publishing, one->edition, one->entry, error);
  }
  return ok;
}

/* --- what is heard live ----------------------------------------------------------------------------- */

static gint64 planned_us(const Publishing *publishing, const SlotRow *slot) {
  g_autoptr(GPtrArray) mounts = slots_mounts(publishing->store, slot->id, NULL);
  gint64 frames = 0;
  for (guint i = 0; mounts && i < mounts->len; i++)
    frames = MAX(frames, ((const SlotMount *)mounts->pdata[i])->planned_frames);
  return frames > 0 ? frames_to_us(frames) : USUAL_LENGTH_US;
}

/* The bulletin that is on the air, and the next one. Only where `carnet run` publishes: else nobody would say that it is
 * over. */
static void add_live(const Publishing *publishing) {
  const StationPodcast *podcast = &publishing->station->podcast;
  gint64 now_us = clock_now_us();
  g_autoptr(GPtrArray) slots = podcast->stream && podcast->is_automatic
                                   ? slots_list(publishing->store, now_us - LIVE_US, now_us + LIVE_US, NULL)
                                   : NULL;
  bool has_next = false;
  for (guint i = 0; slots && i < slots->len; i++) {
    const SlotRow *slot = slots->pdata[i];
    bool is_now = slot->state == SLOT_ON_AIR || slot->state == SLOT_CLAIMED; /* its first sound is under way */
    bool is_next = !has_next && !slot_is_over(slot->state) && slot->start_us > now_us;
    if ((!is_now && !is_next) || slot_is_urgent(slot))
      continue;
    has_next = has_next || is_next;
    catalogue_add_live(publishing->catalogue, slot->title ? slot->title : slot->script, is_now, slot->start_us,
                       slot->start_us + planned_us(publishing, slot));
  }
}

/* --- the verb --------------------------------------------------------------------------------------- */

static GBytes *small_cover(const char *path, GError **error) {
  g_autoptr(GError) why = NULL;
  GBytes *bytes = thumbnail_make(path, &why);
  if (!bytes) {
    print_warning(_("%s: no small picture of it could be made, pages show it whole (%s)"), path, why->message);
    g_propagate_error(error, g_steal_pointer(&why));
  }
  return bytes;
}

/* What is retracted goes first, and goes for all to see whatever else fails. */
static bool publish(Publishing *publishing, char *const *names, GError **error) {
  bool ok = retract(publishing, error) && leave_out_all(publishing, error);
  g_autoptr(GPtrArray) editions = ok ? wanted(publishing, names, error) : NULL;
  ok = editions != NULL;
  for (guint i = 0; ok && i < editions->len; i++)
    ok = publish_edition(publishing, editions->pdata[i], error);
  ok = ok && mark_kept(publishing, error) && catalogue_prune(publishing->catalogue, clock_now_us(), error);
  add_live(publishing);
  ok = catalogue_publish(publishing->catalogue, small_cover, ok ? error : NULL) && ok;
  if (publishing->catalogue->trailer_why)
    print_warning(_("the trailer is not in the feeds: %s"), publishing->catalogue->trailer_why->message);
  if (publishing->catalogue->cover_why)
    print_warning(_("the cover is not on the pages as it should be: %s"), publishing->catalogue->cover_why->message);
  return ok;
}

static void print_result(const Publishing *publishing) {
  const Catalogue *catalogue = publishing->catalogue;
  g_autofree char *home = station_path(publishing->station, "public", "index.html", NULL);
  g_autofree char *file = g_filename_to_uri(home, NULL, NULL);
  const char *url = publishing->station->podcast.url;
  if (publishing->options->json) {
    g_autoptr(JsonBuilder) builder = json_builder_new();
    json_builder_begin_object(builder);
    json_add_int(builder, "episodes", catalogue->episodes->len);
    json_add_int(builder, "written", catalogue->written);
    json_add_int(builder, "removed", catalogue->removed);
    json_add_string(builder, "page", file);
    g_autofree char *feed = *url ? g_strconcat(url, "feed.xml", NULL) : NULL;
    json_add_string(builder, "feed", feed);
    json_builder_end_object(builder);
    g_autofree char *text = json_text(builder, true);
    puts(text);
  } else if (!publishing->session->quiet) {
    printf(ngettext("%u episode; %u files written, %u removed\n%s\n", "%u episodes; %u files written, %u removed\n%s\n",
                    catalogue->episodes->len),
           catalogue->episodes->len, catalogue->written, catalogue->removed, file);
  }
  if (!*url)
    print_warning("%s", _("station.yaml has no \"podcast: {url: …}\": the feed is for nobody yet, the pages work"));
}

static bool run(Session *session, int argc, char **argv, GError **error);

const Command command_publish = {
    .name = "publish",
    .group = N_("The bulletin"),
    .summary = N_("Publish editions as a podcast and as pages"),
    .usage = N_("[EDITION…]"),
    .help = N_("Copies the sound of editions to public/, with transcripts, chapters, pages and feeds: plain\n"
               "files for any web server or a USB stick. Without EDITION: the one produced last. Published\n"
               "again, an episode keeps its guid; if it sounds otherwise, it gets another address and says\n"
               "so. What was withdrawn or has expired since is left out: the bulletin is made anew.\n\n"
               "Examples:\n"
               "  carnet publish\n"
               "  carnet publish 2020-03-17-midi --note \"L'horaire du bac est corrigé.\"\n"
               "  carnet publish --retract 2020-03-16-midi"),
    .run = run,
};

static bool run(Session *session, int argc, char **argv, GError **error) {
  PublishOptions options = {0};
  g_auto(GStrv) names = NULL, retract = NULL, keep = NULL;
  g_autofree char *note = NULL;
  const GOptionEntry rows[] = {
      {"all", 'a', 0, G_OPTION_ARG_NONE, &options.all, N_("Every edition that stands in editions/"), NULL},
      {"note", 0, 0, G_OPTION_ARG_STRING, &note, N_("What has changed, for listeners"), N_("TEXT")},
      {"retract", 0, 0, G_OPTION_ARG_STRING_ARRAY, &retract, N_("Take this episode out (may be repeated)"),
       N_("EDITION")},
      {"keep", 0, 0, G_OPTION_ARG_STRING_ARRAY, &keep, N_("Never take it out by age or number (may be repeated)"),
       N_("EDITION")},
      {"refresh", 0, 0, G_OPTION_ARG_NONE, &options.refresh,
       N_("No edition: write pages and feeds as they should be now, with what is heard live"), NULL},
      {"json", 0, 0, G_OPTION_ARG_NONE, &options.json, N_("Print JSON"), NULL},
      G_OPTION_ENTRY_NULL};
  if (!command_parse(&command_publish, rows, argc, argv, 0, -1, &names, error))
    return false;
  options.note = note;
  options.retract = retract;
  options.keep = keep;
  const Station *station = session_station(session, error);
  Store *store = station ? session_store(session, error) : NULL;
  g_autofree char *lock_path = store ? station_path(station, "podcast", ".lock", NULL) : NULL;
  g_autofree char *folder = store ? station_path(station, "podcast", NULL) : NULL;
  g_autoptr(FileLock) lock =
      store && folder_make(folder, error) ? file_lock_take(lock_path, LOCK_WAIT_MS, error) : NULL;
  g_autoptr(Catalogue) catalogue = lock ? catalogue_open(station, error) : NULL;
  if (!catalogue)
    return false;
  session_catch_signals();
  Publishing publishing = {
      .session = session, .station = station, .store = store, .catalogue = catalogue, .options = &options};
  bool ok = publish_expect_change(&publishing, error) && publish(&publishing, names, error);
  if (catalogue->written + catalogue->removed == 0)
    publish_nothing_changed(&publishing);
  if (ok)
    print_result(&publishing);
  return ok && publish_tell(&publishing, error);
}

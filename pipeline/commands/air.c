/* `carnet air`: an edition to every mount of the station. One that is rendered
 * is sent from its files; one that is not goes on the air while it is chosen,
 * spoken, mixed and encoded:
 *
 *   this thread:     playout (packets → mounts)
 *   another:         the as-run log (air_log.h)
 *   composer thread: rundown → timeline
 *   sound/'s:        mixer, encoders → packet queues */
#include "commands/bulletin_commands.h"

#include "air/playout.h"
#include "base/clock.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/wav.h"
#include "commands/air_log.h"
#include "commands/output.h"
#include "commands/render.h"
#include "commands/slot.h"
#include "podcast/cues.h"

#include <inttypes.h>
#include <string.h>

#define QUEUE_MAX_BYTES (16u << 20) /* ten minutes of MP3 at 128 kbit/s and more: an encoder waits beyond */
#define LEAD_US (2 * US_PER_SECOND)
#define GIVE_UP_US (30 * US_PER_SECOND)

typedef struct {
  Session *session;
  Edition *edition;
  GArray *outputs;
  Render *render; /* NULL when the files are there */
  Playout *playout;
  RundownChoice choice;
  GPtrArray *lead; /* items given to playout before the rundown is known, which begins with them */
  GMutex lock;     /* guards `rundown` while the composer works */
  Rundown *rundown;
  GError *error; /* the composer's */
  AirLog *log;
  GPtrArray *readers; /* GThread* that read finished files */
  char **told;        /* what was last said of each mount's trouble, or NULL */
} Broadcast;

static bool run_air(Session *session, int argc, char **argv, GError **error);

const Command command_air = {
    .name = "air",
    .group = N_("The bulletin"),
    .summary = N_("Put a bulletin on the air, on every mount of the station"),
    .usage = N_("[EDITION]"),
    .help = N_("EDITION is a folder's name in editions/, such as 2020-03-17-midi; without it (and\n"
               "without --script or --date) the one produced last. One that is not rendered yet is\n"
               "made while it is on the air. Ctrl-C ends cleanly.\n\n"
               "What each mount really got is in \"carnet asrun\".\n\n"
               "Examples:\n"
               "  carnet air\n"
               "  carnet air --script flash"),
    .run = run_air,
};

/* --- hooks --------------------------------------------------------------------- */

static const char *state_name(MountState state) {
  static const char *const names[] = {
      [MOUNT_WAITING] = N_("waiting"), [MOUNT_CONNECTING] = N_("connecting"), [MOUNT_ON_AIR] = N_("on air"),
      [MOUNT_LOST] = N_("lost"),       [MOUNT_REFUSED] = N_("refused"),       [MOUNT_DONE] = N_("done"),
  };
  return _(names[state]);
}

/* A server that is away for an hour is tried every few seconds, and told once. */
static void on_state(guint mount, MountState state, const char *message, gpointer user) {
  const Broadcast *broadcast = user;
  const char *name = broadcast->edition->station->mounts[mount].mount;
  bool in_trouble = state == MOUNT_LOST || state == MOUNT_REFUSED;
  if (in_trouble && (!broadcast->told[mount] || g_strcmp0(message, broadcast->told[mount]) != 0))
    print_warning("%s: %s%s%s", name, state_name(state), message ? ": " : "", message ? message : "");
  else if (state == MOUNT_ON_AIR)
    print_note(broadcast->session->quiet, "%s: %s", name, state_name(state));
  if (!in_trouble && state != MOUNT_ON_AIR)
    return;
  g_free(broadcast->told[mount]);
  broadcast->told[mount] = in_trouble ? g_strdup(message ? message : "") : NULL;
}

static const RundownItem *item_sent(Broadcast *broadcast, guint index) {
  g_mutex_lock(&broadcast->lock);
  const GPtrArray *items = broadcast->rundown ? broadcast->rundown->items : broadcast->lead;
  g_mutex_unlock(&broadcast->lock);
  return index < items->len ? g_ptr_array_index(items, index) : NULL;
}

static void on_sent(const PlayoutSent *sent, gpointer user) {
  Broadcast *broadcast = user;
  const RundownItem *item = item_sent(broadcast, sent->item);
  if (!item || item->type == ITEM_PAUSE)
    return;
  AsRun row = {
      .edition = broadcast->edition->id,
      .mount = broadcast->edition->station->mounts[sent->mount].mount,
      .item = sent->item,
      .title = item->title,
      .entry_id = item->entry,
      .start_us = sent->start_us,
      .end_us = sent->end_us,
      .sent_frames = sent->sent_frames,
      .planned_frames = item->frames,
      .result = asrun_judge(sent->sent_frames, item->frames),
  };
  air_log_add(broadcast->log, &row);
}

static const RundownItem *item_at(const Rundown *rundown, gint64 frame) {
  const RundownItem *found = NULL;
  for (guint i = 0; rundown && i < rundown->items->len; i++) {
    const RundownItem *item = g_ptr_array_index(rundown->items, i);
    if (item->start_frame > frame)
      break;
    found = item->title ? item : found;
  }
  return found;
}

static void on_progress(gint64 position_frames, gpointer user) {
  Broadcast *broadcast = user;
  const Station *station = broadcast->edition->station;
  g_mutex_lock(&broadcast->lock);
  const Rundown *rundown = broadcast->rundown;
  const RundownItem *item = item_at(rundown, position_frames);
  g_autofree char *title = text_printable(item ? item->title : "…");
  gint64 left = rundown ? MAX(rundown->frames - position_frames, 0) : 0;
  g_mutex_unlock(&broadcast->lock);
  g_autoptr(GString) mounts = g_string_new(NULL);
  for (guint i = 0; i < station->n_mounts; i++) {
    PlayoutMountStatus status;
    playout_status(broadcast->playout, i, &status);
    g_string_append_printf(mounts, "  %s %s", station->mounts[i].mount, state_name(status.state));
  }
  g_autofree char *elapsed = duration_format(frames_to_us(MAX(position_frames, 0)), false);
  g_autofree char *remaining = duration_format(frames_to_us(left), false);
  progress_line(broadcast->session->quiet, _("%s  -%s%s  %s"), elapsed, remaining, mounts->str, title);
}

static bool is_cancelled(gpointer user) {
  (void)user;
  return session_interrupted();
}

/* --- what is heard --------------------------------------------------------------- */

static void announce_items(Broadcast *broadcast, const Rundown *rundown, guint first) {
  for (guint i = first; i < rundown->items->len; i++) {
    const RundownItem *item = g_ptr_array_index(rundown->items, i);
    PlayoutItem playing = {item->start_frame, item->frames, item->title};
    playout_add_item(broadcast->playout, &playing);
  }
  playout_items_end(broadcast->playout);
}

static void take_rundown(Broadcast *broadcast, Rundown *rundown) {
  g_mutex_lock(&broadcast->lock);
  broadcast->rundown = rundown;
  g_mutex_unlock(&broadcast->lock);
}

/* The composer's thread: nothing here touches the store. */
static gpointer compose_live(gpointer data) {
  Broadcast *broadcast = data;
  Rundown *rundown = edition_rundown(broadcast->edition, broadcast->choice, NULL, &broadcast->error);
  if (rundown) {
    edition_warn(rundown);
    take_rundown(broadcast, rundown);
    announce_items(broadcast, rundown, broadcast->lead->len);
    render_fill(broadcast->render, rundown, &broadcast->error);
  }
  if (broadcast->error) {
    render_abandon(broadcast->render, broadcast->error);
    playout_items_end(broadcast->playout);
  }
  return NULL;
}

static bool start_live(Broadcast *broadcast, GError **error) {
  RenderOptions options = {.tolerance_lu = RENDER_TOLERANCE_LU, .for_air = true};
  GPtrArray *lead = broadcast->lead;
  if (!broadcast->edition->edited || broadcast->choice != RUNDOWN_KEEP_EDITED) /* else it is measured whole first */
    g_ptr_array_extend_and_steal(lead, edition_opening(broadcast->edition));
  broadcast->render = render_start(broadcast->edition, broadcast->outputs, &options, error);
  if (!broadcast->render || !studio_measure(lead, broadcast->edition->studio, error))
    return false;
  gint64 at = 0;
  for (guint i = 0; i < lead->len; i++) {
    RundownItem *item = g_ptr_array_index(lead, i);
    item->start_frame = at;
    at += item->frames;
    PlayoutItem playing = {item->start_frame, item->frames, broadcast->edition->station->name};
    playout_add_item(broadcast->playout, &playing);
  }
  return lead->len == 0 || render_lead(broadcast->render, lead, lead->len, error);
}

static bool start_from_files(Broadcast *broadcast, GError **error) {
  announce_items(broadcast, broadcast->rundown, 0);
  for (guint i = 0; i < broadcast->outputs->len; i++) {
    const Output *output = &g_array_index(broadcast->outputs, Output, i);
    GThread *reader = output->queue ? packets_read_file(output->path, output->queue, error) : NULL;
    if (output->queue && !reader)
      return false;
    if (reader)
      g_ptr_array_add(broadcast->readers, reader);
  }
  return true;
}

/* --- the broadcast ----------------------------------------------------------------- */

static void open_queues(Broadcast *broadcast) {
  const Station *station = broadcast->edition->station;
  for (guint i = 0; i < station->n_mounts; i++) {
    guint index = render_output_of_mount(broadcast->outputs, &station->mounts[i]);
    Output *output = &g_array_index(broadcast->outputs, Output, index);
    if (!output->queue)
      output->queue = packet_queue_new(QUEUE_MAX_BYTES);
    playout_add_mount(broadcast->playout, &station->mounts[i], output->queue);
  }
}

static void close_queues(Broadcast *broadcast) {
  for (guint i = 0; i < broadcast->outputs->len; i++) {
    Output *output = &g_array_index(broadcast->outputs, Output, i);
    if (output->queue)
      packet_queue_cancel(output->queue);
  }
  for (guint i = 0; i < broadcast->readers->len; i++)
    g_thread_join(g_ptr_array_index(broadcast->readers, i));
  g_ptr_array_set_size(broadcast->readers, 0);
}

/* The files made on the way are kept only if they pass the gate, like any others. */
static void keep_files(Broadcast *broadcast) {
  g_autoptr(GError) error = NULL;
  if (!render_finish(broadcast->render, NULL, &error))
    print_warning(_("the files of this edition were not kept: %s"), error->message);
}

static bool broadcast_live(Broadcast *broadcast, GError **error) {
  if (!start_live(broadcast, error))
    return false;
  GThread *composer = g_thread_new("composer", compose_live, broadcast);
  g_autoptr(GError) why = NULL;
  bool ok = playout_run(broadcast->playout, &why);
  close_queues(broadcast);
  g_thread_join(composer);
  progress_clear();
  if (broadcast->error) {
    g_propagate_error(error, g_steal_pointer(&broadcast->error));
    return false;
  }
  if (!session_interrupted())
    keep_files(broadcast);
  if (!ok)
    g_propagate_error(error, g_steal_pointer(&why));
  return ok;
}

static bool broadcast_files(Broadcast *broadcast, GError **error) {
  bool ok = start_from_files(broadcast, error) && playout_run(broadcast->playout, error);
  close_queues(broadcast);
  progress_clear();
  return ok;
}

static void broadcast_clear(Broadcast *broadcast) {
  close_queues(broadcast);
  render_free(broadcast->render);
  playout_free(broadcast->playout);
  for (guint i = 0; i < broadcast->edition->station->n_mounts; i++)
    g_free(broadcast->told[i]);
  g_free(broadcast->told);
  rundown_free(broadcast->rundown);
  g_array_unref(broadcast->outputs);
  g_ptr_array_unref(broadcast->readers);
  g_ptr_array_unref(broadcast->lead);
  g_clear_error(&broadcast->error);
  g_mutex_clear(&broadcast->lock);
}

/* The cues of a rendered edition. What was taken back since then must not be heard:
 * then NULL, and the edition is made anew. (An edited rundown is a person's: it is
 * aired as written, with the warning that edition_gather has put there.) */
static Rundown *rendered_cues(const Broadcast *broadcast) {
  const Edition *edition = broadcast->edition;
  if (broadcast->choice != RUNDOWN_KEEP_EDITED || !render_is_done(edition, broadcast->outputs))
    return NULL;
  g_autofree char *path = edition_path(edition, "cues.json");
  g_autoptr(Rundown) cues = cues_load(path, NULL);
  g_autoptr(GError) why = NULL;
  gint64 taken_back = cues ? edition_taken_back(edition, cues, &why) : 0;
  if (taken_back < 0)
    print_note(edition->session->quiet, _("the edition is made anew: %s"), why->message);
  else if (taken_back)
    print_note(edition->session->quiet, _("entry %" PRId64 " was taken back or has expired: the edition is made anew"),
               taken_back);
  return taken_back ? NULL : g_steal_pointer(&cues);
}

static void announce(const Edition *edition) {
  if (!edition->session->quiet)
    printf(_("%s on http://%s:%u\n"), edition->id, edition->station->icecast.host, edition->station->icecast.port);
  fflush(stdout);
}

static bool broadcast_edition(Edition *edition, RundownChoice choice, GError **error) {
  const Station *station = edition->station;
  g_autofree char *password = station_password(station, error);
  if (!password)
    return false;
  if (station->n_mounts == 0) {
    g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT, _("%s/station.yaml: no mounts: nowhere to broadcast to"),
                station->folder);
    return false;
  }
  Broadcast broadcast = {.session = edition->session, .edition = edition, .choice = choice};
  g_mutex_init(&broadcast.lock);
  broadcast.readers = g_ptr_array_new();
  broadcast.told = g_new0(char *, station->n_mounts);
  broadcast.lead = g_ptr_array_new_with_free_func((GDestroyNotify)rundown_item_free);
  broadcast.outputs = render_outputs(edition, NULL, 0);
  g_autofree char *ca_file = station->icecast.ca_file ? station_path(station, station->icecast.ca_file, NULL) : NULL;
  g_autofree char *title = edition_title(edition);
  PlayoutOptions options = {
      .station_name = station->name,
      .description = title,
      .host = station->icecast.host,
      .port = station->icecast.port,
      .user_name = station->icecast.user,
      .password = password,
      .ca_file = ca_file,
      .tls = station->icecast.tls,
      .lead_us = LEAD_US,
      .give_up_us = GIVE_UP_US,
  };
  g_autofree char *logbook = session_logbook(edition->session);
  broadcast.log = air_log_start(logbook);
  PlayoutHooks hooks = {on_state, on_sent, on_progress, is_cancelled, &broadcast};
  broadcast.playout = playout_new(&options, &hooks, error);
  bool ok = broadcast.playout != NULL;
  if (ok) {
    open_queues(&broadcast);
    announce(edition);
    broadcast.rundown = rendered_cues(&broadcast);
    ok = broadcast.rundown ? broadcast_files(&broadcast, error) : broadcast_live(&broadcast, error);
  }
  g_autoptr(GError) why = NULL;
  if (!air_log_end(broadcast.log, &why))
    print_warning(_("the as-run log is not complete: %s"), why->message);
  broadcast_clear(&broadcast);
  memset(password, 0, strlen(password));
  return ok;
}

static bool find_slot(Session *session, const char *edition, const char *date, const char *script, Slot *slot,
                      GError **error) {
  g_autoptr(GError) why = NULL;
  if (edition && (date || script)) {
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_USAGE, _("an edition, or --date and --script, not both"));
    return false;
  }
  if (edition)
    return slot_from_edition(edition, slot, error);
  if (!date && !script) {
    if (slot_latest(session, slot, &why))
      return true;
    if (why) {
      g_propagate_error(error, g_steal_pointer(&why));
      return false;
    }
  }
  return slot_from_options(session, date, script, slot, error);
}

static bool run_air(Session *session, int argc, char **argv, GError **error) {
  g_autofree char *date = NULL, *script = NULL;
  gboolean again = FALSE;
  const GOptionEntry options[] = {
      {"script", 's', 0, G_OPTION_ARG_FILENAME, &script, N_("The script (midi)"), N_("NAME")},
      {"date", 'd', 0, G_OPTION_ARG_FILENAME, &date, N_("The day (today)"), N_("DAY")},
      {"again", 0, 0, G_OPTION_ARG_NONE, &again, N_("Choose and render anew, also when it is there"), NULL},
      G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = NULL;
  g_auto(Slot) slot = {0};
  memory_share_heap();
  if (!command_parse(&command_air, options, argc, argv, 0, 1, &arguments, error) ||
      !find_slot(session, arguments[0], date, script, &slot, error))
    return false;
  session_catch_signals();
  g_autoptr(FileLock) lock = session_take_air(session, error);
  g_autoptr(Studio) studio = lock ? studio_open(session, true, error) : NULL;
  g_autoptr(Edition) edition =
      studio ? edition_open(session, studio, slot.script, slot.date, &(EditionWish){.id = slot.edition}, error) : NULL;
  if (!edition || !edition_gather(edition, false, error))
    return false;
  return broadcast_edition(edition, again ? RUNDOWN_MAKE_AGAIN : RUNDOWN_KEEP_EDITED, error);
}

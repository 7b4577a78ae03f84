#include "daemon/publisher.h"

#include "base/background.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "daemon/report.h"
#include "podcast/catalogue.h"

#include <string.h>

#define NICE 10                       /* steps */
#define AGAIN_US (60 * US_PER_SECOND) /* after a run that failed */
#define TRIES 10                      /* of one edition; the next start tries again */
#define LOOK_BACK_US (2 * 24 * 3600 * US_PER_SECOND)
#define EXPIRED_US (15 * 60 * US_PER_SECOND) /* how often what has expired is looked for */
#define REFRESH ""                           /* in the queue: no edition */

struct Publisher {
  Store *store;
  GQueue waiting; /* char: editions, or REFRESH; the first is under way, or tried again at `again_us` */
  Background *running;
  gint64 again_us, refreshed_us; /* clock_monotonic_us */
  guint n_failed;
};

Publisher *publisher_new(Store *store) {
  Publisher *publisher = g_new0(Publisher, 1);
  publisher->store = store;
  publisher->refreshed_us = clock_monotonic_us();
  g_queue_init(&publisher->waiting);
  return publisher;
}

void publisher_free(Publisher *publisher) {
  if (!publisher)
    return;
  background_free(publisher->running);
  g_queue_clear_full(&publisher->waiting, g_free);
  g_free(publisher);
}

/* Once: what waits already is done after this. The first may be under way, and have looked already. */
static void add(Publisher *publisher, const char *what) {
  guint from = publisher->running ? 1 : 0;
  for (guint i = from; i < publisher->waiting.length; i++)
    if (strcmp(g_queue_peek_nth(&publisher->waiting, i), what) == 0)
      return;
  g_queue_push_tail(&publisher->waiting, g_strdup(what));
}

/* Or the logbook cannot tell: rather published than forgotten. */
static bool was_heard(Store *store, gint64 slot) {
  g_autoptr(GPtrArray) mounts = slots_mounts(store, slot, NULL);
  bool heard = !mounts;
  for (guint i = 0; mounts && i < mounts->len; i++)
    heard = heard || ((const SlotMount *)mounts->pdata[i])->sent_frames > 0;
  return heard;
}

void publisher_ended(Publisher *publisher, const Station *station, const SlotRow *slot, bool is_told) {
  if (!station->podcast.is_automatic || slot_is_urgent(slot))
    return;
  if (!is_told || was_heard(publisher->store, slot->id))
    add(publisher, slot->edition);
  else
    publisher_refresh(publisher, station);
}

void publisher_catch_up(Publisher *publisher, const Station *station, gint64 now_us) {
  g_autoptr(GError) why = NULL;
  g_autoptr(GPtrArray) slots =
      station->podcast.is_automatic ? slots_list(publisher->store, now_us - LOOK_BACK_US, now_us, &why) : NULL;
  if (why)
    report_say(true, _("the podcast: what was aired last cannot be told: %s"), why->message);
  for (guint i = 0; slots && i < slots->len; i++) {
    const SlotRow *slot = slots->pdata[i];
    if (slot->state == SLOT_DONE && slot->edition && !catalogue_knows(station, slot->edition))
      publisher_ended(publisher, station, slot, true);
  }
  publisher_refresh(publisher, station); /* what a killed run left on the air is not */
}

void publisher_refresh(Publisher *publisher, const Station *station) {
  if (station->podcast.is_automatic)
    add(publisher, REFRESH);
}

static void take_end(Publisher *publisher) {
  g_autofree char *why = NULL;
  if (!publisher->running || !background_ended(publisher->running, &why))
    return;
  report_once("publish", why);
  g_clear_pointer(&publisher->running, background_free);
  publisher->again_us = why ? clock_monotonic_us() + AGAIN_US : 0;
  if (why && ++publisher->n_failed < TRIES)
    return;
  publisher->n_failed = 0;
  g_free(g_queue_pop_head(&publisher->waiting));
}

void publisher_step(Publisher *publisher, const Station *station) {
  gint64 now_us = clock_monotonic_us();
  take_end(publisher);
  if (now_us - publisher->refreshed_us > EXPIRED_US)
    publisher_refresh(publisher, station);
  const char *what = publisher->running || now_us < publisher->again_us ? NULL : g_queue_peek_head(&publisher->waiting);
  if (!what)
    return;
  const char *wanted = strcmp(what, REFRESH) == 0 ? "--refresh" : what;
  const char *const arguments[] = {"-C", station->folder, "-q", "publish", wanted, NULL};
  g_autoptr(GError) error = NULL;
  publisher->refreshed_us = now_us;
  publisher->running = background_start(arguments, NICE, &error);
  if (error) {
    report_once("publish", error->message);
    publisher->again_us = now_us + AGAIN_US;
  }
}

#include "desk/throttle.h"

#include "base/clock.h"

#define DOUBLINGS 9u /* 2 s to 15 min */
#define WAIT_MOST_US (15 * 60 * US_PER_SECOND)
#define FORGOTTEN_US (3600 * US_PER_SECOND)
#define KEYS_MOST 10000u

typedef struct {
  guint n;
  gint64 last_us, until_us;
} Tries;

struct Throttle {
  guint free_tries;
  GMutex lock;
  GHashTable *tries; /* key → Tries */
};

Throttle *throttle_new(guint free_tries) {
  Throttle *throttle = g_new0(Throttle, 1);
  throttle->free_tries = free_tries;
  g_mutex_init(&throttle->lock);
  throttle->tries = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  return throttle;
}

void throttle_free(Throttle *throttle) {
  if (!throttle)
    return;
  g_hash_table_unref(throttle->tries);
  g_mutex_clear(&throttle->lock);
  g_free(throttle);
}

guint throttle_wait(Throttle *throttle, const char *key, gint64 now_us) {
  g_mutex_lock(&throttle->lock);
  const Tries *tries = g_hash_table_lookup(throttle->tries, key);
  gint64 left_us = tries ? tries->until_us - now_us : 0;
  g_mutex_unlock(&throttle->lock);
  return left_us > 0 ? (guint)((left_us + US_PER_SECOND - 1) / US_PER_SECOND) : 0;
}

static gboolean is_old(gpointer key, gpointer value, gpointer user) {
  (void)key;
  const gint64 *now_us = user;
  return *now_us - ((Tries *)value)->last_us > FORGOTTEN_US;
}

void throttle_failed(Throttle *throttle, const char *key, gint64 now_us) {
  g_mutex_lock(&throttle->lock);
  if (g_hash_table_size(throttle->tries) >= KEYS_MOST)
    g_hash_table_foreach_remove(throttle->tries, is_old, &now_us);
  if (g_hash_table_size(throttle->tries) >= KEYS_MOST)
    g_hash_table_remove_all(throttle->tries);
  Tries *tries = g_hash_table_lookup(throttle->tries, key);
  if (!tries || is_old(NULL, tries, &now_us)) {
    tries = g_new0(Tries, 1);
    g_hash_table_replace(throttle->tries, g_strdup(key), tries);
  }
  tries->n++;
  tries->last_us = now_us;
  if (tries->n >= throttle->free_tries) {
    guint doublings = MIN(tries->n - throttle->free_tries + 1, DOUBLINGS + 1);
    tries->until_us = now_us + MIN(WAIT_MOST_US, US_PER_SECOND << doublings);
  }
  g_mutex_unlock(&throttle->lock);
}

void throttle_forget(Throttle *throttle, const char *key) {
  g_mutex_lock(&throttle->lock);
  g_hash_table_remove(throttle->tries, key);
  g_mutex_unlock(&throttle->lock);
}

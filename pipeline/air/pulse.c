#include "air/pulse.h"

#include "air/probe.h"
#include "base/clock.h"

struct Pulse {
  gint references; /* atomic: the owner and the thread */
  char *host;
  unsigned port;
  gint64 interval_us;
  GMutex lock;
  GCond stopped;
  bool stop;
  gint64 asked_us;
};

static void pulse_unref(Pulse *pulse) {
  if (!g_atomic_int_dec_and_test(&pulse->references))
    return;
  g_free(pulse->host);
  g_mutex_clear(&pulse->lock);
  g_cond_clear(&pulse->stopped);
  g_free(pulse);
}

static void pulse_set_asked(Pulse *pulse, gint64 asked_us) {
  g_mutex_lock(&pulse->lock);
  pulse->asked_us = asked_us;
  g_mutex_unlock(&pulse->lock);
}

/* A name that is not found says nothing about the server either. */
static bool pulse_ask(Pulse *pulse) {
  struct addrinfo *found = probe_find(pulse->host, pulse->port, NULL);
  if (found)
    pulse_set_asked(pulse, clock_monotonic_us());
  bool alive = !found || probe_alive(found, (guint)(pulse->interval_us * 2 / 1000));
  if (alive)
    pulse_set_asked(pulse, 0);
  if (found)
    freeaddrinfo(found);
  return alive;
}

static gpointer pulse_run(gpointer data) {
  Pulse *pulse = data;
  g_mutex_lock(&pulse->lock);
  while (!pulse->stop) {
    g_mutex_unlock(&pulse->lock);
    bool alive = pulse_ask(pulse);
    g_mutex_lock(&pulse->lock);
    gint64 until_us = g_get_monotonic_time() + (alive ? pulse->interval_us : 0);
    while (!pulse->stop && g_cond_wait_until(&pulse->stopped, &pulse->lock, until_us))
      continue;
  }
  g_mutex_unlock(&pulse->lock);
  pulse_unref(pulse);
  return NULL;
}

Pulse *pulse_start(const char *host, unsigned port, gint64 interval_us) {
  Pulse *pulse = g_new0(Pulse, 1);
  *pulse = (Pulse){.references = 2, .host = g_strdup(host), .port = port, .interval_us = interval_us};
  g_mutex_init(&pulse->lock);
  g_cond_init(&pulse->stopped);
  g_thread_unref(g_thread_new("pulse", pulse_run, pulse));
  return pulse;
}

void pulse_stop(Pulse *pulse) {
  if (!pulse)
    return;
  g_mutex_lock(&pulse->lock);
  pulse->stop = true;
  g_cond_signal(&pulse->stopped);
  g_mutex_unlock(&pulse->lock);
  pulse_unref(pulse);
}

const char *pulse_host(const Pulse *pulse) {
  return pulse->host;
}

unsigned pulse_port(const Pulse *pulse) {
  return pulse->port;
}

gint64 pulse_asked_us(Pulse *pulse) {
  g_mutex_lock(&pulse->lock);
  gint64 asked_us = pulse->asked_us;
  g_mutex_unlock(&pulse->lock);
  return asked_us;
}

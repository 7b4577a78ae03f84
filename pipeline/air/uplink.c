#include "air/uplink.h"

#include "air/libshout.h"
#include "air/probe.h"
#include "air/sockets.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define AGENT "carnet/" CARNET_VERSION
#define OPENERS 32 /* threads that shake hands, at most */
#define HERALDS 16 /* threads that send titles, at most */
#define PROBE_MS 3000
#define PART_BYTES 4096 /* one buffer of libshout's queue */
#define DOOR_US 2000
#define YIELD_US 20000 /* titles let mounts that connect go first, while one does in so many */
#define YIELDS_IN_VAIN 5
#define TITLE_ATTEMPTS 3
#define TITLE_PAUSE_US 300000 /* Icecast may not know the source in the first instants */

struct Uplink {
  gint references; /* atomic: the owner and each job under way */
  GMutex lock;     /* guards what follows, until `shout` is handed over by OPEN */
  UplinkState state;
  char *message;
  bool disowned;
  shout_t *shout;      /* once OPEN: only the owner's thread uses it */
  int socket;          /* TLS: its socket (ours to close), or -1; the helper's until OPEN */
  GByteArray *waiting; /* the owner's: what libshout is not yet given */
  char *title;         /* waits to be sent */
  bool heralding;
  /* A copy of the target: helper threads may outlive the caller's. */
  UplinkTarget target;
  StationMount mount;
  guint timeout_ms;
};

static void wipe(char *secret) {
  explicit_bzero(secret, strlen(secret));
  g_free(secret);
}

/* --- libshout's handle ------------------------------------------------------ */

/* OpenSSL keeps a list of errors for each thread, and libshout never clears it: what one connection left there makes each
 * "not now" of all later ones in that thread an end. So it is cleared before whatever may read or write. */
static void forget_errors(void) {
  libshout.ERR_clear_error();
}

/* shout_free of 2.4.6 frees nothing of a handle that is closed (and, of an open
 * one, not its socket): a mount that reconnects for weeks would grow by 1 KiB each time. So
 * closed handles are kept, and taken again for the same mount. */
static GMutex spare_lock;
static GPtrArray *spares; /* shout_t*, closed */

static bool is_for(shout_t *shout, const UplinkTarget *target) {
  return libshout.shout_get_port(shout) == target->port &&
         g_strcmp0(libshout.shout_get_host(shout), target->host) == 0 &&
         g_strcmp0(libshout.shout_get_mount(shout), target->mount->mount) == 0 &&
         g_strcmp0(libshout.shout_get_ca_file(shout), target->ca_file) == 0; /* whom to trust cannot be unset */
}

static shout_t *take_handle(const UplinkTarget *target) {
  shout_t *shout = NULL;
  g_mutex_lock(&spare_lock);
  for (guint i = 0; spares && i < spares->len && !shout; i++)
    if (is_for(spares->pdata[i], target))
      shout = g_ptr_array_steal_index_fast(spares, i);
  g_mutex_unlock(&spare_lock);
  return shout ? shout : libshout.shout_new();
}

static void give_handle(shout_t *shout) {
  forget_errors();
  libshout.shout_close(shout);
  g_mutex_lock(&spare_lock);
  if (!spares)
    spares = g_ptr_array_new();
  g_ptr_array_add(spares, shout);
  g_mutex_unlock(&spare_lock);
}

static int tls_mode(TlsMode mode) {
  static const int modes[] = {[TLS_NONE] = SHOUT_TLS_DISABLED,
                              [TLS_AUTO] = SHOUT_TLS_AUTO,
                              [TLS_REQUIRED] = SHOUT_TLS_AUTO_NO_PLAIN,
                              [TLS_TRANSPORT] = SHOUT_TLS_RFC2818};
  return modes[mode];
}

/* Names come from people: a line break in one would be a header of its own. */
static int set_meta(shout_t *shout, const char *key, const char *value) {
  g_autofree char *safe = value ? text_printable(value) : NULL;
  return safe ? libshout.shout_set_meta(shout, key, safe) : SHOUTERR_SUCCESS;
}

static int set_audio_info(shout_t *shout, const char *key, guint value) {
  g_autofree char *text = g_strdup_printf("%u", value);
  return value > 0 ? libshout.shout_set_audio_info(shout, key, text) : SHOUTERR_SUCCESS;
}

/* False when memory is short: libshout's setters fail for nothing else on a closed handle (SHOUTERR_SUCCESS is 0). */
static bool set_server(shout_t *shout, const UplinkTarget *target) {
  int failed = libshout.shout_set_host(shout, target->host);
  failed |= libshout.shout_set_port(shout, (unsigned short)target->port);
  failed |= libshout.shout_set_user(shout, target->user_name);
  failed |= libshout.shout_set_password(shout, target->password);
  failed |= libshout.shout_set_mount(shout, target->mount->mount);
  failed |= libshout.shout_set_agent(shout, AGENT);
  failed |= libshout.shout_set_tls(shout, tls_mode(target->tls));
  failed |= target->ca_file ? libshout.shout_set_ca_file(shout, target->ca_file) : SHOUTERR_SUCCESS;
  return !failed;
}

static bool set_stream(shout_t *shout, const UplinkTarget *target) {
  const StationMount *mount = target->mount;
  unsigned format = mount->format == FORMAT_OPUS ? SHOUT_FORMAT_OGG : SHOUT_FORMAT_MP3;
  int failed = libshout.shout_set_content_format(shout, format, SHOUT_USAGE_AUDIO, NULL);
  failed |= set_meta(shout, SHOUT_META_NAME, mount->name ? mount->name : target->station_name);
  failed |= set_meta(shout, SHOUT_META_GENRE, mount->genre);
  failed |= set_meta(shout, SHOUT_META_URL, mount->url);
  failed |= set_meta(shout, SHOUT_META_DESCRIPTION, target->description);
  failed |= set_audio_info(shout, SHOUT_AI_BITRATE, mount->bitrate_kbps);
  failed |= set_audio_info(shout, SHOUT_AI_SAMPLERATE, target->sample_rate_hz);
  failed |= set_audio_info(shout, SHOUT_AI_CHANNELS, target->channels);
  failed |= libshout.shout_set_public(shout, mount->is_public ? 1 : 0);
  failed |= libshout.shout_set_nonblocking(shout, SHOUT_BLOCKING_NONE);
  return !failed;
}

/* Icecast 2.4 takes no notice of a TLS connection that says good-bye (SSL_read gives 0)
 * and keeps its mount "in use" for ever; of one that ends without a word it does. So
 * libshout's good-bye finds the way closed. */
static void cut_off(Uplink *uplink) {
  if (uplink->socket < 0)
    return;
  shutdown(uplink->socket, SHUT_RDWR);
  close(uplink->socket);
  uplink->socket = -1;
}

static void uplink_unref(Uplink *uplink) {
  if (!g_atomic_int_dec_and_test(&uplink->references))
    return;
  cut_off(uplink);
  if (uplink->shout)
    give_handle(uplink->shout);
  wipe((char *)uplink->target.password);
  g_free((char *)uplink->target.station_name);
  g_free((char *)uplink->target.description);
  g_free((char *)uplink->target.host);
  g_free((char *)uplink->target.user_name);
  g_free((char *)uplink->target.ca_file);
  g_free(uplink->mount.mount);
  g_free(uplink->mount.name);
  g_free(uplink->mount.genre);
  g_free(uplink->mount.url);
  g_free(uplink->message);
  g_free(uplink->title);
  g_byte_array_unref(uplink->waiting);
  g_mutex_clear(&uplink->lock);
  g_free(uplink);
}

/* Icecast's door holds 5 callers; a sixth is not let in before TCP knocks again, a second later. So callers are let go
 * to it one by one, in an interval in which it lets in three or four. */
static void wait_in_line(void) {
  static GMutex line;
  g_mutex_lock(&line);
  g_usleep(DOOR_US);
  g_mutex_unlock(&line);
}

/* --- connecting (helper thread) ---------------------------------------------- */

static bool uplink_disowned(Uplink *uplink) {
  g_mutex_lock(&uplink->lock);
  bool disowned = uplink->disowned;
  g_mutex_unlock(&uplink->lock);
  return disowned;
}

/* One step of the handshake (shout_open, shout_get_connected). With TLS one at a time, so
 * that the socket is known which it opens: a second one after the first answer, 401. */
static int take_step(Uplink *uplink, shout_t *shout, int (*step)(shout_t *shout)) {
  static GMutex one_at_a_time;
  SocketSet before;
  forget_errors();
  if (uplink->target.tls == TLS_NONE)
    return step(shout);
  g_mutex_lock(&one_at_a_time);
  sockets_note(&before);
  int ret = step(shout);
  int found = sockets_new(&before);
  g_mutex_unlock(&one_at_a_time);
  if (found >= 0 && uplink->socket >= 0)
    close(uplink->socket);
  uplink->socket = found >= 0 ? found : uplink->socket;
  return ret;
}

/* Returns a SHOUTERR; BUSY when the time is up. */
static int shake_hands(Uplink *uplink, shout_t *shout) {
  gint64 deadline_us = clock_monotonic_us() + uplink->timeout_ms * G_GINT64_CONSTANT(1000);
  gulong pause_us = 500;
  wait_in_line();
  int ret = take_step(uplink, shout, libshout.shout_open);
  while (ret == SHOUTERR_BUSY && clock_monotonic_us() < deadline_us && !uplink_disowned(uplink)) {
    g_usleep(pause_us);
    pause_us = MIN(pause_us + pause_us / 4, 50000);
    ret = take_step(uplink, shout, libshout.shout_get_connected);
  }
  return ret == SHOUTERR_CONNECTED ? SHOUTERR_SUCCESS : ret;
}

static UplinkState login_refused(const UplinkTarget *target, char **message) {
  g_autoptr(GError) error = NULL;
  int status = 0;
  if (target->tls == TLS_NONE)
    status = probe_login(target->host, target->port, target->user_name, target->password, target->mount->mount,
                         PROBE_MS, &error);
  if (status == 401) {
    *message =
        g_strdup_printf(_("%s:%u refuses the password for %s (401)"), target->host, target->port, target->mount->mount);
    return UPLINK_REFUSED;
  }
  bool doubtful = target->tls != TLS_NONE;
  const char *why = doubtful ? _("refused: a wrong password, or the mount is in use")
                             : _("refused for now (403): the mount is in use, or the server is full");
  *message = error ? g_strdup(error->message)
                   : g_strdup_printf("%s:%u%s: %s", target->host, target->port, target->mount->mount, why);
  return doubtful ? UPLINK_DOUBTFUL : UPLINK_FAILED;
}

/* libshout 2.4.6 calls it INSANE (nonsensical arguments) when it was to log in and there is no TLS yet, and a broken
 * handshake a socket error. */
static const char *said_of(const UplinkTarget *target, int code, const char *text) {
  if (code == SHOUTERR_INSANE)
    return _("no TLS there, so the password was not sent: station.yaml needs the server's TLS port, or tls: none");
  if (code == SHOUTERR_SOCKET && target->tls != TLS_NONE)
    return _("the TLS handshake was broken off: is it the server's TLS port?");
  return text;
}

static UplinkState connection_failed(const UplinkTarget *target, int code, const char *text, char **message) {
  g_autoptr(GError) error = NULL;
  const char *said = code == SHOUTERR_BUSY ? _("no answer") : said_of(target, code, text);
  if (code == SHOUTERR_BUSY || probe_reach(target->host, target->port, PROBE_MS, &error))
    *message = g_strdup_printf("%s:%u: %s", target->host, target->port, said);
  else
    *message = g_strdup(error->message);
  return UPLINK_FAILED;
}

static UplinkState uplink_connect(Uplink *uplink, shout_t *shout, char **message) {
  const UplinkTarget *target = &uplink->target;
  if (!sockets_left()) {
    *message = g_strdup(_("too many open files for libshout: share the mounts out over several processes"));
    return UPLINK_FAILED;
  }
  if (!set_server(shout, target) || !set_stream(shout, target)) {
    *message = g_strdup_printf("%s: %s", target->mount->mount, _("out of memory"));
    return UPLINK_FAILED;
  }
  int ret = shake_hands(uplink, shout);
  if (ret == SHOUTERR_SUCCESS) {
    sockets_tame(target->port, target->mount->bitrate_kbps);
    return UPLINK_OPEN;
  }
  if (uplink_disowned(uplink))
    return UPLINK_FAILED;
  g_autofree char *text = g_ascii_strdown(libshout.shout_get_error(shout), -1);
  return ret == SHOUTERR_NOLOGIN ? login_refused(target, message) : connection_failed(target, ret, text, message);
}

bool uplink_is_possible(GError **error) {
  return libshout_open(error);
}

static GOnce openers = G_ONCE_INIT; /* GThreadPool */
static gint n_opened;               /* atomic */

static void open_job(gpointer data, G_GNUC_UNUSED gpointer unused) {
  Uplink *uplink = data;
  char *message = NULL;
  g_autoptr(GError) error = NULL;
  bool has_library = libshout_open(&error);
  shout_t *shout = has_library ? take_handle(&uplink->target) : NULL;
  UplinkState state = !has_library ? UPLINK_REFUSED : shout ? uplink_connect(uplink, shout, &message) : UPLINK_FAILED;
  if (error)
    message = g_strdup(error->message);
  if (state == UPLINK_OPEN)
    g_atomic_int_inc(&n_opened);
  g_mutex_lock(&uplink->lock);
  uplink->shout = shout; /* freed with the uplink, by whoever lets it go last */
  uplink->message = message;
  uplink->state = state;
  g_mutex_unlock(&uplink->lock);
  uplink_unref(uplink);
}

static gpointer start_openers(G_GNUC_UNUSED gpointer unused) {
  return g_thread_pool_new(open_job, NULL, OPENERS, FALSE, NULL);
}

Uplink *uplink_open(const UplinkTarget *target, guint timeout_ms) {
  g_once(&openers, start_openers, NULL);
  Uplink *uplink = g_new0(Uplink, 1);
  uplink->references = 2;
  uplink->socket = -1;
  g_mutex_init(&uplink->lock);
  uplink->timeout_ms = timeout_ms;
  uplink->waiting = g_byte_array_new();
  const StationMount *mount = target->mount;
  uplink->mount = (StationMount){.mount = g_strdup(mount->mount),
                                 .format = mount->format,
                                 .bitrate_kbps = mount->bitrate_kbps,
                                 .name = g_strdup(mount->name),
                                 .genre = g_strdup(mount->genre),
                                 .url = g_strdup(mount->url),
                                 .is_public = mount->is_public};
  uplink->target = *target;
  uplink->target.mount = &uplink->mount;
  uplink->target.station_name = g_strdup(target->station_name);
  uplink->target.description = g_strdup(target->description);
  uplink->target.host = g_strdup(target->host);
  uplink->target.user_name = g_strdup(target->user_name);
  uplink->target.password = g_strdup(target->password);
  uplink->target.ca_file = g_strdup(target->ca_file);
  g_thread_pool_push(openers.retval, uplink, NULL);
  return uplink;
}

UplinkState uplink_state(Uplink *uplink, char **message) {
  g_mutex_lock(&uplink->lock);
  UplinkState state = uplink->state;
  if (message)
    *message = g_strdup(uplink->message);
  g_mutex_unlock(&uplink->lock);
  return state;
}

void uplink_close(Uplink *uplink) {
  if (!uplink)
    return;
  g_mutex_lock(&uplink->lock);
  uplink->disowned = true;
  shout_t *shout = uplink->state == UPLINK_OPENING ? NULL : g_steal_pointer(&uplink->shout);
  g_clear_pointer(&uplink->title, g_free);
  g_mutex_unlock(&uplink->lock);
  if (shout) { /* now, even when a title is still on its way: the mount is to be free */
    cut_off(uplink);
    give_handle(shout);
  }
  uplink_unref(uplink);
}

/* --- sending (the loop's thread) ---------------------------------------------- */

/* shout_send would parse the frames to pace them; shout_send_raw takes them as they are. Either reports a lost
 * connection only at the next call. libshout never frees what a lost connection had in its queue, so it is given more
 * only when that is empty, and no more than a buffer of it at once. Returns how much it was given, -1 when it failed. */
static gssize give(Uplink *uplink, const guint8 *data, gsize nbytes) {
  gsize given = 0;
  forget_errors();
  while (given < nbytes && libshout.shout_queuelen(uplink->shout) <= 0) {
    gsize part = MIN(nbytes - given, PART_BYTES);
    if (libshout.shout_send_raw(uplink->shout, data + given, part) != (ssize_t)part)
      return -1;
    given += part;
  }
  return (gssize)given;
}

/* What libshout does not take waits with us. */
bool uplink_send(Uplink *uplink, const guint8 *data, gsize nbytes) {
  gssize given = uplink->waiting->len == 0 ? give(uplink, data, nbytes) : 0;
  if (given < 0)
    return false;
  g_byte_array_append(uplink->waiting, data + given, (guint)(nbytes - (gsize)given));
  return uplink->waiting->len == 0 || uplink_flush(uplink);
}

bool uplink_flush(Uplink *uplink) {
  if (libshout.shout_queuelen(uplink->shout) > 0) {
    forget_errors();
    int ret = libshout.shout_send(uplink->shout, NULL, 0);
    if (ret != SHOUTERR_SUCCESS && ret != SHOUTERR_BUSY)
      return false;
  }
  GByteArray *waiting = uplink->waiting;
  gssize given = give(uplink, waiting->data, waiting->len);
  if (given > 0 && (gsize)given == waiting->len) {
    g_byte_array_unref(waiting); /* its memory too: a mount among five hundred keeps none of its worst day */
    uplink->waiting = g_byte_array_new();
  } else if (given > 0) {
    g_byte_array_remove_range(waiting, 0, (guint)given);
  }
  return given >= 0;
}

gsize uplink_queued(const Uplink *uplink) {
  ssize_t queued = libshout.shout_queuelen(uplink->shout);
  return uplink->waiting->len + (queued > 0 ? (gsize)queued : 0);
}

/* --- titles (helper thread) ---------------------------------------------------- */

static bool herald(const UplinkTarget *target, const char *title) {
  shout_t *shout = take_handle(target);
  shout_metadata_t *metadata = libshout.shout_metadata_new();
  int failed = set_server(shout, target) ? SHOUTERR_SUCCESS : SHOUTERR_INSANE;
  failed |= libshout.shout_set_nonblocking(shout, SHOUT_BLOCKING_FULL);
  failed |= libshout.shout_set_content_format(shout, SHOUT_FORMAT_MP3, SHOUT_USAGE_AUDIO, NULL);
  failed |= libshout.shout_metadata_add(metadata, "song", title);
  wait_in_line();
  forget_errors();
  bool sent = !failed && libshout.shout_set_metadata_utf8(shout, metadata) == SHOUTERR_SUCCESS;
  libshout.shout_metadata_free(metadata);
  give_handle(shout);
  return sent;
}

/* The newest title that waits (g_free), or NULL when this herald's work is done. */
static char *next_title(Uplink *uplink) {
  g_mutex_lock(&uplink->lock);
  char *title = uplink->disowned ? NULL : g_steal_pointer(&uplink->title);
  uplink->heralding = title != NULL;
  g_mutex_unlock(&uplink->lock);
  return title;
}

/* Of five hundred mounts that come at once, each has a title to tell: being heard is worth more than being named. Those
 * that wait for a server that is silent are not waited for. */
static void let_openers_pass(void) {
  gint opened = g_atomic_int_get(&n_opened);
  for (guint in_vain = 0; in_vain < YIELDS_IN_VAIN && g_thread_pool_unprocessed(openers.retval) > 0; in_vain++) {
    g_usleep(YIELD_US);
    gint now = g_atomic_int_get(&n_opened);
    in_vain = now == opened ? in_vain : 0;
    opened = now;
  }
}

static void title_job(gpointer data, G_GNUC_UNUSED gpointer unused) {
  Uplink *uplink = data;
  let_openers_pass();
  for (char *title = next_title(uplink); title; title = next_title(uplink)) {
    for (guint i = 0; i < TITLE_ATTEMPTS && !uplink_disowned(uplink) && sockets_left(); i++) {
      if (herald(&uplink->target, title))
        break;
      g_usleep(TITLE_PAUSE_US);
    }
    g_free(title);
  }
  uplink_unref(uplink);
}

/* ICY metadata is StreamTitle='…'; without any escape: the text must not hold
 * what ends it. And unless told otherwise, Icecast sends Latin-1, with &#8217; for
 * what has no place in it: common signs are spelled in it. Returns (g_free). */
static char *icy_title(const char *title) {
  static const char *const spellings[][2] = {
      {"\u2019", "'"},   {"\u2018", "'"},  {"\u201c", "\""}, {"\u201d", "\""}, {"\u2013", "-"}, {"\u2014", "-"},
      {"\u2026", "..."}, {"\u0153", "oe"}, {"\u0152", "OE"}, {"\u202f", " "},  {"';", "' ;"},
  };
  g_autofree char *printable = text_printable(title);
  g_autoptr(GString) text = g_string_new(printable);
  for (guint i = 0; i < G_N_ELEMENTS(spellings); i++)
    g_string_replace(text, spellings[i][0], spellings[i][1], 0);
  return g_string_free(g_steal_pointer(&text), FALSE);
}

static gpointer start_heralds(G_GNUC_UNUSED gpointer unused) {
  return g_thread_pool_new(title_job, NULL, HERALDS, FALSE, NULL);
}

void uplink_title(Uplink *uplink, const char *title) {
  static GOnce heralds = G_ONCE_INIT;
  g_once(&heralds, start_heralds, NULL);
  g_mutex_lock(&uplink->lock);
  g_free(uplink->title);
  uplink->title = icy_title(title);
  bool begin = !uplink->heralding;
  uplink->heralding = true;
  g_mutex_unlock(&uplink->lock);
  if (!begin)
    return;
  g_atomic_int_inc(&uplink->references);
  g_thread_pool_push(heralds.retval, uplink, NULL);
}

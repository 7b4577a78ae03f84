/* One uplink to servers that take it, refuse it, say nothing, hang up or stop listening. */
#include "air/uplink.h"
#include "base/clock.h"

#include "air_descriptors.h"
#include "air_scripted.h"
#include "air_server.h"

static const StationMount PLAIN = {.mount = (char *)"/b.mp3", .format = FORMAT_MP3, .bitrate_kbps = 128};

static UplinkTarget target_of(unsigned port, const StationMount *mount, TlsMode tls) {
  return (UplinkTarget){.station_name = "Radio d'Aurelle",
                        .description = "Carnet\r\nX-Evil: 1",
                        .host = "127.0.0.1",
                        .user_name = "source",
                        .password = "ouvre-toi",
                        .port = port,
                        .tls = tls,
                        .mount = mount};
}

static Uplink *open_to(unsigned port, const StationMount *mount, TlsMode tls, guint timeout_ms) {
  const UplinkTarget target = target_of(port, mount, tls);
  return uplink_open(&target, timeout_ms);
}

/* Its state once it is no longer opening, within 20 s, and what it says of it (g_free). */
static UplinkState outcome(Uplink *uplink, char **message) {
  gint64 until_us = clock_monotonic_us() + 20 * US_PER_SECOND;
  while (uplink_state(uplink, NULL) == UPLINK_OPENING && clock_monotonic_us() < until_us)
    g_usleep(2000);
  return uplink_state(uplink, message);
}

static void test_refusals(void) {
  static const struct {
    const char *answer, *admin;
    Then then;
    TlsMode tls;
    UplinkState state;
    const char *says;
  } rows[] = {
      {"HTTP/1.0 403 Mountpoint in use\r\n\r\n", NULL, HANG_UP, TLS_NONE, UPLINK_FAILED, "the mount is in use"},
      {"HTTP/1.0 403 Mountpoint in use\r\n\r\n", "", HANG_UP, TLS_NONE, UPLINK_FAILED, "no answer"},
      {WRONG_ANSWER, NULL, HANG_UP, TLS_NONE, UPLINK_REFUSED, "refuses the password"},
      {NULL, NULL, READ_ON, TLS_NONE, UPLINK_FAILED, "no answer"},
      {"", NULL, HANG_UP, TLS_NONE, UPLINK_FAILED, "socket error"},
      /* Servers without TLS, which hear no password. */
      {OK_ANSWER, NULL, HANG_UP, TLS_REQUIRED, UPLINK_FAILED, "no TLS there, so the password was not sent"},
      {"", NULL, HANG_UP, TLS_REQUIRED, UPLINK_FAILED, "the TLS handshake was broken off"},
      {"", NULL, HANG_UP, TLS_TRANSPORT, UPLINK_FAILED, "the TLS handshake was broken off"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    Scripted server;
    scripted_start(&server, rows[i].answer, rows[i].then);
    server.admin = rows[i].admin;
    g_autofree char *message = NULL;
    Uplink *uplink = open_to(server.port, &PLAIN, rows[i].tls, 400);
    UplinkState state = outcome(uplink, &message);
    g_test_message("%s", message);
    uplink_close(uplink);
    guint passwords = scripted_asked(&server, "Authorization: ");
    scripted_end(&server);
    g_assert_cmpint((int)state, ==, (int)rows[i].state);
    g_assert_nonnull(strstr(message, rows[i].says));
    g_assert_null(strstr(message, "ouvre-toi"));
    if (rows[i].tls != TLS_NONE)
      g_assert_cmpuint(passwords, ==, 0);
  }
}

/* Behind TLS libshout does not say whether it was 401 or 403; a certificate that nobody vouches for gets no password. */
static void test_tls(void) {
  if (!server_installed())
    return;
  Server server = server_start_tls();
  g_autofree char *certificate = g_build_filename(server.folder, "icecast.pem", NULL);
  const struct {
    const char *password, *ca_file;
    TlsMode tls;
    UplinkState state;
    const char *says;
  } rows[] = {
      {"ouvre-toi", certificate, TLS_TRANSPORT, UPLINK_OPEN, NULL},
      {"ouvre-toi", certificate, TLS_AUTO, UPLINK_OPEN, NULL},
      {"sésame", certificate, TLS_TRANSPORT, UPLINK_DOUBTFUL, "a wrong password, or the mount is in use"},
      {"ouvre-toi", NULL, TLS_TRANSPORT, UPLINK_FAILED, "certificate"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    UplinkTarget target = target_of(server.tls_port, &PLAIN, rows[i].tls);
    target.password = rows[i].password;
    target.ca_file = rows[i].ca_file;
    g_autofree char *message = NULL;
    g_autoptr(Uplink) uplink = uplink_open(&target, 5000);
    UplinkState state = outcome(uplink, &message);
    g_test_message("%s", message);
    g_assert_cmpint((int)state, ==, (int)rows[i].state);
    if (rows[i].says)
      g_assert_nonnull(strstr(message, rows[i].says));
    else
      g_assert_null(message);
  }
  server_stop(&server);
}

/* With the process's descriptors at libshout's limit (it selects) nothing is opened, and it is told why. */
static void test_no_descriptor_left(void) {
  Scripted server;
  scripted_start(&server, OK_ANSWER, READ_ON);
  g_autoptr(GArray) taken = descriptors_fill(1000);
  g_autofree char *message = NULL;
  g_autoptr(Uplink) uplink = open_to(server.port, &PLAIN, TLS_NONE, 400);
  UplinkState state = outcome(uplink, &message);
  descriptors_free(taken);
  g_assert_cmpint((int)state, ==, UPLINK_FAILED);
  g_assert_nonnull(strstr(message, "too many open files"));
  g_assert_cmpuint(scripted_asked(&server, "HTTP"), ==, 0);
  scripted_end(&server);
}

static void test_nobody_there(void) {
  Scripted server;
  scripted_start(&server, "", HANG_UP);
  scripted_end(&server);
  g_autofree char *message = NULL;
  g_autoptr(Uplink) uplink = open_to(server.port, &PLAIN, TLS_NONE, 400);
  g_assert_cmpint((int)outcome(uplink, &message), ==, UPLINK_FAILED);
  g_autofree char *place = g_strdup_printf("127.0.0.1:%u: ", server.port);
  g_assert_true(g_str_has_prefix(message, place));
}

/* What the mount says of itself, with the station's words where it has none. */
static void test_headers(void) {
  const StationMount full = {.mount = (char *)"/full.opus",
                             .format = FORMAT_OPUS,
                             .name = (char *)"Le carnet",
                             .genre = (char *)"Talk",
                             .url = (char *)"https://radio.example/",
                             .is_public = true};
  const struct {
    const StationMount *mount;
    const char *says[5];
  } rows[] = {
      {&full,
       {"SOURCE /full.opus ", "ice-name: Le carnet\r\n", "ice-genre: Talk\r\n", "ice-url: https://radio.example/\r\n",
        "ice-public: 1\r\n"}},
      {&PLAIN, {"SOURCE /b.mp3 ", "ice-name: Radio d'Aurelle\r\n", "ice-public: 0\r\n", "bitrate=128"}},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    Scripted server;
    scripted_start(&server, OK_ANSWER, READ_ON);
    g_autofree char *message = NULL;
    Uplink *uplink = open_to(server.port, rows[i].mount, TLS_NONE, 5000);
    g_assert_cmpint((int)outcome(uplink, &message), ==, UPLINK_OPEN);
    uplink_close(uplink);
    g_autofree char *head = scripted_heads(&server);
    scripted_end(&server);
    g_test_message("%s", head);
    for (gsize k = 0; k < G_N_ELEMENTS(rows[i].says) && rows[i].says[k]; k++)
      g_assert_nonnull(strstr(head, rows[i].says[k]));
    g_assert_null(strstr(head, "\nX-Evil"));
  }
}

static void wait_for_asked(Scripted *server, const char *part, guint n) {
  for (guint i = 0; i < 5000 && scripted_asked(server, part) < n; i++)
    g_usleep(2000);
  g_assert_cmpuint(scripted_asked(server, part), >=, n);
}

/* Let go while it shakes hands: at once, and the helper thread hangs up behind, long before the time is up. */
static void test_closed_while_opening(void) {
  Scripted server;
  scripted_start(&server, NULL, READ_ON);
  Uplink *uplink = open_to(server.port, &PLAIN, TLS_NONE, 60000);
  wait_for_asked(&server, "SOURCE", 1);
  g_assert_cmpint((int)uplink_state(uplink, NULL), ==, UPLINK_OPENING);
  uplink_close(uplink);
  uplink_close(NULL);
  for (guint i = 0; i < 5000 && g_atomic_int_get(&server.left) == 0; i++)
    g_usleep(2000);
  g_assert_cmpint(g_atomic_int_get(&server.left), ==, 1);
  scripted_end(&server);
}

/* Handles are kept for the next connection of the same mount, and of no other. */
static void test_one_after_the_other(void) {
  static const StationMount OTHER = {.mount = (char *)"/c.mp3", .format = FORMAT_MP3, .bitrate_kbps = 64};
  Scripted server;
  scripted_start(&server, OK_ANSWER, READ_ON);
  const struct {
    const StationMount *mount;
    const char *host, *says;
  } rows[] = {{&PLAIN, "127.0.0.1", "SOURCE /b.mp3 "},
              {&OTHER, "127.0.0.1", "SOURCE /c.mp3 "},
              {&PLAIN, "127.0.0.2", "Host: 127.0.0.2:"},
              {&OTHER, "127.0.0.1", "bitrate=64"},
              {&PLAIN, "127.0.0.1", "SOURCE /b.mp3 "}};
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autofree char *before = scripted_heads(&server);
    UplinkTarget target = target_of(server.port, rows[i].mount, TLS_NONE);
    target.host = rows[i].host;
    g_autoptr(Uplink) uplink = uplink_open(&target, 5000);
    UplinkState state = outcome(uplink, NULL);
    if (i == 2) { /* nobody listens there */
      g_assert_cmpint((int)state, ==, UPLINK_FAILED);
      continue;
    }
    g_assert_cmpint((int)state, ==, UPLINK_OPEN);
    g_autofree char *heads = scripted_heads(&server);
    g_assert_nonnull(strstr(heads + strlen(before), rows[i].says));
  }
  scripted_end(&server);
}

#define TITLE "mode=updinfo"

/* While one title is being sent, others wait, and only the newest of them goes. */
static void test_newest_title(void) {
  Scripted server;
  scripted_start(&server, OK_ANSWER, READ_ON);
  server.admin = OK_ANSWER;
  g_atomic_int_set(&server.stands_still, 1);
  Uplink *uplink = open_to(server.port, &PLAIN, TLS_NONE, 5000);
  g_assert_cmpint((int)outcome(uplink, NULL), ==, UPLINK_OPEN);
  uplink_title(uplink, "Un");
  wait_for_asked(&server, TITLE, 1);
  uplink_title(uplink, "Deux");
  uplink_title(uplink, "Trois");
  g_atomic_int_set(&server.stands_still, 0);
  wait_for_asked(&server, "Trois", 1);
  g_assert_cmpuint(scripted_asked(&server, "Deux"), ==, 0);
  uplink_close(uplink);
  scripted_end(&server);
}

/* A title for which no descriptor is left is let go; the next one goes out. */
static void test_title_without_descriptor(void) {
  Scripted server;
  scripted_start(&server, OK_ANSWER, READ_ON);
  Uplink *uplink = open_to(server.port, &PLAIN, TLS_NONE, 5000);
  g_assert_cmpint((int)outcome(uplink, NULL), ==, UPLINK_OPEN);
  g_autoptr(GArray) taken = descriptors_fill(1000);
  uplink_title(uplink, "Un");
  g_usleep(50000);
  descriptors_free(taken);
  uplink_title(uplink, "Deux");
  wait_for_asked(&server, "Deux", 1);
  g_assert_cmpuint(scripted_asked(&server, "Un"), ==, 0);
  uplink_close(uplink);
  scripted_end(&server);
}

/* A title that the server does not want is told three times; of one that is closed meanwhile, no more. */
static void test_title_refused(void) {
  Scripted server;
  scripted_start(&server, OK_ANSWER, READ_ON);
  server.admin = "HTTP/1.0 400 Bad Request\r\n\r\n";
  Uplink *uplink = open_to(server.port, &PLAIN, TLS_NONE, 5000);
  g_assert_cmpint((int)outcome(uplink, NULL), ==, UPLINK_OPEN);
  uplink_title(uplink, "Un");
  wait_for_asked(&server, TITLE, 3);
  uplink_title(uplink, "Deux");
  wait_for_asked(&server, "Deux", 1);
  uplink_title(uplink, "Trois");
  uplink_close(uplink);
  g_usleep(700000);
  g_assert_cmpuint(scripted_asked(&server, "Un"), ==, 3);
  g_assert_cmpuint(scripted_asked(&server, "Deux"), <=, 2);
  g_assert_cmpuint(scripted_asked(&server, "Trois"), ==, 0);
  scripted_end(&server);
}

/* A server that stops reading: what it does not take waits, in order; it takes it when it reads again. */
static void test_stalled_and_back(void) {
  enum { PART = 65536, PARTS = 150 }; /* more than the kernel keeps for a socket */
  Scripted server;
  scripted_start(&server, OK_ANSWER, STOP_READING);
  g_autofree guint8 *part = g_malloc0(PART);
  Uplink *uplink = open_to(server.port, &PLAIN, TLS_NONE, 5000);
  g_assert_cmpint((int)outcome(uplink, NULL), ==, UPLINK_OPEN);
  for (guint i = 0; i < PARTS; i++)
    g_assert_true(uplink_send(uplink, part, PART));
  g_assert_cmpuint(uplink_queued(uplink), >, PART);
  g_assert_true(uplink_flush(uplink));
  g_atomic_int_set(&server.stands_still, 0);
  gint64 until_us = clock_monotonic_us() + 20 * US_PER_SECOND;
  while ((uplink_queued(uplink) > 0 || scripted_received(&server) < PART * PARTS) && clock_monotonic_us() < until_us) {
    g_assert_true(uplink_flush(uplink));
    g_usleep(500);
  }
  g_assert_cmpuint(uplink_queued(uplink), ==, 0);
  g_assert_cmpuint(scripted_received(&server), ==, PART * PARTS);
  uplink_close(uplink);
  scripted_end(&server);
}

/* A server that goes: told by a later send or flush, not by a signal. */
static void test_server_goes(void) {
  Scripted server;
  scripted_start(&server, OK_ANSWER, HANG_UP);
  static const guint8 part[4096];
  Uplink *uplink = open_to(server.port, &PLAIN, TLS_NONE, 5000);
  g_assert_cmpint((int)outcome(uplink, NULL), ==, UPLINK_OPEN);
  bool ok = true;
  for (guint i = 0; ok && i < 2000; i++) {
    ok = uplink_send(uplink, part, sizeof part) && uplink_flush(uplink);
    g_usleep(1000);
  }
  g_assert_false(ok);
  uplink_close(uplink);
  scripted_end(&server);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/air/uplink/refusals", test_refusals);
  g_test_add_func("/air/uplink/tls", test_tls);
  g_test_add_func("/air/uplink/no-descriptor-left", test_no_descriptor_left);
  g_test_add_func("/air/uplink/nobody-there", test_nobody_there);
  g_test_add_func("/air/uplink/headers", test_headers);
  g_test_add_func("/air/uplink/closed-while-opening", test_closed_while_opening);
  g_test_add_func("/air/uplink/one-after-the-other", test_one_after_the_other);
  g_test_add_func("/air/uplink/newest-title", test_newest_title);
  g_test_add_func("/air/uplink/title-without-descriptor", test_title_without_descriptor);
  g_test_add_func("/air/uplink/title-refused", test_title_refused);
  g_test_add_func("/air/uplink/stalled-and-back", test_stalled_and_back);
  g_test_add_func("/air/uplink/server-goes", test_server_goes);
  return g_test_run();
}

/* station.yaml: every key, each wrong value at its place, paths and the password. */
#include "base/station.h"

#include "base_folder.h"

#include <glib/gstdio.h>

static char *folder;

static Station *load(const char *yaml, GError **error) {
  g_autofree char *path = g_build_filename(folder, "station.yaml", NULL);
  g_assert_true(file_write(path, yaml, -1, 0644, NULL));
  return station_load(folder, error);
}

#define HEAD "name: Radio d'Aurelle\nlanguage: fr\nzone: Europe/Paris\n"

static void test_defaults(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Station) station =
      load(HEAD "mounts:\n  - {mount: /a.mp3, format: mp3}\n  - {mount: /a.opus, format: opus}\n", &error);
  g_assert_no_error(error);
  g_assert_cmpstr(station->icecast.host, ==, "127.0.0.1");
  g_assert_cmpuint(station->icecast.port, ==, 8000);
  g_assert_cmpstr(station->icecast.user, ==, "source");
  g_assert_cmpint((int)station->icecast.tls, ==, (int)TLS_NONE);
  g_assert_cmpfloat(station->loudness_lufs, ==, -16);
  g_assert_cmpfloat(station->peak_dbtp, ==, -1);
  g_assert_cmpuint(station->mounts[0].bitrate_kbps, ==, 128);
  g_assert_cmpuint(station->mounts[1].bitrate_kbps, ==, 64);
  g_assert_true(g_path_is_absolute(station->folder) && station->zone);
  g_assert_null(station->cover);
}

static void test_every_key(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Station) station = load(
      HEAD
      "url: https://example.org\ncover: voices/cover.jpg\nloudness: -23\npeak: -2.5\n"
      "icecast: {host: radio.example, port: 8443, user: u, password-file: p, tls: required, ca-file: ca.pem}\n"
      "mounts:\n  - {mount: /b.mp3, format: mp3, bitrate: 96, name: N, genre: G, url: U, description: D, public: yes,\n"
      "     host: other.example, port: 9000}\nalso: [flac, wav]\n",
      &error);
  g_assert_no_error(error);
  g_assert_cmpfloat(station->loudness_lufs, ==, -23);
  g_assert_cmpfloat(station->peak_dbtp, ==, -2.5);
  g_assert_cmpint((int)station->icecast.tls, ==, (int)TLS_REQUIRED);
  g_assert_cmpstr(station->icecast.ca_file, ==, "ca.pem");
  const StationMount *mount = &station->mounts[0];
  g_assert_cmpstr(mount->description, ==, "D");
  g_assert_cmpstr(mount->host, ==, "other.example");
  g_assert_cmpuint(mount->port, ==, 9000);
  g_assert_true(mount->is_public);
  g_assert_cmpuint(station->n_also, ==, 2);
  g_assert_cmpint((int)station->also[1], ==, (int)FORMAT_WAV);
}

static void test_wrong(void) {
  static const struct {
    const char *yaml, *wanted;
  } rows[] = {
      {"name: x\nlanguage: fr\n", ":1:1: missing key \"zone\""},
      {"name: \"\"\nlanguage: fr\nzone: UTC\n", ":1:7: a station has a name"},
      {"name: \"a\\r\\nicy-x: y\"\nlanguage: fr\nzone: UTC\n", ":1:7: holds a line's end"},
      {"name: x\nlanguage: français\nzone: UTC\n", ":2:11: unknown language"},
      {"name: x\nlanguage: fr\nzone: Paris\n", ":3:7: unknown time zone \"Paris\""},
      {HEAD "loudness: 3\n", ":4:11: loudness 3.0 is out of range"},
      {HEAD "loudness: -50\n", ":4:11: loudness -50.0 is out of range"},
      {HEAD "peak: -13\n", ":4:7: peak -13.0 is out of range"},
      {HEAD "mounts:\n  - {mount: /a b, format: mp3}\n", ":5:13: a mount begins with"},
      {HEAD "mounts:\n  - {mount: /a, format: mp3, bitrate: 4}\n", ":5:39: 4 is not a bit rate"},
      {HEAD "mounts:\n  - {mount: /a, format: mp3, port: 65536}\n", ":5:36: 65536 is not a port"},
      {HEAD "mounts:\n  - {mount: /a, format: mp3, host: a.example, port: 9000}\n"
            "  - {mount: /a, format: opus, host: A.EXAMPLE, port: 9000}\n",
       ":6:13: the mount /a is there twice"},
      {HEAD "loudness: loud\n", ":4:11: \"loud\" is not a number"},
      {HEAD "peak: 1\n", ":4:7: peak 1.0 is out of range"},
      {HEAD "icecast: {port: 0}\n", ":4:17: 0 is not a port"},
      {HEAD "icecast: {port: 65536}\n", ":4:17: 65536 is not a port"},
      {HEAD "icecast: {tls: maybe}\n", ":4:16: \"maybe\" is none of: none, auto, required, transport"},
      {HEAD "icecast: {password: s3cret}\n", ":4:11: unknown key \"password\""},
      {HEAD "icecast: {host: \"a\\nb\"}\n", ":4:17: holds a line's end"},
      {HEAD "mounts:\n  - {mount: a.mp3, format: mp3}\n", ":5:13: a mount begins with"},
      {HEAD "mounts:\n  - {mount: /, format: mp3}\n", ":5:13: a mount begins with"},
      {HEAD "mounts:\n  - {mount: /../admin, format: mp3}\n", ":5:13: a mount begins with"},
      {HEAD "mounts:\n  - {mount: \"/a\\n\", format: mp3}\n", ":5:13: a mount begins with"},
      {HEAD "mounts:\n  - {mount: /a, format: flac}\n", ":5:25: a mount carries mp3 or opus"},
      {HEAD "mounts:\n  - {mount: /a, format: ogg}\n", ":5:25: \"ogg\" is none of: mp3, opus, flac, aac, wav"},
      {HEAD "mounts:\n  - {mount: /a, format: mp3, bitrate: 0}\n", ":5:39: 0 is not a bit rate"},
      {HEAD "mounts:\n  - {mount: /a, format: mp3, bitrate: 512}\n", ":5:39: 512 is not a bit rate"},
      {HEAD "mounts:\n  - {mount: /a, format: mp3, port: 0}\n", ":5:36: 0 is not a port"},
      {HEAD "mounts:\n  - {mount: /a, format: mp3, genre: \"a\\tb\"}\n", ":5:37: holds a line's end"},
      {HEAD "mounts:\n  - {mount: /a, format: mp3}\n  - {mount: /a, format: opus, port: 8000}\n",
       ":6:13: the mount /a is there twice"},
      {HEAD "also: [flac, flac]\n", ":4:14: flac is there twice"},
      {HEAD "voices: x\n", ":4:1: unknown key \"voices\""},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_null(load(rows[i].yaml, &error));
    g_assert_null(strstr(error->message, "s3cret"));
    assert_failed(&error, CARNET_ERROR_INPUT, rows[i].wanted);
  }
  g_autoptr(GError) error = NULL;
  g_assert_null(station_load("/nowhere", &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "/nowhere/station.yaml: ");
}

/* The same mount of two servers, of two ports of one, and two mounts: none is there twice. */
static void test_apart(void) {
  static const char *const second[] = {"{mount: /a, format: mp3, host: b.example, port: 9000}",
                                       "{mount: /a, format: mp3, host: a.example, port: 9001}",
                                       "{mount: /b, format: mp3, host: a.example, port: 9000}",
                                       "{mount: /a, format: mp3, port: 9000}", "{mount: /a, format: mp3}"};
  for (gsize i = 0; i < G_N_ELEMENTS(second); i++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *yaml = g_strdup_printf(HEAD "icecast: {host: \"\"}\nmounts:\n"
                                                 "  - {mount: /a, format: mp3, host: a.example, port: 9000}\n  - %s\n",
                                            second[i]);
    g_autoptr(Station) station = load(yaml, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(station->n_mounts, ==, 2);
    g_assert_cmpstr(station->icecast.host, ==, "127.0.0.1");
  }
}

static void test_paths(void) {
  g_autoptr(Station) station = load(HEAD, NULL);
  g_autofree char *path = station_path(station, "editions", "x", NULL),
                  *absolute = station_path(station, "/etc/ca.pem", NULL);
  g_autofree char *wanted = g_build_filename(folder, "editions", "x", NULL);
  g_assert_cmpstr(path, ==, wanted);
  g_assert_cmpstr(absolute, ==, "/etc/ca.pem");
  g_autofree char *jingles = station_path(station, "jingles", NULL),
                  *file = station_path(station, "jingles", "début.flac", NULL);
  g_assert_true(folder_make(jingles, NULL) && file_write(file, "x", -1, 0644, NULL));
  static const char *const extensions[] = {"wav", "flac", NULL};
  g_autoptr(GError) error = NULL;
  g_autofree char *found = station_find(station, "jingles", "début", extensions, &error);
  g_assert_cmpstr(found, ==, file);
  g_autofree char *whole = station_find(station, "jingles", "début.flac", NULL, &error);
  g_assert_cmpstr(whole, ==, file);
  static const char *const bad[] = {"", ".", "..", "../station.yaml", "a/b", "a\\b", ".hidden", "a\nb", "\xff"};
  for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_assert_null(station_find(station, "jingles", bad[i], extensions, &error));
    assert_failed(&error, CARNET_ERROR_INPUT, "is not a file's name");
  }
  g_assert_null(station_find(station, "jingles", "fin", extensions, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "no file \"fin\" (.wav, .flac) in ");
  g_autofree char *long_name = g_strnfill(201, 'a');
  g_assert_null(station_find(station, "jingles", long_name, extensions, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "is not a file's name");
  g_assert_null(station_find(station, "jingles", "fin", NULL, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "no file \"fin\" in ");
  static const char *const as_named[] = {NULL};
  g_assert_null(station_find(station, "jingles", "fin", as_named, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "no file \"fin\" in ");
}

static void test_password(void) {
  g_unsetenv("CARNET_ICECAST_PASSWORD");
  g_autoptr(Station) station = load(HEAD, NULL);
  g_autofree char *path = station_path(station, "icecast.password", NULL);
  g_autoptr(GError) error = NULL;
  g_assert_null(station_password(station, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "icecast.password: ");
  g_assert_true(file_write(path, "hack me\r\nsecond line\n", -1, 0600, NULL));
  g_autofree char *password = station_password(station, &error);
  g_assert_cmpstr(password, ==, "hack me");
  for (mode_t mode = 0604; mode <= 0640; mode += 0640 - 0604) {
    g_assert_cmpint(g_chmod(path, mode), ==, 0);
    g_assert_null(station_password(station, &error));
    g_assert_null(strstr(error->message, "hack me"));
    assert_failed(&error, CARNET_ERROR_INPUT, "chmod 600");
  }
  g_assert_true(file_write(path, "\nx", -1, 0600, NULL));
  g_assert_null(station_password(station, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "no password on its first line");
  g_assert_true(file_write(path, "", 0, 0600, NULL));
  g_setenv("CARNET_ICECAST_PASSWORD", "", TRUE); /* as if it were not there */
  g_assert_null(station_password(station, &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "no password on its first line");
  g_setenv("CARNET_ICECAST_PASSWORD", "from outside", TRUE);
  g_autofree char *given = station_password(station, &error);
  g_assert_cmpstr(given, ==, "from outside");
  g_unsetenv("CARNET_ICECAST_PASSWORD");
}

static void test_formats(void) {
  for (int i = 0; i < FORMAT_COUNT; i++)
    g_assert_cmpint(sound_format_parse(sound_format_name((SoundFormat)i)), ==, i);
  g_assert_cmpint(sound_format_parse("OPUS"), ==, FORMAT_OPUS);
  g_assert_cmpint(sound_format_parse("ogg"), ==, -1);
  g_assert_cmpstr(sound_format_extension(FORMAT_AAC), ==, "m4a");
}

/* The repository's root is a station: its file must load. */
static void test_sample(void) {
  g_autoptr(GError) error = NULL;
  if (!g_file_test("station.yaml", G_FILE_TEST_EXISTS)) {
    g_test_skip("not run from the repository's root");
    return;
  }
  g_autoptr(Station) station = station_load(".", &error);
  g_assert_no_error(error);
  g_assert_cmpuint(station->n_mounts, ==, 2);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  folder = folder_of_test();
  g_test_add_func("/station/defaults", test_defaults);
  g_test_add_func("/station/every-key", test_every_key);
  g_test_add_func("/station/wrong", test_wrong);
  g_test_add_func("/station/apart", test_apart);
  g_test_add_func("/station/paths", test_paths);
  g_test_add_func("/station/password", test_password);
  g_test_add_func("/station/formats", test_formats);
  g_test_add_func("/station/sample", test_sample);
  int status = g_test_run();
  remove_folder(folder);
  return status;
}

/* Which files an edition has: one for each format and bit rate that is asked for, by whomever, and never two of the same. */
#include "commands/render.h"

static GArray *outputs;
static Station station;
static StationMount mounts[8];

static void mount(SoundFormat format, unsigned bitrate_kbps) {
  mounts[station.n_mounts] = (StationMount){.format = format, .bitrate_kbps = bitrate_kbps};
  station.mounts = mounts;
  station.n_mounts++;
}

static void begin(void) {
  g_clear_pointer(&outputs, g_array_unref);
  station = (Station){0};
}

static void assert_file(guint i, const char *file) {
  g_assert_cmpuint(i, <, outputs->len);
  g_autofree char *path = g_build_filename("editions/e", file, NULL);
  g_assert_cmpstr(g_array_index(outputs, Output, i).path, ==, path);
}

static void test_none(void) {
  begin();
  outputs = render_outputs_in(&station, "editions/e", NULL, 0);
  g_assert_cmpuint(outputs->len, ==, 2);
  assert_file(0, "bulletin.mp3");
  assert_file(1, "bulletin.opus");
}

static void test_bitrates(void) {
  static const SoundFormat also[] = {FORMAT_MP3, FORMAT_FLAC, FORMAT_WAV, FORMAT_AAC};
  begin();
  mount(FORMAT_MP3, 128);
  mount(FORMAT_MP3, 64);
  mount(FORMAT_MP3, 128);
  mount(FORMAT_OPUS, 48);
  mount(FORMAT_FLAC, 0);
  mount(FORMAT_FLAC, 16); /* it has none */
  outputs = render_outputs_in(&station, "editions/e", also, G_N_ELEMENTS(also));
  g_assert_cmpuint(outputs->len, ==, 6);
  assert_file(0, "bulletin.mp3");
  assert_file(1, "bulletin-64.mp3");
  assert_file(2, "bulletin.opus");
  assert_file(3, "bulletin.flac");
  assert_file(4, "bulletin.wav");
  assert_file(5, "bulletin.m4a");
  static const guint of_mount[] = {0, 1, 0, 2, 3};
  for (guint i = 0; i < G_N_ELEMENTS(of_mount); i++)
    g_assert_cmpuint(render_output_of_mount(outputs, &mounts[i]), ==, of_mount[i]);
}

static void test_station_wants(void) {
  static SoundFormat also[] = {FORMAT_WAV, FORMAT_WAV, FORMAT_OPUS};
  begin();
  mount(FORMAT_OPUS, 96);
  station.n_also = G_N_ELEMENTS(also);
  station.also = also;
  outputs = render_outputs_in(&station, "editions/e", NULL, 0);
  g_assert_cmpuint(outputs->len, ==, 2);
  assert_file(0, "bulletin.opus");
  assert_file(1, "bulletin.wav");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/commands/outputs/none", test_none);
  g_test_add_func("/commands/outputs/bitrates", test_bitrates);
  g_test_add_func("/commands/outputs/station", test_station_wants);
  int status = g_test_run();
  g_clear_pointer(&outputs, g_array_unref);
  return status;
}

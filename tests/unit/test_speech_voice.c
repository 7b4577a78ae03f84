/* voices/NAME.yaml: what may stand in it, what is refused and where; the shipped voices. */
#include "base/error.h"
#include "base/files.h"
#include "speech/voice.h"

#include <string.h>

static Voice *load(const char *yaml, GError **error) {
  g_autofree char *folder = g_dir_make_tmp("carnet-test-voice-XXXXXX", NULL);
  g_autofree char *path = g_build_filename(folder, "anna.yaml", NULL);
  g_assert_true(g_file_set_contents(path, yaml, -1, NULL));
  Voice *voice = voice_load(path, error);
  folder_remove(folder, NULL);
  return voice;
}

static void test_design_sample(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Voice) voice = load("engine: espeak\nvoice: fr\nvariant: f2\nrate: 150\npitch: 55\nword-gap: 2\n"
                                "polish: \"highpass=f=90\"\n",
                                &error);
  g_assert_no_error(error);
  g_assert_cmpstr(voice->name, ==, "anna");
  g_assert_cmpint(voice->engine, ==, ENGINE_ESPEAK);
  g_assert_cmpstr(voice->variant, ==, "f2");
  g_assert_cmpuint(voice->rate_wpm, ==, 150);
  g_assert_cmpuint(voice->pitch, ==, 55);
  g_assert_cmpuint(voice->word_gap, ==, 2);
  g_assert_cmpuint(voice->sentence_pause_ms, ==, 450);
  g_assert_cmpuint(voice->headline_percent, ==, 94);
  g_assert_cmpstr(voice->polish, ==, "highpass=f=90");
}

static void test_command(void) {
  g_autoptr(GError) error = NULL;
  g_autoptr(Voice) voice = load("command: [flite, -voice, slt, -o, \"{out}\"]\nlevel: -2.5\n", &error);
  g_assert_no_error(error);
  g_assert_cmpint(voice->engine, ==, ENGINE_COMMAND);
  g_assert_cmpuint(g_strv_length(voice->command), ==, 5);
  g_assert_cmpstr(voice->command[4], ==, "{out}");
  g_assert_cmpfloat(voice->level_db, ==, -2.5);
  g_assert_false(voice->network);
  g_autoptr(Voice) far = load("engine: command\ncommand: [talk]\nreads: [model.onnx, words]\nnetwork: yes\n", &error);
  g_assert_no_error(error);
  g_assert_true(far->network);
  g_assert_cmpuint(g_strv_length(far->reads), ==, 2);
  g_autoptr(Voice) near = load("command: [talk]\nnetwork: no\n", &error);
  g_assert_false(near->network);
  voice_free(NULL);
}

static void test_errors(void) {
  static const struct {
    const char *yaml, *message;
  } wrong[] = {
      {"voice: fr\nrate: 20\n", "anna.yaml:2:7: rate is 20"},
      {"voice: fr\npitch: 100\n", "anna.yaml:2:8: pitch is 100"},
      {"voice: ../../etc\n", "anna.yaml:1:8: voice holds"},
      {"voice: fr\nvariant: \"a/b\"\n", "anna.yaml:2:10: variant holds"},
      {"engine: command\n", "anna.yaml:1:9: engine command needs"},
      {"engine: espeak\ncommand: [x]\n", "anna.yaml:2:10: engine espeak runs"},
      {"voice: fr\nlevel: 40\n", "anna.yaml:2:8: level is 40"},
      {"voice: fr\nlevel: -21\n", "anna.yaml:2:8: level is -21"},
      {"voice: fr\npitch-range: 100\n", "anna.yaml:2:14: pitch-range is 100"},
      {"voice: fr\nword-gap: 51\n", "anna.yaml:2:11: word-gap is 51"},
      {"voice: fr\nsentence-pause: 3001\n", "anna.yaml:2:17: sentence-pause is 3001"},
      {"voice: fr\nreads: [model.onnx]\n", "anna.yaml:2:8: this is for a command"},
      {"voice: fr\nnetwork: true\n", "anna.yaml:2:10: this is for a command"},
      {"voice: fr\nheadline-rate: 101\n", "anna.yaml:2:16: headline-rate is 101"},
      {"voice: fr\ndeadline: 30\n", "anna.yaml:2:11: this is for a command"},
      {"command: [talk]\ndeadline: 601\n", "anna.yaml:2:11: deadline is 601"},
      {"voicee: fr\n", "anna.yaml:1:"},
      {"voice: fr\nrate: fast\n", "anna.yaml:2:"},
      {"engine: festival\n", "anna.yaml:1:"},
      {"- voice\n", "anna.yaml:1:"},
  };
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_null(load(wrong[i].yaml, &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
    g_test_message("%s", error->message);
    g_assert_nonnull(strstr(error->message, wrong[i].message));
  }
}

static void test_shipped(void) {
  static const char *const names[] = {"claire", "paul", "lucie", "marc", "emma", "john", "elena"};
  for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_strdup_printf("voices/%s.yaml", names[i]);
    g_autoptr(Voice) voice = voice_load(path, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(voice->name, ==, names[i]);
    g_assert_cmpuint(voice->rate_wpm, <=, 160);
    g_assert_cmpuint(voice->word_gap, >=, 1);
    g_assert_cmpstr(voice->polish, !=, "");
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/speech/voice/design-sample", test_design_sample);
  g_test_add_func("/speech/voice/command", test_command);
  g_test_add_func("/speech/voice/errors", test_errors);
  g_test_add_func("/speech/voice/shipped", test_shipped);
  return g_test_run();
}

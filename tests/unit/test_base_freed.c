/* What is freed may be NULL, in every room's words: X_free(NULL) is harmless. */
#include "base/files.h"
#include "base/nursery.h"
#include "base/sandbox.h"
#include "base/station.h"
#include "base/wav.h"
#include "base/yaml.h"

static void test_nothing_is_freed(void) {
  file_draft_free(NULL);
  folder_draft_free(NULL);
  nursery_pool_free(NULL);
  sandbox_free(NULL);
  station_free(NULL);
  wav_reader_free(NULL);
  wav_writer_free(NULL);
  yaml_file_free(NULL);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/base/freed", test_nothing_is_freed);
  return g_test_run();
}

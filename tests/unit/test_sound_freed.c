/* What is freed may be NULL, here too. */
#include "sound/blocks.h"
#include "sound/decode.h"
#include "sound/encode.h"
#include "sound/limiter.h"
#include "sound/measure.h"
#include "sound/mix.h"
#include "sound/monitor.h"
#include "sound/programme.h"

static void test_nothing_is_freed(void) {
  block_unref(NULL);
  block_queue_free(NULL);
  encoder_free(NULL);
  limiter_free(NULL);
  meter_free(NULL);
  mixer_free(NULL);
  monitor_free(NULL);
  packet_queue_unref(NULL);
  programme_free(NULL);
  programme_tags_free(NULL);
  sound_file_free(NULL);
  timeline_unref(NULL);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sound/freed", test_nothing_is_freed);
  return g_test_run();
}

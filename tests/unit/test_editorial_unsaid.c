/* What cannot be said, at whichever moment it is asked for: no bulletin, the reason, and nothing left behind. */
#include "editorial_day.h"

#include "base/error.h"

typedef struct {
  guint calls, most; /* it fails the time after `most` */
} Sayer;

static bool say(GPtrArray *items, gpointer user, GError **error) {
  Sayer *sayer = user;
  for (guint i = 0; i < items->len; i++) {
    RundownItem *item = items->pdata[i];
    if (item->type == ITEM_SPEECH && item->spoken == NULL)
      item->spoken = g_strdup(item->text);
  }
  if (sayer->calls++ < sayer->most)
    return true;
  g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_INPUT, "voices/lexicon.fr.yaml:2:1: no");
  return false;
}

static bool measure(GPtrArray *items, gpointer user, GError **error) {
  (void)user, (void)error;
  for (guint i = 0; i < items->len; i++) {
    RundownItem *item = items->pdata[i];
    item->frames = item->type == ITEM_SPEECH ? g_utf8_strlen(item->text, -1) * FRAME_RATE / 14 : FRAME_RATE * 6;
  }
  return true;
}

static void test_each_time(void) {
  g_autoptr(Script) script = day_script("midi");
  g_autoptr(GRand) random = g_rand_new_with_seed(8);
  g_autoptr(GPtrArray) day = day_random(random, 30);
  ComposeInput input = day_input(script, day);
  input.say = say;
  bool composed = false;
  for (guint most = 0; !composed; most++) {
    g_assert_cmpuint(most, <, 1000);
    g_autoptr(GError) error = NULL;
    Sayer sayer = {0, most};
    g_autoptr(Rundown) rundown = compose_rundown(&input, measure, &sayer, NULL, &error);
    composed = rundown != NULL;
    g_assert_true(composed == (error == NULL));
    g_assert_cmpuint(sayer.calls, ==, composed ? most : most + 1); /* it is not asked again */
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/editorial/unsaid/each-time", test_each_time);
  return g_test_run();
}

/* Blocks between the mixer and an encoder: bounded, in order, and nobody waits once it is stopped. */
#include "sound/blocks.h"

#define MOST 4

static void push(BlockQueue *queue, gint64 at) {
  g_autoptr(Block) block = block_new(at, 1);
  g_assert_true(block_queue_push(queue, block));
}

static gint64 pop(BlockQueue *queue) {
  g_autoptr(Block) block = block_queue_pop(queue);
  return block != NULL ? block->start_frame : -1;
}

typedef struct {
  BlockQueue *queue;
  gint64 pushed; /* its own until it is joined */
} Mixer;

/* Pushes until it is told to stop. */
static gpointer mix(gpointer data) {
  Mixer *mixer = data;
  for (;;) {
    g_autoptr(Block) block = block_new(mixer->pushed, 1);
    if (!block_queue_push(mixer->queue, block)) {
      return NULL;
    }
    mixer->pushed++;
  }
}

/* The mixer never runs further ahead than the queue is long, and goes on when half of it is gone. */
static void test_bounded(void) {
  BlockQueue *queue = block_queue_new(MOST);
  Mixer mixer = {queue, 0};
  GThread *thread = g_thread_new("mixer", mix, &mixer);
  for (gint64 i = 0; i < 100; i++) {
    g_assert_cmpint(pop(queue), ==, i);
  }
  block_queue_stop(queue);
  g_thread_join(thread);
  g_assert_cmpint(mixer.pushed, >=, 100);
  g_assert_cmpint(mixer.pushed, <=, 100 + MOST);
  g_assert_null(block_queue_pop(queue));
  block_queue_free(queue); /* with what is still in it */
}

static gpointer pop_all(gpointer data) {
  gint64 n = 0;
  while (pop(data) >= 0) {
    n++;
  }
  return GSIZE_TO_POINTER((gsize)n);
}

/* Who waits for a block gets each of them, and the end. */
static void test_ended(void) {
  BlockQueue *queue = block_queue_new(MOST);
  GThread *encoder = g_thread_new("encoder", pop_all, queue);
  for (gint64 i = 0; i < 50; i++) {
    push(queue, i);
  }
  g_assert_false(block_queue_is_ended(queue));
  block_queue_end(queue);
  g_assert_cmpuint(GPOINTER_TO_SIZE(g_thread_join(encoder)), ==, 50);
  g_assert_true(block_queue_is_ended(queue));
  block_queue_stop(queue); /* then it did not end in order */
  g_assert_false(block_queue_is_ended(queue));
  block_queue_free(queue);
}

static void test_stopped(void) {
  BlockQueue *queue = block_queue_new(MOST);
  for (gint64 i = 0; i < MOST; i++) {
    push(queue, i);
  }
  block_queue_stop(queue);
  g_autoptr(Block) block = block_new(0, 1);
  g_assert_false(block_queue_push(queue, block)); /* full, and it does not wait */
  g_assert_cmpint(block->refs, ==, 1);
  g_assert_null(block_queue_pop(queue));
  block_queue_free(queue);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/sound/blocks/bounded", test_bounded);
  g_test_add_func("/sound/blocks/ended", test_ended);
  g_test_add_func("/sound/blocks/stopped", test_stopped);
  return g_test_run();
}

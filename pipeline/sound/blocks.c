#include "sound/blocks.h"

struct BlockQueue {
  GMutex mutex;
  GCond changed;
  GQueue blocks;
  guint max_blocks;
  bool ended, stopped, full; /* full: the mixer waits until half of it is gone, not to be woken for each block */
};

Block *block_new(gint64 start_frame, guint frames) {
  Block *block = g_malloc(sizeof(Block) + sizeof(float) * PROGRAMME_CHANNELS * frames);
  block->refs = 1;
  block->start_frame = start_frame;
  block->frames = frames;
  return block;
}

Block *block_ref(Block *block) {
  g_atomic_int_inc(&block->refs);
  return block;
}

void block_unref(Block *block) {
  if (block != NULL && g_atomic_int_dec_and_test(&block->refs)) {
    g_free(block);
  }
}

static void free_block(gpointer block) {
  block_unref(block);
}

BlockQueue *block_queue_new(guint max_blocks) {
  BlockQueue *queue = g_new0(BlockQueue, 1);
  g_mutex_init(&queue->mutex);
  g_cond_init(&queue->changed);
  g_queue_init(&queue->blocks);
  queue->max_blocks = max_blocks;
  return queue;
}

void block_queue_free(BlockQueue *queue) {
  if (queue == NULL) {
    return;
  }
  g_queue_clear_full(&queue->blocks, free_block);
  g_mutex_clear(&queue->mutex);
  g_cond_clear(&queue->changed);
  g_free(queue);
}

bool block_queue_push(BlockQueue *queue, Block *block) {
  g_mutex_lock(&queue->mutex);
  queue->full = queue->blocks.length >= queue->max_blocks;
  while (!queue->stopped && queue->full) {
    g_cond_wait(&queue->changed, &queue->mutex);
  }
  bool going_on = !queue->stopped;
  if (going_on) {
    g_queue_push_tail(&queue->blocks, block_ref(block));
  }
  if (queue->blocks.length == 1) { /* the encoder may have been waiting */
    g_cond_broadcast(&queue->changed);
  }
  g_mutex_unlock(&queue->mutex);
  return going_on;
}

Block *block_queue_pop(BlockQueue *queue) {
  g_mutex_lock(&queue->mutex);
  while (!queue->stopped && !queue->ended && g_queue_is_empty(&queue->blocks)) {
    g_cond_wait(&queue->changed, &queue->mutex);
  }
  Block *block = queue->stopped ? NULL : g_queue_pop_head(&queue->blocks);
  if (queue->full && queue->blocks.length <= queue->max_blocks / 2) {
    queue->full = false;
    g_cond_broadcast(&queue->changed);
  }
  g_mutex_unlock(&queue->mutex);
  return block;
}

void block_queue_end(BlockQueue *queue) {
  g_mutex_lock(&queue->mutex);
  queue->ended = true;
  g_cond_broadcast(&queue->changed);
  g_mutex_unlock(&queue->mutex);
}

void block_queue_stop(BlockQueue *queue) {
  g_mutex_lock(&queue->mutex);
  queue->stopped = true;
  g_cond_broadcast(&queue->changed);
  g_mutex_unlock(&queue->mutex);
}

bool block_queue_is_ended(BlockQueue *queue) {
  g_mutex_lock(&queue->mutex);
  bool ended = queue->ended && !queue->stopped;
  g_mutex_unlock(&queue->mutex);
  return ended;
}

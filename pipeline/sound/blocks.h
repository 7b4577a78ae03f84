/* Blocks of mixed sound between the mixer's thread and the encoders': made
 * once, shared by reference, in bounded queues. Sound is float32, 48 kHz,
 * stereo, interleaved. */
#ifndef CARNET_SOUND_BLOCKS_H
#define CARNET_SOUND_BLOCKS_H

#include <glib.h>
#include <stdbool.h>

#define PROGRAMME_CHANNELS 2u

typedef struct {
  gint refs;
  gint64 start_frame;
  guint frames;
  float samples[]; /* frames * PROGRAMME_CHANNELS */
} Block;

Block *block_new(gint64 start_frame, guint frames); /* samples not set */
Block *block_ref(Block *block);
void block_unref(Block *block);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Block, block_unref)

typedef struct BlockQueue BlockQueue;
BlockQueue *block_queue_new(guint max_blocks);
void block_queue_free(BlockQueue *queue);
/* Waits while the queue is full. Takes a reference of its own. False when stopped. */
bool block_queue_push(BlockQueue *queue, Block *block);
/* Waits for a block (block_unref). NULL at the end, or when stopped. */
Block *block_queue_pop(BlockQueue *queue);
/* No more will be pushed. */
void block_queue_end(BlockQueue *queue);
/* Both sides go home: nobody waits any more. */
void block_queue_stop(BlockQueue *queue);
/* True when it ended in order, false when it was stopped. */
bool block_queue_is_ended(BlockQueue *queue);

#endif

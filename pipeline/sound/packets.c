#include "sound/packets.h"

struct PacketQueue {
  gint refs;
  GMutex mutex;
  GCond changed;
  GQueue packets; /* Packet*, in order */
  gsize nbytes, max_bytes;
  gsize wanted; /* bytes that the taker waits for; waking it for each packet costs as much as the packet */
  StreamHeader header;
  bool has_header, finished, cancelled, full; /* full: the pusher waits until half of it is gone */
  GError *error;                              /* packet_queue_fail */
};

void packet_clear(Packet *packet) {
  g_clear_pointer(&packet->data, g_bytes_unref);
}

static void packet_free(gpointer packet) {
  packet_clear(packet);
  g_free(packet);
}

PacketQueue *packet_queue_new(gsize max_bytes) {
  PacketQueue *queue = g_new0(PacketQueue, 1);
  queue->refs = 1;
  queue->max_bytes = max_bytes;
  g_mutex_init(&queue->mutex);
  g_cond_init(&queue->changed);
  g_queue_init(&queue->packets);
  return queue;
}

PacketQueue *packet_queue_ref(PacketQueue *queue) {
  g_atomic_int_inc(&queue->refs);
  return queue;
}

void packet_queue_unref(PacketQueue *queue) {
  if (queue == NULL || !g_atomic_int_dec_and_test(&queue->refs)) {
    return;
  }
  g_queue_clear_full(&queue->packets, packet_free);
  g_clear_pointer(&queue->header.header, g_bytes_unref);
  g_clear_error(&queue->error);
  g_mutex_clear(&queue->mutex);
  g_cond_clear(&queue->changed);
  g_free(queue);
}

/* Ends a change: whoever waits looks again. */
static void changed(PacketQueue *queue) {
  g_cond_broadcast(&queue->changed);
  g_mutex_unlock(&queue->mutex);
}

/* --- the encoder's side ---------------------------------------------------- */

void packet_queue_set_header(PacketQueue *queue, const StreamHeader *header) {
  g_mutex_lock(&queue->mutex);
  if (!queue->has_header) { /* borrowed by the taker from then on: never changed */
    queue->header = *header;
    if (header->header != NULL) {
      g_bytes_ref(header->header);
    }
    queue->has_header = true;
  }
  changed(queue);
}

/* Nobody will take, or push, any more. */
static bool is_over(const PacketQueue *queue) {
  return queue->cancelled || queue->finished || queue->error != NULL;
}

bool packet_queue_push(PacketQueue *queue, gint64 start_frame, guint frames, GBytes *data) {
  gsize nbytes = g_bytes_get_size(data);
  g_mutex_lock(&queue->mutex);
  /* A packet larger than the queue goes in when it is alone. */
  queue->full = queue->nbytes > 0 && queue->nbytes + nbytes > queue->max_bytes;
  while (!is_over(queue) && queue->full) {
    g_cond_wait(&queue->changed, &queue->mutex);
  }
  if (is_over(queue)) {
    g_mutex_unlock(&queue->mutex);
    g_bytes_unref(data);
    return false;
  }
  Packet *packet = g_new0(Packet, 1);
  *packet = (Packet){.start_frame = start_frame, .frames = frames, .data = data};
  g_queue_push_tail(&queue->packets, packet);
  queue->nbytes += nbytes;
  if (queue->nbytes >= queue->wanted) {
    g_cond_broadcast(&queue->changed);
  }
  g_mutex_unlock(&queue->mutex);
  return true;
}

void packet_queue_finish(PacketQueue *queue) {
  g_mutex_lock(&queue->mutex);
  queue->finished = true;
  changed(queue);
}

void packet_queue_fail(PacketQueue *queue, const GError *error) {
  g_mutex_lock(&queue->mutex);
  if (queue->error == NULL && !queue->finished) {
    queue->error = g_error_copy(error);
  }
  changed(queue);
}

/* --- playout's side -------------------------------------------------------- */

/* What the taker finds when there is no packet. */
static PacketState state_when_empty(const PacketQueue *queue) {
  if (queue->error != NULL) {
    return PACKET_FAILED;
  }
  return queue->finished || queue->cancelled ? PACKET_END : PACKET_NOT_YET;
}

PacketState packet_queue_header(PacketQueue *queue, const StreamHeader **header) {
  g_mutex_lock(&queue->mutex);
  PacketState state = queue->has_header ? PACKET_READY : state_when_empty(queue);
  *header = queue->has_header ? &queue->header : NULL;
  g_mutex_unlock(&queue->mutex);
  return state;
}

PacketState packet_queue_take(PacketQueue *queue, Packet *packet, GError **error) {
  g_mutex_lock(&queue->mutex);
  Packet *first = g_queue_pop_head(&queue->packets);
  PacketState state = PACKET_READY;
  if (first != NULL) {
    *packet = *first;
    g_free(first);
    queue->nbytes -= g_bytes_get_size(packet->data);
  } else {
    *packet = (Packet){0};
    state = state_when_empty(queue);
    if (state == PACKET_FAILED) {
      g_propagate_error(error, g_error_copy(queue->error));
    }
  }
  if (queue->full && queue->nbytes <= queue->max_bytes / 2) {
    queue->full = false;
    g_cond_broadcast(&queue->changed);
  }
  g_mutex_unlock(&queue->mutex);
  return state;
}

gint64 packet_queue_next_frame(PacketQueue *queue) {
  g_mutex_lock(&queue->mutex);
  const Packet *first = g_queue_peek_head(&queue->packets);
  gint64 frame = first != NULL ? first->start_frame : -1;
  g_mutex_unlock(&queue->mutex);
  return frame;
}

void packet_queue_wait(PacketQueue *queue, gsize nbytes) {
  g_mutex_lock(&queue->mutex);
  queue->wanted = MIN(nbytes, queue->max_bytes / 2);
  while (queue->nbytes < queue->wanted && !is_over(queue) && !queue->full) {
    g_cond_wait(&queue->changed, &queue->mutex);
  }
  g_mutex_unlock(&queue->mutex);
}

void packet_queue_cancel(PacketQueue *queue) {
  g_mutex_lock(&queue->mutex);
  queue->cancelled = true;
  g_queue_clear_full(&queue->packets, packet_free);
  queue->nbytes = 0;
  changed(queue);
}

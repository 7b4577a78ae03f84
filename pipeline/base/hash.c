#include "base/hash.h"

guint64 hash_bytes(gconstpointer data, gsize nbytes) {
  guint64 hash = G_GUINT64_CONSTANT(14695981039346656037);
  const guint8 *bytes = data;
  for (gsize i = 0; i < nbytes; i++)
    hash = (hash ^ bytes[i]) * G_GUINT64_CONSTANT(1099511628211);
  return hash;
}

#include "base/digest.h"

#include <sodium.h>
#include <string.h>

#define DIGEST_BYTES 32

/* libsodium finds out what this processor can do. Without it the sums are the same, and slower. */
static gpointer find_out(G_GNUC_UNUSED gpointer unused) {
  return GINT_TO_POINTER(sodium_init());
}

char *digest_make(const char *data, gssize nbytes) {
  static GOnce once = G_ONCE_INIT;
  g_once(&once, find_out, NULL);
  guint8 sum[DIGEST_BYTES];
  char hex[2 * DIGEST_BYTES + 1];
  crypto_generichash(sum, sizeof sum, (const guint8 *)data, nbytes < 0 ? strlen(data) : (gsize)nbytes, NULL, 0);
  sodium_bin2hex(hex, sizeof hex, sum, sizeof sum);
  return g_strdup(hex);
}

/* Passwords, and words that nobody can guess (with digest.h the only callers of libsodium). Passwords are kept by Argon2id
 * (RFC 9106) with 32 MiB and 3 passes: half a second of a small machine, and one at a time. A token is kept as its BLAKE2b sum alone (RFC 7693). */
#ifndef CARNET_BASE_SECRET_H
#define CARNET_BASE_SECRET_H

#include <glib.h>
#include <stdbool.h>

#define PASSWORD_LEAST 10 /* characters; NIST SP 800-63B: length alone, no rule about which */
#define PASSWORD_MOST 500 /* bytes */

/* Before all others; again is harmless. */
bool secret_start(GError **error);
/* 256 bits as base64url. Returns (g_free). */
char *secret_token(void);
/* 60 bits for a person to type: "K7QW-9M2C-XH4T", without 0, 1, I, L, O, U. Returns (g_free). */
char *secret_code(void);
/* What is kept of either; of a code the same however it was typed (case, spaces, dashes). Returns (g_free). */
char *secret_digest(const char *word);
bool secret_equal(const char *a, const char *b); /* in a time that tells nothing; NULL is equal to nothing */

/* Long enough, and not too long: else INPUT. */
bool password_check(const char *password, GError **error);
/* Returns (g_free), or NULL: no memory for it (SYSTEM). */
char *password_hash(const char *password, GError **error);
/* `hash` NULL (nobody has that name) takes as long, and is false. */
bool password_matches(const char *hash, const char *password);

#endif

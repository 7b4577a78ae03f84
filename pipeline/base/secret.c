#include "base/secret.h"

#include "base/digest.h"
#include "base/error.h"
#include "base/i18n.h"

#include <sodium.h>
#include <string.h>

#define TOKEN_BYTES 32
#define CODE_LETTERS 12
#define PASSES 3
#define PASSWORD_BYTES (32u << 20)

static GMutex one_at_a_time; /* or a few who log in take all the memory of a small machine */

bool secret_start(GError **error) {
  if (sodium_init() >= 0)
    return true;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("libsodium has no random numbers here"));
  return false;
}

char *secret_token(void) {
  guint8 bytes[TOKEN_BYTES];
  char text[sodium_base64_ENCODED_LEN(TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
  randombytes_buf(bytes, sizeof bytes);
  sodium_bin2base64(text, sizeof text, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return g_strdup(text);
}

char *secret_code(void) {
  static const char letters[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ"; /* none looks like another */
  GString *code = g_string_new(NULL);
  for (guint i = 0; i < CODE_LETTERS; i++) {
    if (i > 0 && i % 4 == 0)
      g_string_append_c(code, '-');
    g_string_append_c(code, letters[randombytes_uniform(sizeof letters - 1)]);
  }
  return g_string_free(code, FALSE);
}

/* A code is as long as no token is; its letters are told apart without case. */
static char *plain(const char *word) {
  GString *text = g_string_new(NULL);
  for (const char *at = word; *at; at++)
    if (g_ascii_isalnum(*at))
      g_string_append_c(text, g_ascii_toupper(*at));
  bool is_code = text->len == CODE_LETTERS;
  char *letters = g_string_free(text, !is_code);
  return is_code ? letters : g_strdup(word);
}

char *secret_digest(const char *word) {
  g_autofree char *text = plain(word);
  return digest_make(text, -1);
}

bool secret_equal(const char *a, const char *b) {
  return a && b && strlen(a) == strlen(b) && sodium_memcmp(a, b, strlen(a)) == 0;
}

bool password_check(const char *password, GError **error) {
  bool is_long = g_utf8_validate(password, -1, NULL) && g_utf8_strlen(password, -1) >= PASSWORD_LEAST;
  if (is_long && strlen(password) <= PASSWORD_MOST)
    return true;
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_INPUT,
              _("a password has at least %d characters: some words that belong together only for you"), PASSWORD_LEAST);
  return false;
}

char *password_hash(const char *password, GError **error) {
  char text[crypto_pwhash_STRBYTES];
  g_mutex_lock(&one_at_a_time);
  int status =
      crypto_pwhash_str_alg(text, password, strlen(password), PASSES, PASSWORD_BYTES, crypto_pwhash_ALG_ARGON2ID13);
  g_mutex_unlock(&one_at_a_time);
  if (status == 0)
    return g_strdup(text);
  g_set_error(error, CARNET_ERROR, CARNET_ERROR_SYSTEM, _("not enough memory for a password"));
  return NULL;
}

/* Of no password at all. */
static const char *nobody(void) {
  static char *hash;
  if (g_once_init_enter(&hash)) {
    g_autofree char *token = secret_token();
    char *made = password_hash(token, NULL);
    g_once_init_leave(&hash, made ? made : g_strdup(""));
  }
  return hash;
}

bool password_matches(const char *hash, const char *password) {
  const char *against = hash ? hash : nobody();
  g_mutex_lock(&one_at_a_time);
  bool same = crypto_pwhash_str_verify(against, password, strlen(password)) == 0;
  g_mutex_unlock(&one_at_a_time);
  return hash && same;
}

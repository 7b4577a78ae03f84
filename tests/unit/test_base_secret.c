/* Passwords, tokens and codes: what fits and what does not, and that no two are the same. */
#include "base/secret.h"

#include "base/error.h"

#include <string.h>

static void test_tokens(void) {
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < 1000; i++) {
    char *token = secret_token();
    g_assert_cmpuint(strlen(token), ==, 43);
    g_assert_cmpuint(strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), ==, 43);
    g_assert_true(g_hash_table_add(seen, token));
  }
}

static void test_codes(void) {
  g_autofree char *code = secret_code(), *other = secret_code();
  g_assert_cmpuint(strlen(code), ==, 14);
  g_assert_cmpstr(code, !=, other);
  g_assert_cmpuint(strspn(code, "23456789ABCDEFGHJKMNPQRSTVWXYZ-"), ==, 14);
  /* As a person types it. */
  g_autofree char *lower = g_ascii_strdown(code, -1);
  g_autofree char *spaced = g_strdelimit(g_strdup(lower), "-", ' ');
  g_autofree char *digest = secret_digest(code), *same = secret_digest(spaced), *another = secret_digest(other);
  g_assert_cmpstr(digest, ==, same);
  g_assert_cmpstr(digest, !=, another);
  g_assert_cmpuint(strlen(digest), ==, 64);
}

/* A token's letters are told apart by case, as a code's are not. */
static void test_digest_of_tokens(void) {
  g_autofree char *token = secret_token(), *upper = g_ascii_strup(token, -1);
  g_autofree char *digest = secret_digest(token), *other = secret_digest(upper), *none = secret_digest("");
  g_assert_cmpstr(digest, !=, other);
  g_assert_cmpstr(digest, !=, none);
}

static void test_equal(void) {
  g_assert_true(secret_equal("abc", "abc"));
  g_assert_false(secret_equal("abc", "abd"));
  g_assert_false(secret_equal("abc", "ab"));
  g_assert_false(secret_equal(NULL, "a"));
  g_assert_false(secret_equal("a", NULL));
}

static void test_password(void) {
  g_autoptr(GError) error = NULL;
  g_autofree char *hash = password_hash("correct cheval pile", &error);
  g_assert_no_error(error);
  g_assert_true(g_str_has_prefix(hash, "$argon2id$v=19$m=32768,t=3,p=1$"));
  g_autofree char *salted = password_hash("correct cheval pile", &error);
  g_assert_cmpstr(hash, !=, salted);
  g_assert_true(password_matches(hash, "correct cheval pile"));
  g_assert_false(password_matches(hash, "correct cheval pilf"));
  g_assert_false(password_matches(hash, ""));
  g_assert_false(password_matches(NULL, "correct cheval pile"));
  g_assert_false(password_matches("no hash", "correct cheval pile"));
}

static void test_check(void) {
  g_autofree char *long_one = g_strnfill(PASSWORD_MOST + 1, 'a');
  const char *wrong[] = {"", "123456789", "éééééé", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", long_one};
  g_assert_true(password_check("1234567890", NULL));
  g_assert_true(password_check("éèàùçéèàùç", NULL));
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    g_assert_false(password_check(wrong[i], &error));
    g_assert_error(error, CARNET_ERROR, CARNET_ERROR_INPUT);
  }
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_assert_true(secret_start(NULL) && secret_start(NULL));
  g_test_add_func("/base/secret/tokens", test_tokens);
  g_test_add_func("/base/secret/codes", test_codes);
  g_test_add_func("/base/secret/digest-of-tokens", test_digest_of_tokens);
  g_test_add_func("/base/secret/equal", test_equal);
  g_test_add_func("/base/secret/password", test_password);
  g_test_add_func("/base/secret/check", test_check);
  return g_test_run();
}

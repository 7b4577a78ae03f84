/* Work in children that crash, hang and are killed. The request's first word
 * tells the child what to do to itself. */
#include "base/nursery.h"
#include "base/sandbox.h"

#include "base_attacks.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int prepared; /* set in the nursery alone */

static bool prepare(gpointer user, GError **error) {
  (void)user;
  (void)error;
  prepared = 42;
  return true;
}

static bool prepare_badly(gpointer user, GError **error) {
  (void)user;
  g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_INPUT, "no voice data in /nowhere");
  return false;
}

static bool prepare_silently(gpointer user, GError **error) {
  (void)user, (void)error;
  return false;
}

static bool put(int fd, const char *data, gsize nbytes) {
  for (gsize done = 0; done < nbytes;) {
    ssize_t n = write(fd, data + done, nbytes - done);
    if (n <= 0)
      return false;
    done += (gsize)n;
  }
  return true;
}

static void spin(void) {
  for (volatile guint64 i = 0;; i++)
    ;
}

static void eat_memory(void) {
  for (;;) {
    char *volatile more = malloc(1u << 20); /* a compiler that sees through it would do without */
    if (!more)
      abort();
    memset(more, 1, 1u << 20);
  }
}

static void leave_grandchild(int out_fd) {
  if (fork() == 0) {
    sleep(30);
    _exit(0);
  }
  dprintf(out_fd, "left one behind");
}

/* The names of the attacks that got through, a line each. */
static void attack(int out_fd) {
  for (gsize i = 0; i < G_N_ELEMENTS(attacks); i++)
    if (attacks[i].run() == 0)
      dprintf(out_fd, "%s\n", attacks[i].name);
  for (gsize i = 0; i < G_N_ELEMENTS(job_attacks); i++)
    if (job_attacks[i].run() == 0)
      dprintf(out_fd, "%s\n", job_attacks[i].name);
  if (kill(getppid(), 0) == 0)
    dprintf(out_fd, "signal the nursery\n");
  if (setsid() >= 0 || setpgid(0, getppid()) == 0)
    dprintf(out_fd, "leave the group\n");
  if (g_getenv("CARNET_ICECAST_PASSWORD") && *g_getenv("CARNET_ICECAST_PASSWORD"))
    dprintf(out_fd, "read the password in the environment\n");
}

/* As many as it may, at most `most`; each holds what was lent, and waits. */
static void fork_often(int most, int out_fd) {
  int n = 0;
  while (n < most) {
    pid_t pid = fork();
    if (pid == 0)
      for (;;)
        pause();
    if (pid < 0)
      break;
    n++;
  }
  dprintf(out_fd, "%d", n);
}

static bool fail_as(const char *request, GError **error) {
  if (g_str_has_prefix(request, "fail-input"))
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_INPUT, "not a sound file");
  else if (g_str_has_prefix(request, "fail-again"))
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_AGAIN, "busy");
  else if (g_str_has_prefix(request, "fail-foreign"))
    g_set_error_literal(error, G_FILE_ERROR, G_FILE_ERROR_NOENT, "gone");
  else if (g_str_has_prefix(request, "fail-long")) {
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 400; i++)
      g_string_append(text, "é");
    g_set_error_literal(error, CARNET_ERROR, CARNET_ERROR_INPUT, text->str);
  }
  return false;
}

static bool task(const char *request, gsize nbytes, int out_fd, gpointer user, GError **error) {
  (void)user;
  if (nbytes > 100)
    return put(out_fd, request, nbytes); /* an echo */
  g_autofree char *word = g_strndup(request, nbytes);
  if (g_str_has_prefix(word, "fail"))
    return fail_as(word, error);
  if (strcmp(word, "environment") == 0)
    dprintf(out_fd, "%s, %s", g_getenv("CARNET_NOTE"), g_getenv("CARNET_API_KEY"));
  if (strcmp(word, "one line") == 0) {
    fprintf(stderr, "one line alone");
    _exit(3);
  }
  if (strcmp(word, "crash") == 0) {
    fprintf(stderr, "a first line\nand \x1b[31mlast words\n");
    signal(SIGABRT, SIG_DFL);
    raise(SIGABRT);
  }
  if (strcmp(word, "hang") == 0)
    sleep(60);
  if (strcmp(word, "spin") == 0)
    spin();
  if (strcmp(word, "eat") == 0)
    eat_memory();
  if (strcmp(word, "flood") == 0)
    for (;;)
      put(out_fd, word, nbytes);
  if (strcmp(word, "leave") == 0)
    leave_grandchild(out_fd);
  if (strcmp(word, "print") == 0)
    printf("this must not reach our output\n"), fflush(stdout);
  if (strcmp(word, "who") == 0)
    dprintf(out_fd, "%d %d", prepared, (int)getppid());
  if (strcmp(word, "descriptors") == 0)
    for (int fd = 3; fd < 64; fd++)
      if (fcntl(fd, F_GETFD) >= 0)
        dprintf(out_fd, "x");
  if (strcmp(word, "exit") == 0)
    _exit(7);
  if (strcmp(word, "attack") == 0)
    attack(out_fd);
  if (strcmp(word, "forks") == 0)
    fork_often(50, out_fd);
  if (strcmp(word, "lent") == 0)
    dprintf(out_fd, "%d", nursery_lent(1) >= 0 && nursery_lent(2) < 0 && write(nursery_lent(0), "x", 1) == 1);
  if (strcmp(word, "die halfway") == 0) {
    put(out_fd, "half an ans", 11);
    raise(SIGSEGV);
  }
  if (strcmp(word, "die after") == 0) {
    put(out_fd, "a whole answer", 14);
    raise(SIGKILL);
  }
  if (strcmp(word, "deaf and dumb") == 0) {
    for (int fd = 0; fd < 64; fd++)
      close(fd);
    for (;;)
      pause();
  }
  if (g_str_has_prefix(word, "count ")) {
    static int calls; /* a fresh child for each call: always 1 */
    dprintf(out_fd, "%s %d", word + 6, ++calls);
  }
  return true;
}

static NurseryPool *pool_of(guint count, NurseryLimits limits) {
  g_autoptr(GError) error = NULL;
  if (limits.deadline_ms == 0)
    limits.deadline_ms = 20000;
  NurseryPool *pool = nursery_pool_new(count, prepare, task, NULL, &limits, &error);
  g_assert_no_error(error);
  return pool;
}

static char *call(NurseryPool *pool, const char *request, GError **error) {
  g_autoptr(GBytes) answer = nursery_call(pool, request, strlen(request), error);
  gsize nbytes;
  const char *data = answer ? g_bytes_get_data(answer, &nbytes) : NULL;
  return answer ? g_strndup(data ? data : "", data ? nbytes : 0) : NULL;
}

static void test_answers(void) {
  g_autoptr(NurseryPool) pool = pool_of(1, (NurseryLimits){0});
  g_autoptr(GError) error = NULL;
  g_assert_cmpuint(nursery_pool_count(pool), ==, 1);
  for (int i = 0; i < 3; i++) {
    g_autofree char *answer = call(pool, "count a", &error);
    g_assert_cmpstr(answer, ==, "a 1");
  }
  g_autofree char *empty = call(pool, "nothing", &error);
  g_assert_cmpstr(empty, ==, "");
  g_autofree char *none = call(pool, "", &error);
  g_assert_cmpstr(none, ==, "");
  g_autofree char *who = call(pool, "who", &error);
  g_assert_true(g_str_has_prefix(who, "42 "));
  g_assert_cmpint(prepared, ==, 0);
  g_autofree char *printed = call(pool, "print", &error);
  g_assert_cmpstr(printed, ==, "");
  g_assert_no_error(error);
}

static void test_crash(void) {
  g_autoptr(NurseryPool) pool = pool_of(1, (NurseryLimits){0});
  g_autoptr(GError) error = NULL;
  g_assert_null(call(pool, "crash", &error));
  g_assert_cmpstr(error->message, ==, "crashed (SIGABRT): and \\x1B[31mlast words");
  assert_failed(&error, CARNET_ERROR_SYSTEM, "SIGABRT");
  g_assert_null(call(pool, "exit", &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "failed");
  g_assert_null(call(pool, "one line", &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "failed: one line alone");
  g_autofree char *after = call(pool, "count b", &error);
  g_assert_cmpstr(after, ==, "b 1");
}

static void test_deadline(void) {
  g_autoptr(NurseryPool) pool = pool_of(1, (NurseryLimits){.deadline_ms = 200});
  g_autoptr(GError) error = NULL;
  g_assert_null(call(pool, "hang", &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "took more than 0.2 s");
}

static void test_limits(void) {
  g_autoptr(NurseryPool) pool =
      pool_of(1, (NurseryLimits){.memory_bytes = 64u << 20, .output_bytes = 100000, .cpu_seconds = 1});
  g_autoptr(GError) error = NULL;
  g_assert_null(call(pool, "spin", &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "used too much processor time");
  g_assert_null(call(pool, "flood", &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "wrote too much");
}

static void test_memory(void) {
#if defined(__SANITIZE_ADDRESS__)
  g_test_skip("a sanitizer maps terabytes: the limit is off there");
#else
  g_autoptr(NurseryPool) pool = pool_of(1, (NurseryLimits){.memory_bytes = 64u << 20});
  g_autoptr(GError) error = NULL;
  g_assert_null(call(pool, "eat", &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "SIGABRT");
#endif
}

static void test_task_errors(void) {
  g_autoptr(NurseryPool) pool = pool_of(1, (NurseryLimits){0});
  g_autoptr(GError) error = NULL;
  g_assert_null(call(pool, "fail-input", &error));
  assert_failed(&error, CARNET_ERROR_INPUT, "not a sound file");
  g_assert_null(call(pool, "fail-again", &error));
  assert_failed(&error, CARNET_ERROR_AGAIN, "busy");
  g_assert_null(call(pool, "fail-foreign", &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "gone");
  g_assert_null(call(pool, "fail-silently", &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "");
  g_assert_null(call(pool, "fail-long", &error));
  g_assert_true(g_utf8_validate(error->message, -1, NULL));
  assert_failed(&error, CARNET_ERROR_INPUT, "éééé");
}

static void test_prepare_fails(void) {
  NurseryLimits limits = {.deadline_ms = 5000};
  g_autoptr(GError) error = NULL;
  g_autoptr(NurseryPool) pool = nursery_pool_new(1, prepare_badly, task, NULL, &limits, &error);
  g_assert_no_error(error);
  for (int i = 0; i < 2; i++) {
    g_assert_null(call(pool, "count a", &error));
    assert_failed(&error, CARNET_ERROR_INPUT, "no voice data");
  }
  g_autoptr(NurseryPool) silent = nursery_pool_new(1, prepare_silently, task, NULL, &limits, &error);
  g_assert_null(call(silent, "count a", &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "cannot start");
}

/* A secret is known by the name that it has, not by what is said of it. */
static void test_secrets(void) {
  g_setenv("CARNET_NOTE", "the PASSWORD is at the desk", TRUE);
  g_setenv("CARNET_API_KEY", "f00", TRUE);
  g_autoptr(NurseryPool) pool = pool_of(1, (NurseryLimits){0});
  g_autofree char *seen = call(pool, "environment", NULL);
  g_assert_cmpstr(seen, ==, "the PASSWORD is at the desk, ");
  g_unsetenv("CARNET_NOTE");
  g_unsetenv("CARNET_API_KEY");
}

static void test_large(void) {
  g_autoptr(NurseryPool) pool = pool_of(1, (NurseryLimits){0});
  g_autoptr(GError) error = NULL;
  gsize nbytes = 200u << 20;
  g_autofree char *request = g_malloc(nbytes);
  memset(request, 'a', nbytes);
  request[nbytes - 1] = 'z';
  g_autoptr(GBytes) answer = nursery_call(pool, request, nbytes, &error);
  g_assert_no_error(error);
  g_assert_cmpuint(g_bytes_get_size(answer), ==, nbytes);
  g_assert_true(memcmp(g_bytes_get_data(answer, NULL), request, nbytes) == 0);
}

typedef struct {
  NurseryPool *pool;
  int number;
} Caller;

static gpointer call_often(gpointer data) {
  const Caller *caller = data;
  for (int i = 0; i < 25; i++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *request = g_strdup_printf("count %d-%d", caller->number, i);
    g_autofree char *wanted = g_strdup_printf("%d-%d 1", caller->number, i);
    g_autofree char *answer = call(caller->pool, request, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(answer, ==, wanted);
  }
  return NULL;
}

static void test_threads(void) {
  g_autoptr(NurseryPool) pool = pool_of(2, (NurseryLimits){0});
  GThread *threads[8];
  Caller callers[8];
  for (int i = 0; i < 8; i++) {
    callers[i] = (Caller){pool, i};
    threads[i] = g_thread_new("caller", call_often, &callers[i]);
  }
  for (int i = 0; i < 8; i++)
    g_thread_join(threads[i]);
}

static pid_t nursery_of(NurseryPool *pool) {
  g_autofree char *who = call(pool, "who", NULL);
  return (pid_t)strtol(who + 3, NULL, 10);
}

static gpointer hang(gpointer data) {
  GError *error = NULL;
  g_assert_null(call(data, "hang", &error));
  return error;
}

static void test_nursery_killed(void) {
  g_autoptr(NurseryPool) pool = pool_of(1, (NurseryLimits){0});
  pid_t nursery = nursery_of(pool);
  GThread *thread = g_thread_new("hang", hang, pool);
  g_usleep(100000);
  g_assert_cmpint(kill(nursery, SIGKILL), ==, 0);
  g_autoptr(GError) error = g_thread_join(thread);
  assert_failed(&error, CARNET_ERROR_SYSTEM, "was killed");
  for (int i = 0; i < 3; i++) {
    g_assert_null(call(pool, "count a", &error));
    assert_failed(&error, CARNET_ERROR_SYSTEM, "every helper process has ended");
  }
}

static void test_one_of_two_killed(void) {
  g_autoptr(NurseryPool) pool = pool_of(2, (NurseryLimits){0});
  g_assert_cmpint(kill(nursery_of(pool), SIGKILL), ==, 0);
  g_usleep(50000);
  for (int i = 0; i < 6; i++) {
    g_autoptr(GError) error = NULL;
    g_autofree char *answer = call(pool, "count a", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(answer, ==, "a 1");
  }
}

/* Frees pools in the order they were made: a later pool must not hold an earlier one's sockets open. */
static void test_two_pools(void) {
  NurseryPool *first = pool_of(1, (NurseryLimits){0});
  NurseryPool *second = pool_of(1, (NurseryLimits){0});
  g_autofree char *answer = call(second, "descriptors", NULL);
  g_assert_cmpuint(strlen(answer), <=, 7); /* its own: request, answer, errors, report, and what a tool adds */
  alarm(10);
  nursery_pool_free(first);
  nursery_pool_free(second);
  alarm(0);
  g_assert_cmpint(waitpid(-1, NULL, WNOHANG), ==, -1);
  g_assert_cmpint(errno, ==, ECHILD);
}

static void test_lock_is_let_go(void) {
  char *folder = folder_of_test();
  g_autofree char *path = g_build_filename(folder, "lock", NULL);
  FileLock *lock = file_lock_take(path, 0, NULL);
  g_autoptr(NurseryPool) pool = pool_of(1, (NurseryLimits){0});
  g_autofree char *answer = call(pool, "nothing", NULL);
  g_assert_cmpstr(answer, ==, "");
  file_lock_free(lock);
  g_autoptr(FileLock) again = file_lock_take(path, 0, NULL);
  g_assert_nonnull(again);
  remove_folder(folder);
}

static void test_grandchild(void) {
  g_autoptr(NurseryPool) pool = pool_of(1, (NurseryLimits){0});
  g_autoptr(GError) error = NULL;
  g_autofree char *answer = call(pool, "leave", &error);
  g_assert_cmpstr(answer, ==, "left one behind");
}

/* Everything that a subverted synthesizer or decoder might try, tried. */
static void test_attacks(void) {
  SandboxProof proof = sandbox_probe();
  if (!proof.no_files || !proof.no_network) {
    g_test_skip("this kernel has no Landlock or no seccomp, or forbids them here");
    return;
  }
  g_setenv("CARNET_ICECAST_PASSWORD", "hackme", TRUE);
  target_new();
  g_autoptr(NurseryPool) pool = pool_of(1, (NurseryLimits){0});
  g_autoptr(GError) error = NULL;
  g_autofree char *through = call(pool, "attack", &error);
  g_assert_no_error(error);
  g_assert_cmpstr(through, ==, "");
  g_assert_cmpstr(g_getenv("CARNET_ICECAST_PASSWORD"), ==, "hackme"); /* ours is whole */
  target_free();
}

static void assert_answer(GBytes *answer, const char *wanted) {
  g_autoptr(GBytes) bytes = g_bytes_new(wanted, strlen(wanted));
  g_assert_nonnull(answer);
  g_assert_true(g_bytes_equal(answer, bytes));
}

static void test_forks(void) {
  if (!sandbox_probe().no_network) {
    g_test_skip("this kernel has no seccomp, or forbids it here");
    return;
  }
  g_autoptr(NurseryPool) alone = pool_of(1, (NurseryLimits){.alone = true});
  g_autofree char *none = call(alone, "forks", NULL);
  g_assert_cmpstr(none, ==, "0");
}

/* Fifty processes are left behind; each holds the pipe that was lent. It closes when the last is gone. */
static void test_left_behind(void) {
  int ends[2];
  g_assert_cmpint(pipe2(ends, O_CLOEXEC), ==, 0);
  g_autoptr(NurseryPool) pool = pool_of(1, (NurseryLimits){0});
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) answer = nursery_call_lending(pool, "forks", 5, &ends[1], 1, &error);
  g_assert_no_error(error);
  assert_answer(answer, "50");
  close(ends[1]);
  struct pollfd wait = {ends[0], POLLIN, 0};
  g_assert_cmpint(poll(&wait, 1, 20000), ==, 1);
  g_assert_cmpint(wait.revents, ==, POLLHUP);
  close(ends[0]);
}

static void test_lending(void) {
  int ends[2];
  char byte = 0;
  g_assert_cmpint(pipe2(ends, O_CLOEXEC), ==, 0);
  g_autoptr(NurseryPool) pool = pool_of(1, (NurseryLimits){0});
  g_autoptr(GBytes) answer = nursery_call_lending(pool, "lent", 4, (int[]){ends[1], ends[0]}, 2, NULL);
  assert_answer(answer, "1");
  g_assert_cmpint(read(ends[0], &byte, 1), ==, 1);
  g_assert_cmpint(byte, ==, 'x');
  g_autofree char *nothing = call(pool, "count a", NULL); /* the next one has none of it */
  g_assert_cmpstr(nothing, ==, "a 1");
  close(ends[0]);
  close(ends[1]);
}

/* An answer counts when its child ended well, whatever was in it. */
static void test_deaths(void) {
  g_autoptr(NurseryPool) pool = pool_of(1, (NurseryLimits){.deadline_ms = 300});
  g_autoptr(GError) error = NULL;
  g_assert_null(call(pool, "die halfway", &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "");
  g_assert_null(call(pool, "die after", &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "crashed (SIGKILL)");
  g_assert_null(call(pool, "deaf and dumb", &error));
  assert_failed(&error, CARNET_ERROR_SYSTEM, "took more than 0.3 s");
  g_autofree char *after = call(pool, "count b", &error);
  g_assert_cmpstr(after, ==, "b 1");
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/nursery/answers", test_answers);
  g_test_add_func("/nursery/crash", test_crash);
  g_test_add_func("/nursery/deadline", test_deadline);
  g_test_add_func("/nursery/limits", test_limits);
  g_test_add_func("/nursery/memory", test_memory);
  g_test_add_func("/nursery/task-errors", test_task_errors);
  g_test_add_func("/nursery/prepare-fails", test_prepare_fails);
  g_test_add_func("/nursery/secrets", test_secrets);
  g_test_add_func("/nursery/large", test_large);
  g_test_add_func("/nursery/two-pools", test_two_pools);
  g_test_add_func("/nursery/lock", test_lock_is_let_go);
  g_test_add_func("/nursery/grandchild", test_grandchild);
  g_test_add_func("/nursery/attacks", test_attacks);
  g_test_add_func("/nursery/forks", test_forks);
  g_test_add_func("/nursery/left-behind", test_left_behind);
  g_test_add_func("/nursery/lending", test_lending);
  g_test_add_func("/nursery/deaths", test_deaths);
  g_test_add_func("/nursery/one-of-two-killed", test_one_of_two_killed);
  g_test_add_func("/nursery/nursery-killed", test_nursery_killed);
  g_test_add_func("/nursery/threads", test_threads);
  return g_test_run();
}

/* The parts of a program's processor time: nested, in other threads, in children; nothing when it is off. */
#include "base/profile.h"

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SPIN_MS 60

static void spin(void) {
  struct timespec from, now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &from);
  do
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  while ((now.tv_sec - from.tv_sec) * 1000 + (now.tv_nsec - from.tv_nsec) / 1000000 < SPIN_MS);
}

static gpointer encode(G_GNUC_UNUSED gpointer unused) {
  PROFILE_HERE(PROFILE_ENCODE_MP3);
  spin();
  return NULL;
}

static void write_mix(void) {
  PROFILE_HERE(PROFILE_WRITE);
  spin();
  spin();
  spin();
}

static void mix(void) {
  PROFILE_HERE(PROFILE_MIX);
  spin();
  write_mix();
}

static void speak(void) {
  if (fork() == 0) {
    spin();
    _exit(0);
  }
  wait(NULL);
  profile_children(PROFILE_SPEAK);
}

static void run(void) {
  profile_start();
  mix();
  g_thread_join(g_thread_new("mp3", encode, NULL));
  speak();
  profile_print();
}

/* "profile: NAME  0.060 s …" of standard error; -1 when NAME is not there. */
static double seconds_of(const char *output, const char *name) {
  g_autofree char *pattern = g_strdup_printf("profile: %s +([0-9.]+) s", name);
  g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
  g_autoptr(GMatchInfo) match = NULL;
  if (!g_regex_match(regex, output, 0, &match))
    return -1;
  g_autofree char *number = g_match_info_fetch(match, 1);
  return g_ascii_strtod(number, NULL);
}

static char *run_with(const char *wanted) {
  g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
  char *command[] = {program, (char *)"-p", (char *)"/base/profile/child", (char *)"--GTestSubprocess", NULL};
  g_auto(GStrv) environment = g_environ_unsetenv(g_get_environ(), "CARNET_PROFILE");
  if (wanted)
    environment = g_environ_setenv(environment, "CARNET_PROFILE", wanted, TRUE);
  char *output = NULL;
  int status = -1;
  GError *error = NULL;
  g_spawn_sync(NULL, command, environment, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &output, &status, &error);
  g_assert_no_error(error);
  g_assert_cmpint(status, ==, 0);
  return output;
}

static void test_child(void) {
  if (g_test_subprocess())
    run();
}

static void test_parts(void) {
  g_autofree char *output = run_with("1");
  double mixed = seconds_of(output, "mix"), written = seconds_of(output, "write");
  g_assert_cmpfloat(mixed, >=, SPIN_MS / 1e3 - 0.001);
  g_assert_cmpfloat(mixed, <, written); /* what is inside is not counted twice */
  g_assert_cmpfloat(written, >=, 3 * SPIN_MS / 1e3 - 0.001);
  g_assert_cmpfloat(seconds_of(output, "encode-mp3"), >=, SPIN_MS / 1e3 - 0.001);
  g_assert_cmpfloat(seconds_of(output, "speak"), >=, SPIN_MS / 2e3); /* by the kernel's clock tick */
  g_assert_cmpfloat(seconds_of(output, "polish"), ==, -1);
}

static void test_off(void) {
  g_autofree char *unset = run_with(NULL), *empty = run_with(""), *no = run_with("0");
  g_assert_cmpfloat(seconds_of(empty, "mix"), ==, -1);
  g_assert_cmpfloat(seconds_of(unset, "mix"), ==, -1);
  g_assert_cmpfloat(seconds_of(no, "mix"), ==, -1);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/base/profile/child", test_child);
  g_test_add_func("/base/profile/parts", test_parts);
  g_test_add_func("/base/profile/off", test_off);
  return g_test_run();
}

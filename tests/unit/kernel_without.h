/* A kernel that lacks a call, or in which it fails: in a child of the test's own, by a seccomp filter, as containers do
 * it. So what never happens on this machine can be asked for: an old kernel, a disk that breaks, no more processes. */
#ifndef CARNET_TESTS_KERNEL_WITHOUT_H
#define CARNET_TESTS_KERNEL_WITHOUT_H

#include <glib.h>
#include <seccomp.h>
#include <stdbool.h>
#include <sys/wait.h>
#include <unistd.h>

/* `call` fails with `errnum`: always, or where argument `argument` has all bits of `bits`, or is `bits` alone. */
typedef struct {
  const char *call; /* NULL ends a list */
  int errnum;
  enum { ALWAYS, WITH_BITS, WITH_VALUE } when;
  unsigned argument;
  guint64 bits;
} Refusal;

/* In this process and all that it forks, for good. */
static inline void refuse_calls(const Refusal *refusals) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  for (const Refusal *each = refusals; each->call; each++) {
    int number = seccomp_syscall_resolve_name(each->call);
    uint32_t action = SCMP_ACT_ERRNO((uint32_t)each->errnum);
    struct scmp_arg_cmp bits = SCMP_CMP(each->argument, SCMP_CMP_MASKED_EQ, each->bits, each->bits);
    struct scmp_arg_cmp value = SCMP_CMP(each->argument, SCMP_CMP_EQ, each->bits, 0);
    (void)seccomp_rule_add(filter, action, number, each->when != ALWAYS, each->when == WITH_BITS ? bits : value);
  }
  g_assert_cmpint(seccomp_load(filter), ==, 0);
  seccomp_release(filter);
}

/* Runs `run`, which asserts, in a child with these refusals. */
static inline void run_without(const Refusal *refusals, void (*run)(void)) {
  pid_t pid = fork();
  if (pid == 0) {
    refuse_calls(refusals);
    run();
    _exit(0);
  }
  int status = 1;
  g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
  g_assert_cmpint(status, ==, 0);
}

/* Whether this machine lets a test refuse itself anything. */
static inline bool can_refuse_calls(void) {
  pid_t pid = fork();
  if (pid == 0) {
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    _exit(seccomp_load(filter) == 0 ? 0 : 1);
  }
  int status = 1;
  g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
  return status == 0;
}

#endif

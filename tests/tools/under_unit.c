/* Runs a program as a systemd unit would hold it: no new privileges, only the system calls that are named on standard
 * input (one a line; EPERM for others), no memory that can be both written and run, sockets of the unit's families.
 *
 *   under_unit PROGRAM ARGUMENTS… < NAMES
 *
 * Ends with 99 when the kernel does not take the filter. */
#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

static bool allow(scmp_filter_ctx filter, const char *name, unsigned n, struct scmp_arg_cmp compared) {
  int number = seccomp_syscall_resolve_name(name);
  if (number < 0) /* not of this machine */
    return true;
  return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, number, n, &compared) == 0;
}

/* MemoryDenyWriteExecute and RestrictAddressFamilies (systemd.exec(5)) look at arguments. */
static bool allow_some(scmp_filter_ctx filter) {
  static const int families[] = {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK};
  bool ok = allow(filter, "mmap", 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) &&
            allow(filter, "mmap", 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_WRITE, 0)) &&
            allow(filter, "mprotect", 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  for (unsigned i = 0; ok && i < sizeof families / sizeof *families; i++)
    ok = allow(filter, "socket", 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)families[i]));
  return ok;
}

static bool is_some(const char *name) {
  return strcmp(name, "mmap") == 0 || strcmp(name, "mprotect") == 0 || strcmp(name, "pkey_mprotect") == 0 ||
         strcmp(name, "socket") == 0;
}

int main(int argc, char **argv) {
  char name[100];
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(1 /* EPERM */));
  bool ok = argc > 1 && filter && allow_some(filter);
  while (ok && scanf("%99s", name) == 1)
    ok = is_some(name) || allow(filter, name, 0, (struct scmp_arg_cmp){0});
  ok = ok && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && seccomp_load(filter) == 0;
  if (!ok)
    return 99;
  execv(argv[1], argv + 1);
  perror(argv[1]);
  return 99;
}

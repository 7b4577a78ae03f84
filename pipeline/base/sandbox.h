/* What a child may do: no network, no file but what it was given, no other
 * program, no other process. Two walls of the kernel's, each used where it is:
 *
 *   Landlock   files by path (Linux 5.13), TCP (6.7), signals and abstract sockets (6.12)
 *   seccomp    system calls
 *
 * For Landlock the list is of what is allowed. For seccomp it is of what is
 * forbidden, whole families at a time: the network, tracing and reading other
 * processes, mounts and namespaces, io_uring, keys, BPF, System V's memory, the
 * clock. A list of allowed calls would be narrower, and would break with the
 * next libc, libav* or sanitizer: a synthesizer that dies of an unknown futex
 * is silence on the air. What is forbidden fails with EPERM and kills nothing.
 *
 * Root loses its capabilities besides.
 *
 * Where the kernel has neither (or a container forbids them) the limits of
 * limits.h remain, and all works as before; sandbox_probe tells.
 *
 * What neither can do: hide that a file exists (stat), or keep one that is
 * readable from being emptied by O_RDONLY|O_TRUNC before Linux 6.2. */
#ifndef CARNET_BASE_SANDBOX_H
#define CARNET_BASE_SANDBOX_H

#include <glib.h>
#include <stdbool.h>

/* All borrowed. A path that is not there is left out; a folder stands for all that is in it. */
typedef struct {
  const char *const *reads; /* up to NULL; NULL: nothing */
  const char *writes;       /* one folder; NULL: none */
  const char *hides;        /* one folder, of which only what `reads` names itself can be read; NULL: none */
  bool programs;            /* may execute what it may read, and read what programs need of the system */
  bool network;             /* IPv4 and IPv6, as a client; with `programs` alone */
} SandboxRights;

/* Rights made ready, so that to enter costs a few microseconds. */
typedef struct Sandbox Sandbox;

/* Returns (free with sandbox_free); never NULL. What the kernel lacks is left out; where a
 * descriptor or memory lacks, who enters ends with status 5 and a word. Thread-safe. */
Sandbox *sandbox_new(const SandboxRights *rights);
void sandbox_free(Sandbox *sandbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Sandbox, sandbox_free)

/* From here on this thread, and all that it forks or executes, has these
 * rights, and cannot signal the process that called sandbox_new nor its parent.
 * Descriptors that are open stay usable. Async-signal-safe. */
void sandbox_enter(const Sandbox *sandbox);
/* For one job in a process that has entered: it stays in its process group,
 * signals nobody but itself, and forks only if it `may_fork`. */
void sandbox_enter_job(const Sandbox *sandbox, bool may_fork);

/* What the walls hold here: tried in a child, not believed. */
typedef struct {
  int landlock;              /* the kernel's ABI; 0: none */
  bool no_files, no_network; /* a child in the strictest sandbox was refused them */
} SandboxProof;
SandboxProof sandbox_probe(void);

#endif

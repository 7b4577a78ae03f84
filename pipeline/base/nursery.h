/* Work that may crash, hang or be fed poison is done in a child of its own:
 * speaking (eSpeak aborts on ordinary text) and decoding outside sound.
 *
 * A nursery is a process forked early, before any thread and before any
 * database is open. When it is first asked it prepares (loads the synthesizer
 * and its data), and from then on it
 * forks a fresh child for each call, so that each starts from the same state
 * (identical bytes, always) at the price of a fork, not of a start. One that
 * is never asked, since what it would make is in the cache, costs a fork. The
 * request and the answer travel in memory files, so large sound is not copied
 * through a pipe. A nursery serves one call at a time: make one for each core,
 * and let a thread take any free one from a NurseryPool.
 */
#ifndef CARNET_BASE_NURSERY_H
#define CARNET_BASE_NURSERY_H

#include <glib.h>
#include <stdbool.h>

/* Limits of one child. 0 means none, except deadline_ms (always set one).
 * Beyond them, once it is prepared, a nursery and its children have no network,
 * execute nothing, signal nobody but their own children, and open no file
 * (see sandbox.h). What they need is opened before, or lent to them. */
typedef struct {
  guint64 memory_bytes; /* more address space than the nursery had */
  guint64 output_bytes; /* longest answer, and longest file it may write */
  guint cpu_seconds;    /* processor time */
  guint deadline_ms;    /* wall clock */
  guint open_files;     /* descriptors */
  bool alone;           /* it may not fork */
  bool early;           /* it prepares at once, beside the caller, who is sure to ask */
  /* Files and folders (all that is in them) that it may open to read, up to NULL; NULL: none.
   * Looked at when `prepare` has run. */
  const char *const *reads;
} NurseryLimits;

/* Runs in the nursery at the first call, before it is looked at. It finds no descriptor of the
 * parent's but standard error; standard input and output are /dev/null. */
typedef bool (*NurseryPrepare)(gpointer user, GError **error);
/* Runs in the child: reads `request`, writes its answer to `out_fd`.
 * What it prints is kept for the message of a crash (its last line). Processes
 * that it starts are killed with it. */
typedef bool (*NurseryTask)(const char *request, gsize nbytes, int out_fd, gpointer user, GError **error);

typedef struct NurseryPool NurseryPool;

/* Forks `count` nurseries. `user` lives on in the children (copied by fork).
 * A failure of `prepare` comes with the first call.
 * Call from the only thread. Returns (free with nursery_pool_free), or NULL. */
NurseryPool *nursery_pool_new(guint count, NurseryPrepare prepare, NurseryTask task, gpointer user,
                              const NurseryLimits *limits, GError **error);
/* Ends the nurseries and waits for them. */
void nursery_pool_free(NurseryPool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NurseryPool, nursery_pool_free)

/* Sends one request to a free nursery (waits for one) and returns the child's
 * answer. The child gets the `n_lent` descriptors of `lent` too (at most
 * NURSERY_LENT_MOST; they share their offset with ours). Thread-safe. A crash, a limit or a deadline is a SYSTEM error that
 * says which ("crashed (SIGABRT)", "took more than 10 s"); the task's own
 * error comes with its kind, its message cut at 511 bytes. A nursery that is
 * itself killed (SYSTEM, for the call it served) is not replaced: the others go
 * on, and when none is left each call fails at once. Returns (g_bytes_unref; a mapping), or NULL. */
#define NURSERY_LENT_MOST 2
GBytes *nursery_call_lending(NurseryPool *pool, const char *request, gsize nbytes, const int *lent, guint n_lent,
                             GError **error);
/* The same, lending nothing. */
GBytes *nursery_call(NurseryPool *pool, const char *request, gsize nbytes, GError **error);
/* In the child: the descriptor that was lent at place `i`; -1: none. */
int nursery_lent(guint i);
guint nursery_pool_count(const NurseryPool *pool);

#endif

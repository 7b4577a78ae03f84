/* Out of memory ends the program: "carnet: out of memory (…)" and exit status 5.
 *
 * GLib aborts when an allocation fails, and overflows its stack on the way when
 * they go on failing; the other libraries return an error at best. What is on the
 * disk is whole at every instant (files by draft and rename, SQLite's journal), so
 * to stop at once is safe, and is the one thing that needs no memory.
 *
 * The program's own malloc, calloc, realloc and their like (memory.c) stand before
 * the C library's. One of a megabyte or more may still fail and return NULL: a
 * hostile file asks for as much, and the library that reads it says so. */
#ifndef CARNET_BASE_MEMORY_H
#define CARNET_BASE_MEMORY_H

/* What is said (borrowed, for ever); in the reader's language, which cannot be looked up then. */
void memory_say(const char *message);

/* Writes "carnet: TEXT" on standard error and ends this process with status 5, without
 * allocating anything, running no exit handler. From any thread. */
_Noreturn void memory_end(const char *text);

/* One heap for all threads, said before the first of them begins (glibc asks once). With one each (its default, eight
 * a processor) a broadcast whose helpers come and go keeps what each of them once held: by TLS some 60 KiB for each
 * connection made again, and no end to it. What has threads work side by side for a moment is faster with theirs: 1,000
 * episodes are published in 0.11 s so, in 0.14 with one heap. */
void memory_share_heap(void);

#endif

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

#endif

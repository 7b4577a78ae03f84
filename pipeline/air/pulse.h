/* Is the server alive? A frozen one goes unnoticed by TCP: its kernel goes on
 * accepting sound (measured: more than 30 s of it, up to tcp_rmem's 32 MB), so
 * neither our queue nor a send says anything. A helper thread asks it a small
 * question every few seconds; any answer will do, even a refusal. */
#ifndef CARNET_AIR_PULSE_H
#define CARNET_AIR_PULSE_H

#include <glib.h>

typedef struct Pulse Pulse;
/* Asks every `interval_us`; waits twice as long for each answer. Returns (pulse_stop). */
Pulse *pulse_start(const char *host, unsigned port, gint64 interval_us);
/* Returns at once; the thread ends with its question. NULL is nothing. */
void pulse_stop(Pulse *pulse);
const char *pulse_host(const Pulse *pulse);
unsigned pulse_port(const Pulse *pulse);
/* When (clock_monotonic_us) the question was asked that still waits for its
 * answer; 0: the last one was answered. While the server's name is looked up it is
 * not asked: a resolver that hangs says nothing about the server. Thread-safe. */
gint64 pulse_asked_us(Pulse *pulse);

#endif

/* Which thread goes first where processors are short. */
#ifndef CARNET_BASE_PRIORITY_H
#define CARNET_BASE_PRIORITY_H

/* The calling thread stands back by `steps` of nice(2), 1 to 19, for its life: it still gets its share, and all of a
 * processor that nobody else wants. Other threads stay as they are (Linux has a nice value for each thread). */
void priority_stand_back(int steps);

#endif

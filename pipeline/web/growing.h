/* Files that somebody is still writing (file_draft_open), given as they grow: a reply that ends when the writer has done. */
#ifndef CARNET_WEB_GROWING_H
#define CARNET_WEB_GROWING_H

#define GROWING_MOST 50u /* at once; one more is told to come again (503) */

typedef struct WebGrowing WebGrowing;
WebGrowing *web_growing_new(void);
void web_growing_free(WebGrowing *growing); /* after the server that gives them */
/* Whoever waits is given what has come: to be called often, by any thread. */
void web_growing_step(WebGrowing *growing);
/* All end where they are. */
void web_growing_close(WebGrowing *growing);

#endif

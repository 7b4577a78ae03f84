/* The station's figures for Prometheus: OpenMetrics text (openmetrics.io, 1.0). */
#ifndef CARNET_DAEMON_METRICS_H
#define CARNET_DAEMON_METRICS_H

#include "daemon/daemon_private.h"

#define METRICS_TYPE "application/openmetrics-text; version=1.0.0; charset=utf-8"

/* Returns (g_free). */
char *metrics_text(const Daemon *daemon);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the binding adds to libslurm. A C header and cffi declarations at once. */
#ifndef SLURMRESTD_BINDING_H
#define SLURMRESTD_BINDING_H
#endif

/* Make every loaded object under `folder` (NULL: libslurm's own) call libslurm's
 * error() where it would call glibc's error(3), which ends the process. Returns how
 * many calls were bound anew, -1 with errno where memory could not be made writable. */
int sr_bind_error(const char *folder);

/* How many objects the dynamic linker has loaded so far. */
unsigned long long sr_loaded_objects(void);

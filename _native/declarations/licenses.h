/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Licenses. */

typedef struct slurm_license_info {
    char *name;
    uint32_t total;
    uint32_t in_use;
    uint32_t available;
    uint8_t remote;
    uint32_t reserved;
    uint32_t last_consumed;
    uint32_t last_deficit;
    time_t last_update;
    ...;
} slurm_license_info_t;

typedef struct license_info_msg {
    time_t last_update;
    uint32_t num_lic;
    slurm_license_info_t *lic_array;
    ...;
} license_info_msg_t;

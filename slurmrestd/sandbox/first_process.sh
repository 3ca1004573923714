# SPDX-License-Identifier: GPL-2.0-or-later
# Read by sh in a cluster's new namespaces: their first process. It tells its process id at
# descriptor 3 when the network is there, and stays.

# Slurm asks getaddrinfo(3) with AI_ADDRCONFIG, which wants an address that is not 127.x.
ip link set lo up
ip address add 192.0.2.1/32 dev lo
hostname head
echo "$HOST_PID" >&3

# SIGCHLD that is ignored makes the kernel reap every orphan that this process inherits.
exec 0< /dev/null 3>&- env --ignore-signal=CHLD --argv0=sandbox-init sleep infinity

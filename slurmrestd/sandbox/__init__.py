# SPDX-License-Identifier: GPL-2.0-or-later
"""A real Slurm cluster in a directory, to try this project on and to test it against.

``python3 -m slurmrestd.sandbox --help`` tells what it can do. Everything it makes lies in one
directory (``.sandbox`` in the checkout, or what ``SLURMRESTD_SANDBOX`` names), and a running
cluster is one tree of processes in namespaces of its own: mounts, process ids, network, host
name, IPC. When its first process ends, all of it is gone.

Standard library only: this package runs before anything is installed.

================  ==================================================================
``cli``           the commands and their manual
``commands``      what each command does
``lifecycle``     building, starting, installing, in order
``layout``        where everything lies, on the host and inside
``host``          what the host must have; locks and signals
``debian``        the private Debian root with Slurm's packages
``settings``      the root's configuration, users and keys
``stamps``        which steps of the building are done
``project``       the checkout, copied into the root and installed there by pip
``pip_settings``  what of the host's pip configuration counts inside
``namespaces``    running things in the root, shut off from the host
``cluster``       a running sandbox: commands and daemons in it
``daemons``       munge, MariaDB and Slurm's daemons
``snapshot``      the accounting database that every start begins with
``rest``          our two slurmrestd, and the original
``heldjobs``      many held jobs, quickly
``facts``         what a test needs to know about the cluster, as a JSON file
``welcome``       what a person is told about a running cluster
``progress``      telling a person what takes so long
================  ==================================================================

What the cluster is like (its nodes, accounts, jobs) is in the checkout's ``conf/sandbox``.
"""

"""A real Slurm cluster in a directory, to try this project on and to test it against.

``python3 -m slurmrestd.sandbox --help`` tells what it can do. Everything it makes lies in one
directory (``.sandbox`` in the checkout, or what ``SLURMRESTD_SANDBOX`` names), and a running
cluster is one tree of processes in namespaces of its own: mounts, process ids, network, host
name, IPC. When its first process ends, all of it is gone.

Standard library only: this package runs before anything is installed.

=================  ==============================================================
``cli``            the commands
``layout``         where everything lies, on the host and inside
``host``           what the host must have
``debian``         the private Debian root with Slurm's packages
``project``        the checkout, copied into the root and installed there by pip
``pip_settings``   what of the host's pip configuration counts inside
``namespaces``     running things in the root, shut off from the host
``daemons``        munge, MariaDB and Slurm's daemons
``snapshot``       the accounting database that every start begins with
``rest``           our two slurmrestd, and the original
``facts``          what a test needs to know about the cluster, as a JSON file
``progress``       telling a person what takes so long
=================  ==============================================================

What the cluster is like (its nodes, accounts, jobs) is in the checkout's ``conf/sandbox``.
"""

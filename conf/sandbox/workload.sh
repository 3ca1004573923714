# SPDX-License-Identifier: GPL-2.0-or-later
# The jobs that the cluster begins with; run inside by bash, as root. Each is known by its name:
# `submit NAME USER SBATCH-ARGUMENTS...` with the batch script on standard input. The last lines
# tell which id each one got.
set -eu

forever=$'#!/bin/bash\nexec sleep infinity'

as() {
    local user=$1; shift
    env -C "/home/$user" HOME="/home/$user" USER="$user" LOGNAME="$user" \
        setpriv --reuid="$user" --regid="$user" --init-groups -- "$@"
}

declare -A id
submit() {
    local name=$1 user=$2; shift 2
    id[$name]=$(as "$user" sbatch --parsable --job-name="$name" "$@")
}

# Reservations: one that is on, one that is to come, one of licences.
scontrol create reservation ReservationName=course StartTime=now Duration=30-00:00:00 \
    Nodes=e[0991-1000] Accounts=physics,chemistry Flags=IGNORE_JOBS,FLEX Comment="summer course" > /dev/null
scontrol create reservation ReservationName=maintenance StartTime=now+7days Duration=08:00:00 \
    Nodes=e[0001-0100] Users=root Flags=MAINT,IGNORE_JOBS > /dev/null
scontrol create reservation ReservationName=solver StartTime=now Duration=1-00:00:00 \
    Licenses=fluent:5 Users=alice,bob Flags=ANY_NODES > /dev/null
scontrol -Q update NodeName=e[0501-0510] State=DRAIN Reason="fan 3 broken; ticket \"4711\""
scontrol -Q update NodeName=e0007 Comment="café — 日本語" Extra='{"rack": 7}'

# Jobs that run.
submit running alice -A physics -n 2 -c 2 --mem=2G --comment='plain' <<< "$forever"
submit running-gpu alice -A physics -p gpu --qos=high -n 1 --gres=gpu:a100:2 --mem=4G \
    -L fluent:2 -C 'a100&nvlink' \
    --comment=$'She said "no"; C:\\temp\\x; naïve Ångström 日本語 😀; a\ttab' <<< "$forever"
submit running-array bob -A chemistry --array=1-6%2 -n 1 --mem=500M \
    -o 'out-%A_%a.txt' <<< "$forever"
submit running-het alice -A theory -n 1 --mem=500M : -n 2 --mem=700M <<< "$forever"
submit running-steps carol -A physics -L ansys:2 -N 2 -n 4 --mem-per-cpu=300M --mail-type=END \
    --mail-user=carol@example.org <<'SCRIPT'
#!/bin/bash
srun -n 2 -N 2 --exact --mem=100M sleep infinity &
srun -n 1 -N 1 --exact --mem=100M sleep infinity &
wait
SCRIPT
submit running-preemptable dave -t 06:00:00 -A biology --qos=scavenger -n 1 --mem=500M --requeue <<< "$forever"
submit running-wckey alice -A physics --wckey=teaching -n 1 --mem=500M --nice=50 <<< "$forever"
submit running-single bob -A chemistry -p single -w n4 -n 1 --mem=500M --signal=B:USR1@60 \
    <<< "$forever"
submit limited-1 erin -t 02:00:00 -n 1 --mem=200M <<< "$forever"
submit limited-2 erin -t 02:00:00 -n 1 --mem=200M <<< "$forever"

# Jobs that are over.
submit completed bob -A chemistry -n 1 --mem=100M <<< $'#!/bin/bash\necho "well done"'
submit completed-steps carol -A physics -N 2 -n 2 --mem=100M <<< $'#!/bin/bash\nsrun hostname'
submit failed dave -A chemistry -n 1 --mem=100M <<< $'#!/bin/bash\nexit 3'
submit killed dave -t 06:00:00 -A biology -n 1 --mem=100M <<< $'#!/bin/bash\nkill -9 $$'
submit measured-steps carol -A physics -N 2 -n 4 --mem=200M --acctg-freq=task=1 \
    --comment='work that is worth measuring' -o 'out/%x-%j.%N' <<'SCRIPT'
#!/bin/bash
srun -n 4 -N 2 --cpu-freq=2000000-2400000:OnDemand sh -c \
    'i=0; while [ $i -lt 200000 ]; do i=$((i + 1)); done
     dd if=/dev/zero of=/tmp/$SLURM_JOB_ID.$SLURM_PROCID bs=1M count=$((SLURM_PROCID + 1)) 2> /dev/null
     sleep 1.5; rm /tmp/$SLURM_JOB_ID.$SLURM_PROCID' &
srun -n 2 -N 1 --exact -m cyclic:block sleep 1.2 &
wait
SCRIPT
submit failed-steps dave -A biology -t 30 -n 2 --mem=100M -e '%x.%j.err' <<'SCRIPT'
#!/bin/bash
srun -n 1 sh -c 'exit 7'
srun -n 2 -m plane=1 sh -c 'kill -11 $$'
srun -n 1 /nowhere/nothing
srun -n 1 sleep 30 & sleep 0.5; scancel --signal=KILL "$SLURM_JOB_ID.3"; wait
exit 5
SCRIPT
submit finished-gpu alice -A physics -p gpu --qos=high --gres=gpu:a100:1 -n 1 --mem-per-cpu=100M \
    -C 'a100&nvlink' -L fluent:1 --wckey=teaching --comment='naïve 日本語 "x"' \
    <<< $'#!/bin/bash\nsrun --gres=gpu:1 hostname'
submit finished-array bob -A chemistry --array=0-2 -n 1 --mem=50M -o 'a-%A_%a.txt' \
    <<< $'#!/bin/bash\nexit $SLURM_ARRAY_TASK_ID'
submit finished-het alice -A theory -n 1 --mem=100M : -n 2 --mem=100M \
    <<< $'#!/bin/bash\nsrun --het-group=0,1 hostname'
submit finished-reservation bob -A chemistry --reservation=solver -L fluent:1 -n 1 --mem=50M \
    <<< $'#!/bin/bash\ntrue'
submit requeued dave -t 30 -A biology -n 1 --mem=50M --requeue <<'SCRIPT'
#!/bin/bash
[ -n "$SLURM_RESTART_COUNT" ] || { scontrol requeue "$SLURM_JOB_ID"; sleep 60; }
SCRIPT
submit cancelled-running alice -n 1 --mem=100M <<< "$forever"
submit cancelled-pending alice -n 1 --hold <<< "$forever"

# Jobs that wait, each for a reason of its own.
submit held alice -n 1 --hold <<< "$forever"
submit held-by-admin bob -n 1 --begin=now+30days <<< "$forever"
submit begin-time bob -n 2 --begin=now+30days --deadline=now+60days -t 01:00:00 <<< "$forever"
submit dependency alice -n 1 --dependency="afterok:${id[running]},afterany:${id[held]}" \
    <<< "$forever"
submit dependency-never dave -n 1 --dependency="afterok:${id[failed]}" --kill-on-invalid-dep=no \
    <<< "$forever"
submit singleton alice --job-name=running --dependency=singleton -n 1 <<< "$forever"
submit licenses bob -n 1 --mem=100M -L ansys:4 <<< "$forever"
submit resources bob -p single --exclusive -t 10 <<< "$forever"
submit priority carol -A physics -p single --exclusive -t 20 --nice=1000 <<< "$forever"
submit nodes-down alice -A physics -p wide -N 4 -t 02:00:00 -x e[0001-0100] <<< "$forever"
submit reservation alice -A physics -p wide --reservation=course -N 1 <<< "$forever"
submit limited-3 erin -t 02:00:00 -n 1 --mem=200M <<< "$forever"
submit limited-qos dave -t 01:00:00 -p gpu -A biology --gres=gpu:4 -N 2 -n 2 --hold <<< "$forever"
submit array-held alice --array=0-99:3,200 -n 1 --hold --comment='101 "tasks"' <<< "$forever"
submit held-het bob --hold -n 1 --mem=500M : -n 1 --gres=gpu:1 <<< "$forever"

scancel "${id[cancelled-pending]}"
scontrol -Q hold "${id[held-by-admin]}"
scontrol -Q update JobId="${id[running]}" AdminComment='looked at by "admin"' Extra='a=1'

# Wait until those that are to run do and those that are to end have.
state() { squeue -h -t all -j "${id[$1]}" -o %T 2> /dev/null | sort | uniq | tr '\n' ' '; }
wait_for() {
    local name=$1 wanted=$2 try
    for try in $(seq 300); do
        case " $(state "$name")" in *" $wanted "*) return ;; esac
        sleep 0.1
    done
    echo "the job $name is not $wanted but $(state "$name"): $(squeue -h -j "${id[$name]}")" >&2
    exit 1
}

for name in running running-gpu running-array running-het running-steps running-preemptable \
    running-wckey running-single limited-1 limited-2 cancelled-running; do
    wait_for "$name" RUNNING
done
scancel "${id[cancelled-running]}"
for name in completed completed-steps measured-steps finished-gpu finished-het \
    finished-reservation; do wait_for "$name" COMPLETED; done
for name in failed killed failed-steps; do wait_for "$name" FAILED; done
wait_for cancelled-running CANCELLED

for name in "${!id[@]}"; do echo "$name ${id[$name]}"; done | sort

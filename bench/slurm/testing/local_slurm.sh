#!/usr/bin/env bash
# A real Slurm of N nodes on this machine alone, for tests: daemons of its own on the loopback, all
# files below one folder. A Slurm that is installed or runs here already is neither used nor touched.
#
#   local_slurm.sh up N    start it (as root, with the packages slurm-wlm and munge installed)
#   local_slurm.sh env     print the line by which sbatch and the like find it
#   local_slurm.sh down    cancel its jobs, stop all its processes, remove its folder
#
# LOCAL_SLURM_DIR (one for each Slurm, an absolute path) and LOCAL_SLURM_PORT (the first of N + 1)
# let two of them run side by side.
set -euo pipefail

dir=${LOCAL_SLURM_DIR:-${TMPDIR:-/tmp}/polycore-slurm}
port=${LOCAL_SLURM_PORT:-27900}
conf=$dir/slurm.conf

fail() { printf 'local_slurm.sh: %s\n' "$*" >&2; exit 1; }

# Daemons carry LOCAL_SLURM, and what runs in a job the name of the cluster; a shell that only talks
# to this Slurm has neither.
processes() {
  grep -slzxF -e "LOCAL_SLURM=$dir" -e "SLURM_CLUSTER_NAME=local$port" /proc/[0-9]*/environ |
    cut -d/ -f3 || true
}

# Wait up to $1 seconds until the command after it gives no output.
until_silent() {
  local end=$((SECONDS + $1))
  shift
  while [[ -n $("$@" 2>/dev/null) ]]; do
    ((SECONDS < end)) || return 1
    sleep 0.1
  done
}

up() {
  local nodes=$1
  [[ $nodes =~ ^[1-9][0-9]?$ ]] || fail "up \"$nodes\": name a number of nodes from 1 to 99"
  [[ $EUID = 0 ]] || fail "the daemons of Slurm start as root only"
  [[ ! -e $dir ]] || fail "$dir is there already: end that Slurm by \"local_slurm.sh down\""
  local tool
  for tool in munged mungekey slurmctld slurmd sbatch; do
    command -v "$tool" >/dev/null || fail "$tool is missing: install slurm-wlm and munge"
  done
  mkdir -p "$dir"/{munge,state,log}
  chmod 755 "$dir" "$dir/munge" # munge wants its clients to reach the socket
  configuration "$nodes" >"$conf"
  : >"$dir/cgroup.conf"
  export LOCAL_SLURM=$dir SLURM_CONF=$conf
  trap 'tail -n 20 "$dir"/log/* >&2 || true; down' EXIT
  mungekey --create --keyfile="$dir/munge/key"
  munged --key-file="$dir/munge/key" --socket="$dir/munge/socket" --pid-file="$dir/munge/pid" \
    --seed-file="$dir/munge/seed" --log-file="$dir/log/munged" --force 2>>"$dir/log/start"
  slurmctld -c 2>>"$dir/log/start"
  local node
  for ((node = 1; node <= nodes; node++)); do
    mkdir "$dir/spool-n$node"
    slurmd -N "n$node" 2>>"$dir/log/start"
  done
  until_silent 30 not_idle "$nodes" || fail "the nodes are not idle after 30 seconds"
  trap - EXIT
}

not_idle() {
  [[ $(timeout 5 sinfo -h -N -t idle -o %N | wc -l) = "$1" ]] || echo waiting
}

configuration() {
  # A node takes the shape that is told here, whatever the machine has (config_overrides).
  cat <<CONF
ClusterName=local$port
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmctldPort=$port
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$dir/munge/socket
CredType=cred/munge
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool-%n
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd-%n.pid
SlurmctldLogFile=$dir/log/slurmctld
SlurmdLogFile=$dir/log/slurmd-%n
SlurmdParameters=config_overrides
ReturnToService=2
ProctrackType=proctrack/pgid
TaskPlugin=task/none
MpiDefault=none
SchedulerParameters=sched_interval=2,bf_interval=2,sched_min_interval=0,batch_sched_delay=0
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
DefMemPerCPU=256
KillWait=10
PropagateResourceLimits=NONE
NodeName=DEFAULT Sockets=1 CoresPerSocket=2 ThreadsPerCore=2 RealMemory=4000
CONF
  local node
  for ((node = 1; node <= $1; node++)); do
    echo "NodeName=n$node NodeHostname=n$node NodeAddr=127.0.0.1 Port=$((port + node))"
  done
  echo "PartitionName=main Nodes=ALL Default=YES DefaultTime=60"
}

down() {
  [[ -e $conf ]] || return 0
  export SLURM_CONF=$conf
  timeout 10 scancel --user=root 2>/dev/null || true
  until_silent 15 timeout 5 squeue -h || true
  local signal
  for signal in TERM KILL; do
    processes | xargs -r kill -s "$signal" 2>/dev/null || true
    until_silent 10 processes && break
  done
  rm -rf "$dir"
}

case ${1:-} in
  up) up "${2:-1}" ;;
  env) printf 'export SLURM_CONF=%q\n' "$conf" ;;
  down) down ;;
  *) fail "usage: local_slurm.sh up N | env | down" ;;
esac

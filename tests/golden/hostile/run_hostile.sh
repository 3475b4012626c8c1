#!/bin/bash
#SBATCH --job-name=hostile
#SBATCH --nodes=2
#SBATCH --time=00:30:00
#SBATCH --qos=debug
#SBATCH --constraint=cpu
#SBATCH --licenses=cfs

set -eu
default_path='/data/it'"'"'s `a` "b" $HOME {c} | d'
export DATA_PATH="${DATA_PATH:-$default_path}"
srun python load.py

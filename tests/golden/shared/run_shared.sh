#!/bin/bash
#SBATCH --job-name=shared
#SBATCH --nodes=2
#SBATCH --time=00:30:00
#SBATCH --qos=debug
#SBATCH --constraint=cpu
#SBATCH --licenses=cfs

set -eu
default_path=/global/cfs/cdirs/m1234/shared
export DATA_PATH="${DATA_PATH:-$default_path}"
srun python load.py

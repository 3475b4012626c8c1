#!/bin/bash
#SBATCH --job-name=unicode
#SBATCH --nodes=1
#SBATCH --time=00:30:00

set -eu
default_path='/data/Gletscher/氷河'
export DATA_PATH="${DATA_PATH:-$default_path}"
srun julia load.jl

#!/usr/bin/env bash
# The experiment of docs/experiment.md: trains every checkpoint and evaluates each; what is done is not done again.
#
# usage: experiment.sh MODEL DIR     e.g. docs/training/experiment.sh "$(askfirst checkpoint smollm2-135m)" runs
# SEEDS, SOLUTIONS, DIALOGUES, STEPS, N, LEVEL, HARD, EXTRA (options of every training) and CONNECTIONS change its size.
set -euo pipefail
model=$1 runs=$2
seeds=${SEEDS:-0 1 2} solutions=${SOLUTIONS:-20000} dialogues=${DIALOGUES:-2000} steps=${STEPS:-60}
n=${N:-320} level=${LEVEL:-1} hard=${HARD:-2} extra=${EXTRA:---full} connections=${CONNECTIONS:-64}
dtype=${DTYPE:-float32}

train() { # RECIPE FROM TO SEED OPTIONS...
    local recipe=$1 from=$2 to=$3 seed=$4
    shift 4
    # shellcheck disable=SC2086
    askfirst train "$recipe" --model "$from" -o "$to" --seed "$seed" $extra "$@"
}

evaluate() { # NAME FOLDER: every arm, the conditions that the experiment compares, and a family that was not trained on
    local name=$1 folder=$2 task condition
    shift 2
    for task in arithmetic actions; do
        for condition in "ask" "ask -T on_attempt=continue" "drip"; do
            local logs="$runs/logs/$name/$task/${condition// /_}"
            [ -n "$(find "$logs" -name '*.eval' 2>/dev/null)" ] && continue
            # shellcheck disable=SC2086
            inspect eval-set "askfirst/$task" --model hf/local -M model_path="$folder" -M do_sample=false \
                -M dtype="$dtype" -T n="$n" -T level="$level" -T max_turns=6 -T condition=$condition "$@" \
                --max-connections "$connections" --max-tokens 96 --log-dir "$logs"
        done
    done
}

train solve "$model" "$runs/ancestor" 0 -n "$solutions" --levels 1 2 --learning-rate 1e-4 --batch 32 --rows 32
evaluate shipped "$model"
evaluate ancestor "$runs/ancestor"
evaluate ancestor-invite "$runs/ancestor" -T system=invite
for seed in $seeds; do
    levels=(--levels "$hard" -n "$dialogues")
    train single_turn "$runs/ancestor" "$runs/single_turn-$seed" "$seed" "${levels[@]}" --steps "$steps"
    train sml "$runs/ancestor" "$runs/sml-$seed" "$seed" "${levels[@]}" --steps "$steps"
    train q_priming_sml "$runs/ancestor" "$runs/q_priming_sml-$seed" "$seed" "${levels[@]}" --steps "$steps"
    for name in single_turn sml q_priming_sml; do evaluate "$name-$seed" "$runs/$name-$seed"; done
done
train offline_sml "$runs/ancestor" "$runs/offline_sml-0" 0 --levels "$hard" -n "$dialogues"
train q_priming "$runs/ancestor" "$runs/q_priming-0" 0 --levels "$hard" -n "$dialogues"
train sml "$runs/ancestor" "$runs/sml-retry-0" 0 --levels "$hard" -n "$dialogues" --steps "$steps" --teacher retry
train sml "$runs/ancestor" "$runs/sml-undiscounted-0" 0 --levels "$hard" -n "$dialogues" --steps "$steps" --discount 1
for name in offline_sml q_priming sml-retry sml-undiscounted; do evaluate "$name-0" "$runs/$name-0"; done
askfirst report "$runs/logs" -o "$runs/report"

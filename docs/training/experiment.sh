#!/usr/bin/env bash
# The experiment of docs/experiment.md: trains every checkpoint and evaluates each; what is done is not done again.
#
# usage: experiment.sh MODEL DIR     e.g. docs/training/experiment.sh "$(askfirst checkpoint smollm2-135m)" runs
# The variables below change its size; EXTRA are options of every training, such as `--lora-rank 4`.
set -euo pipefail
model=$1 runs=$2
seeds=${SEEDS:-0 1 2} extra=${EXTRA:---full} n=${N:-320} level=${LEVEL:-1} rows=${ROWS:-64}
solutions=${SOLUTIONS:-20000} passes=${PASSES:-1} easy=${EASY:-1 2} rate=${RATE:-1e-4}
dialogues=${DIALOGUES:-2000} hard=${HARD:-2} steps=${STEPS:-60} problems=${PROBLEMS:-4} reward_rate=${REWARD_RATE:-1e-6}

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
            inspect eval-set "askfirst/$task" --model batched/local -M model_path="$folder" -M dtype=float32 \
                -M max_rows="$rows" --temperature 0 -T n="$n" -T level="$level" -T max_turns=6 \
                -T condition=$condition "$@" --max-connections "$rows" --max-tokens 96 --log-dir "$logs"
        done
    done
}

# shellcheck disable=SC2086
train solve "$model" "$runs/ancestor" 0 -n "$solutions" --passes "$passes" --levels $easy --learning-rate "$rate" \
    --batch 32 --rows 32
evaluate shipped "$model"
evaluate ancestor "$runs/ancestor"
evaluate ancestor-invite "$runs/ancestor" -T system=invite
# shellcheck disable=SC2206
levels=(--levels $hard -n "$dialogues" --max-rows 128)
rewards=("${levels[@]}" --steps "$steps" --problems "$problems" --learning-rate "$reward_rate")
for seed in $seeds; do
    for recipe in single_turn sml q_priming_sml; do
        train "$recipe" "$runs/ancestor" "$runs/$recipe-$seed" "$seed" "${rewards[@]}"
        evaluate "$recipe-$seed" "$runs/$recipe-$seed"
    done
done
train offline_sml "$runs/ancestor" "$runs/offline_sml-0" 0 "${levels[@]}"
train q_priming "$runs/ancestor" "$runs/q_priming-0" 0 "${levels[@]}"
train sml "$runs/ancestor" "$runs/sml-retry-0" 0 "${rewards[@]}" --teacher retry
train sml "$runs/ancestor" "$runs/sml-undiscounted-0" 0 "${rewards[@]}" --discount 1
for name in offline_sml q_priming sml-retry sml-undiscounted; do evaluate "$name-0" "$runs/$name-0"; done
askfirst report "$runs/logs" -o "$runs/report"

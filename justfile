# The commands of the project; `just` alone lists them. Each also works typed out, without just.

_list:
    @just --list --unsorted

# Build the site into output/.
build *arguments:
    cargo run --locked -- build {{ arguments }}

# Run all tests, or those whose name has a word in it.
test *arguments:
    cargo test --locked {{ arguments }}

# Format, then lint as CI does.
lint:
    cargo fmt
    cargo clippy --locked --all-targets -- -D warnings

# Check every link of output/; build first.
links:
    python3 -B tests/tools/check-links.py output

# Everything that a change must pass, and all that CI runs.
ci:
    .ci/run

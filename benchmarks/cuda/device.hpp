/// @file
/// What a contest wants of the device that it is held on: a GPU in gpu.cpp, where time is measured,
/// and the emulator in emulator.cpp, where accesses are counted.
#pragma once

#include <memory>
#include <optional>

#include "09_cuda/benchmark.hpp"
#include "contest.hpp"

namespace gradbook::bench {

/// How often a product of n × n is run here, so that all of it takes minutes.
BenchmarkPlan plan_for(int n);

/// What the harness reads here: events on a GPU; on the emulator a timeline on which every kernel
/// takes as long as any other, so that the load of the machine accuses nobody.
std::unique_ptr<Stopwatch> stopwatch();

/// With matrices of which size those are tried that cheat.
int size_of_trials();

/// The shortest time in which this card could multiply n × n matrices that lie in its memory, as a
/// share of the one measured; 0 where nobody knows what the card can do.
/// @param numbers  of the factors
/// @param n        rows and columns
/// @param seconds  the measured time
double share_of_card(Numbers numbers, int n, double seconds);

/// Runs it once more, and counts what it asks of memory; none on a GPU, which does not tell.
/// @param candidate  what is run
/// @param question   with these inputs
std::optional<Counts> count(Candidate& candidate, const Question& question);

}  // namespace gradbook::bench

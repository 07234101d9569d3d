/// @file
/// Six programs that train, measure or plan, of which each has one fault.
#pragma once

#include <cstdint>
#include <vector>

#include "05_modules/optimizer.hpp"
#include "06_training/data.hpp"
#include "06_training/optimizers.hpp"

namespace gradbook {

// ---- exercise 6.9 -------------------------------------------------------------------------------
// What each program promises. It compiles and runs, and does something else.

/// Program 1: fits numbers. Each step goes downhill from where the parameters are then, on the mean
/// squared error of all examples; gradients that were there before do not matter.
/// @param model      gives (N, K) for (N, D)
/// @param optimizer  of its parameters
/// @param x          (N, D), N ≥ 1
/// @param y          (N, K), what the model is to give for x
/// @param steps      how many are made
/// @returns          the loss before each step
std::vector<double> fit_numbers(Module& model, ModuleOptimizer& optimizer, const Matrix& x,
                                const Matrix& y, int steps);

/// Program 2: fits classes, on the cross-entropy of all examples.
/// @param model      gives logits: numbers of any size, of which softmax makes probabilities
/// @param optimizer  of its parameters
/// @param examples   at least one
/// @param steps      how many are made
/// @returns          the loss before each step
std::vector<double> fit_classes(Module& model, ModuleOptimizer& optimizer, const Examples& examples,
                                int steps);

/// Program 3: how good a model is. Says the same every time it is asked, and leaves the model in
/// training and the tape empty.
/// @returns  the share of the examples whose largest logit, the first of equal ones, is not the
///           right one's
double share_wrong(Module& model, const Examples& examples);

/// Program 4: trains in batches of batches_of_epoch, epochs from 0 on, on cross-entropy from
/// logits.
/// @returns  the mean loss of each epoch over its examples, each before its batch's step
std::vector<double> fit_in_batches(Module& model, ModuleOptimizer& optimizer,
                                   const Examples& examples, std::size_t batch_size, int epochs,
                                   std::uint64_t seed);

/// Program 5: the same with the rate of a schedule, whose steps are steps of the optimiser.
/// @returns  the rate of each step
std::vector<double> fit_on_schedule(Module& model, ModuleOptimizer& optimizer,
                                    const Examples& examples, std::size_t batch_size, int epochs,
                                    const WarmupCosine& schedule);

/// Program 6: program 2 with all gradients together never longer than max_norm, as
/// clip_gradients makes them.
/// @returns  the length of the gradients in each step, before it was cut
std::vector<double> fit_clipped(Module& model, ModuleOptimizer& optimizer, const Examples& examples,
                                double max_norm, int steps);

}  // namespace gradbook

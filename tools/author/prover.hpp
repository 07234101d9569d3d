/// @file
/// Proves one exercise: stub, solution, proofs, prerequisites and mutants, in this order.
#pragma once

#include "author/verify.hpp"

namespace gradbook {

/// Proves the exercise anew, and collects all that is wrong with it. Never throws.
Proof prove(const Workshop& workshop, const Exercise& exercise);

}  // namespace gradbook

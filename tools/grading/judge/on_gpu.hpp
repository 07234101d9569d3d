/// @file
/// What is compared of a case that ran on a GPU, where the reference ran on the emulator.
#pragma once

#include "grading/judge/run_worker.hpp"

namespace gradbook {

/// Whether a case that ran on a GPU says nothing there: it asked for what only the emulator knows
/// and went no further, or nothing else is left to compare.
/// @param judged  whether a JUDGE looks at it, which wants all that was to be observed
bool only_emulated(const CaseRun& student, const CaseRun& reference, bool judged);

/// The reference's run as the student's on a GPU should be: without what only the emulator knows,
/// and with room for a GPU's own rounding. It adds a product in one step and has functions of its
/// own.
CaseRun expected_on_gpu(const CaseRun& student, const CaseRun& reference);

}  // namespace gradbook

/// @file
/// The benchmarks of training, beside those of single operations.
#pragma once

namespace gradbook::bench {

/// Adds epoch/100 and epoch/200, by hidden units, to what is timed.
void register_epochs();

}  // namespace gradbook::bench

/// @file
/// How far a module's program is, told to whoever runs it.
#pragma once

namespace gradbook {

/// Says that `done` of `all` epochs are over, and what the loss of the last one was.
///
/// `gradbook run` draws a bar from it, with the rate and the time that is left; where nobody
/// listens nothing happens. What was printed before is seen before.
/// @param done  from 1 to all
/// @param all   how many epochs there are
/// @param loss  of epoch `done`
void report_progress(int done, int all, double loss);

}  // namespace gradbook

/// @file
/// What became of a student's file of one exercise: the same words for a save, a class and a
/// report.
#pragma once

#include <optional>
#include <string_view>

namespace gradbook {

enum class State {
  done,
  not_started,
  missing,  // no file, or none that can be read; in a class: not submitted
  does_not_compile,
  interface_changed,  // compiles, but does not define what it should
  refused,            // calls what it may not call
  wrong,
  crashed,
  timed_out,
  out_of_memory,
  too_much_output,
  infrastructure,  // not the student's doing: never counts
};

/// "done", "not started", "not submitted", "does not compile", "interface changed", "refused",
/// "wrong", "crashed", "timed out", "out of memory", "too much output", "infrastructure".
std::string_view name(State state);

/// The state of that name, or nothing.
std::optional<State> state_named(std::string_view name);

/// Whether cases were run: the file compiles and defines all that it should, so that others can be
/// linked with it, too.
bool comes_to_the_cases(State state);

}  // namespace gradbook

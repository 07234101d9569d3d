#include "grading/state.hpp"

#include <array>

namespace gradbook {
namespace {

constexpr std::array<std::string_view, 12> kNames = {"done",
                                                     "not started",
                                                     "not submitted",
                                                     "does not compile",
                                                     "interface changed",
                                                     "refused",
                                                     "wrong",
                                                     "crashed",
                                                     "timed out",
                                                     "out of memory",
                                                     "too much output",
                                                     "infrastructure"};

}  // namespace

std::string_view name(State state) { return kNames.at(static_cast<std::size_t>(state)); }

std::optional<State> state_named(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<State>(i);
  }
  return std::nullopt;
}

bool comes_to_the_cases(State state) {
  switch (state) {
    case State::done:
    case State::wrong:
    case State::crashed:
    case State::timed_out:
    case State::out_of_memory:
    case State::too_much_output:
      return true;
    default:
      return false;
  }
}

}  // namespace gradbook

/// @file
/// One sign a state, for where there is no room for its name.
#pragma once

#include <array>
#include <string_view>

#include "grading/state.hpp"

namespace gradbook {

/// "✓", "W", …: no two states share one.
constexpr std::string_view sign(State state) {
  constexpr std::array<std::string_view, 12> kSigns = {"✓", "·", "–", "C", "I", "R",
                                                       "W", "X", "T", "M", "O", "?"};
  return kSigns.at(static_cast<std::size_t>(state));
}

/// The class that colours it: d(one), n(ot begun), c(ompiler and audit), w(rong), x (ended),
/// i(nfra).
constexpr std::string_view style_class(State state) {
  constexpr std::array<std::string_view, 12> kClasses = {"d", "n", "n", "c", "c", "c",
                                                         "w", "x", "x", "x", "x", "i"};
  return kClasses.at(static_cast<std::size_t>(state));
}

}  // namespace gradbook

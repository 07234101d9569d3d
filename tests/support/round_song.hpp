/// @file
/// A small text of our own, in which what comes next is decided further back than counting sees.
#pragma once

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "05_modules/optimizer.hpp"
#include "07_language_models/vocabulary.hpp"

namespace gradbook {

inline constexpr std::size_t kNotes = 8;  ///< symbols in a round

/// Three voices sing in turn, a note each. A voice goes up by one note, from the highest to the
/// lowest, but now and then to any: so a note says little about the next, and much about the one
/// after the next two. The same notes every time.
/// @param length  how many notes
inline std::vector<Label> round_song(std::size_t length) {
  Random random(7);
  Label voices[3] = {};
  std::vector<Label> song;
  for (std::size_t i = 0; i < length; ++i) {
    Label& note = voices[i % 3];
    const auto notes = static_cast<Label>(kNotes);
    note = random.uniform() < 0.85 ? (note + 1) % notes : static_cast<Label>(random.below(kNotes));
    song.push_back(note);
  }
  return song;
}

/// Steps straight along the gradient, remembers its rates, and spoils a number on the way, where it
/// is told to.
class Straight final : public ModuleOptimizer {
 public:
  /// @param spoilt_at  the step, from 1, after which the first number is NaN; 0: never
  explicit Straight(std::vector<Parameter*> parameters, int spoilt_at = 0)
      : ModuleOptimizer(std::move(parameters), 0.125), spoilt_at_(spoilt_at) {}

  void step() override {
    rates.push_back(rate);
    for (Parameter* p : parameters_) {
      if (!p->has_gradient()) continue;
      for (std::size_t i = 0; i < p->value().size(); ++i)
        p->value().data()[i] -= static_cast<Real>(rate) * p->grad().data()[i];
    }
    if (static_cast<int>(rates.size()) == spoilt_at_)
      parameters_.back()->value().fill(static_cast<Real>(std::nan("")));
  }

  std::vector<double> rates;  ///< of each step

 private:
  int spoilt_at_;
};

}  // namespace gradbook
